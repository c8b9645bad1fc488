import { CanvasTexture, SRGBColorSpace } from 'three';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { createCanvas } from './create-canvas.ts';
import { FACE_HEIGHT, FACE_WIDTH, paintFace } from './paint-face.ts';
import type { PersonColors } from './person-colors.ts';

/** BlazePose landmarks that place the painted features: the left eye and the left corner of the mouth. */
const LEFT_EYE = 2;
const MOUTH_LEFT = 9;
/** Height of the brow above the eye, metres. */
const BROW_ABOVE_EYE_METRES = 0.02;

/**
 * Paints the texture of the mannequin's body: skin in one colour, with the face around the front of the head. The eyes
 * and the mouth are painted at the mannequin's landmark sites. `headUvs` gives each vertex's texture coordinates. The
 * caller disposes of the texture.
 *
 * @param mannequin joints and landmark sites of the rest pose, metres.
 * @param colors CSS colours of skin, lips, eyes and hair.
 */
export function createFaceTexture(mannequin: Mannequin, colors: PersonColors): CanvasTexture {
  const canvas = createCanvas(FACE_WIDTH, FACE_HEIGHT);
  const headZ = mannequin.joints[3 * boneIndex.head + 2];
  const placeFeature = (landmark: number): { degrees: number; height: number } => {
    const [x, height, z] = mannequin.sites.find((site) => site.landmark === landmark)!.offset;
    return { degrees: (Math.atan2(Math.abs(x), z + headZ) * 180) / Math.PI, height };
  };
  const eye = placeFeature(LEFT_EYE);
  // `willReadFrequently` keeps the canvas in main memory. It is painted only once, and a lost GPU would lose its
  // pixels.
  paintFace(canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D, colors, {
    eye,
    brow: { height: eye.height + BROW_ABOVE_EYE_METRES },
    mouth: placeFeature(MOUTH_LEFT),
  });
  const texture = new CanvasTexture(canvas as HTMLCanvasElement);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  return texture;
}
