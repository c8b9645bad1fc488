import type { Part } from './part.ts';
import { section } from './section.ts';
import type { Vector } from './vector.ts';

/** Size of an ellipsoid, and how it joins the body. */
export interface EllipsoidOptions {
  /** Half-axes in x, y and z, metres; `halfDepth` may differ to the front and to the back. */
  halfWidth: number;
  halfHeight: number;
  halfDepth: number | readonly [front: number, back: number];
  /** Width of the smooth blend with earlier parts, metres; below 0 the ellipsoid is carved out of them. */
  blend: number;
  /** `both`: the ellipsoid, on the body's left, and its mirror image in x; `centre`: once. */
  side: Part['side'];
}

/**
 * Returns an ellipsoid with axes along x, y and z as a part of the body: one section with a cap above and below.
 * `name`: the part's; `centre`: x (to the body's left), y (up), z (to the front), metres.
 */
export function ellipsoid(
  name: string,
  centre: Vector,
  { halfWidth, halfHeight, halfDepth, blend, side }: EllipsoidOptions,
): Part {
  const [front, back] = typeof halfDepth === 'number' ? [halfDepth, halfDepth] : halfDepth;
  return {
    name,
    origin: centre,
    axis: [0, 1, 0],
    u: [1, 0, 0],
    v: [0, 0, 1],
    sections: [section([0, halfWidth, halfWidth, front, back])],
    capStart: halfHeight,
    capEnd: halfHeight,
    blend,
    side,
  };
}
