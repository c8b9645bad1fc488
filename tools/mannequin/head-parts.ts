/**
 * Builds the parts of the head: tubes of cross-sections, and ellipsoids, that are blended into the body's surface.
 * Points and sizes in this file are those of the base body, metres: +x to the body's left, +y up from the floor, +z to
 * the front. They scale together about the head joint. Sections: `SectionRow`.
 *
 * 1. The cranium, and the face from the jaw to the forehead.
 * 2. Blended onto or carved out of the face, in this order: brows, cheeks, eye sockets, nose, nostrils, eyes, chin,
 *    lips, ears.
 */
import { BASE_HEIGHTS, type BodyFrame } from './body-frame.ts';
import { type EllipsoidOptions, ellipsoid } from './ellipsoid.ts';
import type { Part } from './part.ts';
import { growSection, section } from './section.ts';
import { normalise, type Vector } from './vector.ts';

/** Converts a point of the base body's head to the body of `frame`; metres. */
function placeOnHead([x, y, z]: Vector, { headY, headScale }: BodyFrame): Vector {
  return [x * headScale, headY + (y - BASE_HEIGHTS.head) * headScale, z * headScale];
}

/** Returns the face from under the jaw to the forehead; +v is to the front. */
function createFace(frame: BodyFrame): Part {
  const { headScale } = frame;
  const along = (baseY: number): number => (baseY - BASE_HEIGHTS.head) * headScale;
  return {
    name: 'face',
    origin: placeOnHead([0, BASE_HEIGHTS.head, 0.03], frame),
    axis: [0, 1, 0],
    u: [1, 0, 0],
    v: [0, 0, 1],
    sections: [
      section([along(1.488), 0.029, 0.029, 0.055, 0.045, 0, 2.2]),
      section([along(1.505), 0.047, 0.047, 0.0585, 0.065, 0, 2.35]),
      section([along(1.53), 0.058, 0.058, 0.0585, 0.075, 0, 2.35]),
      section([along(1.56), 0.064, 0.064, 0.0585, 0.08, 0, 2.2]),
      section([along(1.59), 0.066, 0.066, 0.061, 0.08, 0, 2.2]),
      section([along(1.63), 0.066, 0.066, 0.062, 0.08, 0, 2.2]),
    ].map((base) => growSection(base, headScale, headScale)),
    capStart: 0.014 * headScale,
    capEnd: 0.04 * headScale,
    blend: 0.03,
    side: 'centre',
  };
}

/** Returns the nose from between the brows down to its tip; +v is to the front. */
function createNose(frame: BodyFrame): Part {
  const { headScale } = frame;
  return {
    name: 'nose',
    origin: placeOnHead([0, 1.59, 0.086], frame),
    axis: normalise([0, -0.045, 0.0165]),
    u: [1, 0, 0],
    v: normalise([0, 0.0165, 0.045]),
    sections: [
      section([0, 0.007, 0.007, 0.006, 0.006]),
      section([0.02 * headScale, 0.008, 0.008, 0.008, 0.008]),
      section([0.032 * headScale, 0.0105, 0.0105, 0.0095, 0.0095]),
      section([0.041 * headScale, 0.013, 0.013, 0.0085, 0.012]),
    ].map((base) => growSection(base, headScale, headScale)),
    capStart: 0.012 * headScale,
    capEnd: 0.009 * headScale,
    blend: 0.012,
    side: 'centre',
  };
}

/** Returns the parts of the head in the order in which they are blended. `frame`: height and size of the head. */
export function createHeadParts(frame: BodyFrame): Part[] {
  const { headScale } = frame;
  /** An ellipsoid: name, centre and half-axes on the base body, metres. */
  const feature = (
    name: string,
    centre: Vector,
    [halfWidth, halfHeight, halfDepth]: readonly [number, number, EllipsoidOptions['halfDepth']],
    { blend, side = 'both' }: { blend: number; side?: Part['side'] },
  ): Part =>
    ellipsoid(name, placeOnHead(centre, frame), {
      halfWidth: halfWidth * headScale,
      halfHeight: halfHeight * headScale,
      halfDepth:
        typeof halfDepth === 'number' ? halfDepth * headScale : [halfDepth[0] * headScale, halfDepth[1] * headScale],
      blend,
      side,
    });
  return [
    feature('cranium', [0, 1.5975, -0.003], [0.0735, 0.0945, [0.09, 0.095]], { blend: 0.03, side: 'centre' }),
    createFace(frame),
    feature('brow', [0.026, 1.607, 0.08], [0.026, 0.008, 0.014], { blend: 0.02 }),
    feature('cheek', [0.033, 1.548, 0.06], [0.024, 0.03, 0.025], { blend: 0.03 }),
    feature('socket', [0.032, 1.5875, 0.107], [0.018, 0.012, 0.018], { blend: -0.016 }),
    createNose(frame),
    feature('nostril', [0.011, 1.5455, 0.096], [0.007, 0.007, 0.01], { blend: 0.008 }),
    feature('eye', [0.0315, 1.5865, 0.0775], [0.0145, 0.0115, 0.0135], { blend: 0.004 }),
    feature('chin', [0, 1.4895, 0.075], [0.018, 0.013, 0.012], { blend: 0.03, side: 'centre' }),
    feature('upperLip', [0, 1.5225, 0.0825], [0.022, 0.005, 0.009], { blend: 0.012, side: 'centre' }),
    feature('lowerLip', [0, 1.5135, 0.0815], [0.018, 0.005, 0.0085], { blend: 0.01, side: 'centre' }),
    feature('ear', [0.0755, 1.567, -0.012], [0.009, 0.031, 0.017], { blend: 0.008 }),
  ];
}
