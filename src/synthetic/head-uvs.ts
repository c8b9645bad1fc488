import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { FACE_BOTTOM_METRES, FACE_HEIGHT_METRES } from './paint-face.ts';

/**
 * Computes the texture coordinates of every vertex of the mannequin for the picture that `paintFace` paints: 2 ×
 * vertices, u and v. u is 0.5 plus the angle about the vertical in turns: 0.5 in front (+z), 0.75 on the body's left
 * (+x). v is the height above the picture's lower edge as a share of its height, 0 at that edge and 1 at the upper one;
 * vertices outside the picture have values below 0 or above 1. Both are computed on the mean body in the rest pose, so
 * that the face keeps its place on every shape.
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
