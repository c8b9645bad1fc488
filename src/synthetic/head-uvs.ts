import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { FACE_BOTTOM_METRES, FACE_HEIGHT_METRES } from './paint-face.ts';

/**
 * Texture coordinates of the picture that `paintFace` paints, for every vertex of the mannequin (2 × vertices): u is
 * the angle about the vertical, 0.5 in front; v is the height above the head joint over the picture's height. Both come
 * from the mean body at rest, so that the face stays in its place on every shape.
 */
export function headUvs({ positions, joints }: Mannequin): Float32Array {
  const headY = joints[3 * boneIndex.head + 1];
  const uvs = new Float32Array((2 * positions.length) / 3);
  for (let v = 0; 2 * v < uvs.length; v++) {
    uvs[2 * v] = 0.5 + Math.atan2(positions[3 * v], positions[3 * v + 2]) / (2 * Math.PI);
    uvs[2 * v + 1] = (positions[3 * v + 1] - headY - FACE_BOTTOM_METRES) / FACE_HEIGHT_METRES;
  }
  return uvs;
}
