/**
 * Builds the parts of the trunk: tubes of cross-sections, and ellipsoids, that are blended into the body's surface.
 * Metres: +x to the body's left, +y up from the floor, +z to the front. Numbers are those of the base body, which has
 * no morphs; `frame` (heights of the joints, changes by morphs) moves and scales them.
 *
 * 1. The trunk itself: cross-sections from the crotch to the nape.
 * 2. Busts and buttocks: ellipsoids blended onto it.
 * 3. The neck.
 * 4. The yokes, from the neck to the tops of the shoulders: trapezius and collar bones.
 */
import { bell } from './bell.ts';
import type { BodyFrame } from './body-frame.ts';
import { ellipsoid } from './ellipsoid.ts';
import type { Part } from './part.ts';
import { growSection, type Section, section } from './section.ts';
import { cross, normalise, subtract, type Vector } from './vector.ts';

/**
 * Sections of the base body: height over the floor, half-width, half-depths to front and back (metres), superellipse
 * exponent.
 */
const TRUNK_SECTIONS = [
  [0.885, 0.158, 0.107, 0.105, 2.5],
  [0.905, 0.163, 0.113, 0.106, 2.5],
  [0.94, 0.165, 0.121, 0.104, 2.35],
  [0.98, 0.161, 0.126, 0.1, 2.4],
  [1.018, 0.1575, 0.127, 0.097, 2.5],
  [1.07, 0.151, 0.121, 0.096, 2.5],
  [1.13, 0.149, 0.117, 0.103, 2.5],
  [1.18, 0.154, 0.116, 0.113, 2.55],
  [1.231, 0.163, 0.115, 0.122, 2.6],
  [1.284, 0.165, 0.104, 0.127, 2.5],
  [1.33, 0.15, 0.08, 0.118, 2.4],
  [1.36, 0.122, 0.057, 0.103, 2.3],
  [1.39, 0.074, 0.03, 0.084, 2.1],
  [1.415, 0.046, 0.012, 0.068, 2],
] as const;

/** Returns the trunk from the crotch to the nape. */
export function createTrunk(frame: BodyFrame): Part {
  const { changeOf, trunkHeight, shoulderShift, hipShift } = frame;
  const sections = TRUNK_SECTIONS.map(([y, halfWidth, front, back, power]): Section => {
    const chest = 1 + changeOf('chest') * bell(y, 1.25, 0.16, 0.17);
    const waist = 1 + changeOf('waist') * bell(y, 1.03, 0.13, 0.15);
    const hips = 1 + changeOf('hip') * bell(y, 0.87, 0.25, 0.14);
    const growth = chest * waist * hips;
    const broadened = halfWidth + shoulderShift * bell(y, 1.37, 0.2, 0.07) * 0.8 + hipShift * bell(y, 0.88, 0.2, 0.16);
    const width = broadened * growth;
    return section([
      trunkHeight(y),
      width,
      width,
      front * (1 + (growth - 1)) + changeOf('belly') * bell(y, 1.0, 0.12, 0.15),
      // With girth, the back grows less than sides and front.
      back * (1 + (growth - 1) * 0.8),
      0,
      power,
    ]);
  });
  return {
    name: 'trunk',
    origin: [0, 0, 0],
    axis: [0, 1, 0],
    u: [1, 0, 0],
    v: [0, 0, 1],
    sections,
    capStart: 0.045,
    capEnd: 0.02,
    blend: 0.02,
    side: 'centre',
  };
}

/** Returns the left bust; the part is a pair. */
export function createBust({ changeOf, trunkHeight }: BodyFrame): Part {
  const growth = 1 + changeOf('bust');
  return ellipsoid(
    'bust',
    [0.082 * (1 + changeOf('chest') * 0.6), trunkHeight(1.222), 0.072 * (1 + changeOf('chest'))],
    {
      halfWidth: 0.066 * Math.sqrt(growth),
      halfHeight: 0.064 * Math.sqrt(growth),
      halfDepth: 0.047 * growth,
      blend: 0.05,
      side: 'both',
    },
  );
}

/** Returns the left buttock; the part is a pair. */
export function createButtock({ changeOf, trunkHeight, hipShift }: BodyFrame): Part {
  const growth = 1 + changeOf('hip');
  return ellipsoid('buttock', [0.073 + hipShift * 0.8, trunkHeight(0.868), -0.058 * growth], {
    halfWidth: 0.074 * growth,
    halfHeight: 0.088,
    halfDepth: 0.07 * growth,
    blend: 0.05,
    side: 'both',
  });
}

/** Returns the neck, which leans forwards. */
export function createNeck({ changeOf, neckY, neckScale }: BodyFrame): Part {
  const growth = 1 + changeOf('neck');
  const axis = normalise([0, 0.108 * neckScale + 0.05, 0.045]);
  const u: Vector = [1, 0, 0];
  return {
    name: 'neck',
    origin: [0, neckY - 0.05, -0.036],
    axis,
    u,
    v: cross(u, axis),
    sections: [
      section([0, 0.06, 0.06, 0.06, 0.056]),
      section([0.05, 0.056, 0.056, 0.057, 0.055]),
      section([0.05 + 0.05 * neckScale, 0.0545, 0.0545, 0.056, 0.055]),
      section([0.05 + 0.1 * neckScale, 0.0555, 0.0555, 0.052, 0.056]),
    ].map((base) => growSection(base, growth, growth)),
    capStart: 0.03,
    capEnd: 0.03,
    blend: 0.025,
    side: 'centre',
  };
}

/** Returns the left yoke; the part is a pair. `shoulder`: the left shoulder joint, metres. */
export function createYoke({ neckY }: BodyFrame, shoulder: Vector): Part {
  const origin: Vector = [0.048, neckY - 0.03, -0.041];
  const end: Vector = [shoulder[0] - 0.01, shoulder[1] + 0.022, shoulder[2] - 0.004];
  const span = subtract(end, origin);
  const length = Math.hypot(...span);
  const axis = normalise(span);
  const u = normalise(cross([0, 0, 1], axis));
  return {
    name: 'yoke',
    origin,
    axis,
    u,
    v: cross(axis, u),
    sections: [
      section([0, 0.026, 0.026, 0.03, 0.03]),
      section([length * 0.5, 0.038, 0.038, 0.041, 0.041]),
      section([length, 0.033, 0.033, 0.038, 0.038]),
    ],
    capStart: 0.03,
    capEnd: 0.045,
    blend: 0.04,
    side: 'both',
  };
}
