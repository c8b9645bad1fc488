import { cut, type Outline } from './tape.ts';

const X = [1, 0, 0];
const Y = [0, 1, 0];
const Z = [0, 0, 1];

/**
 * Returns the points (x, z) of the trunk's outlines at a height of a closed mesh, without the arms; below the crotch,
 * those of both legs. Metres: +y up, the body in the middle of x, facing z.
 *
 * @param mesh 3 × vertices, and three vertices for each triangle.
 * @param maxX distance from the middle at which an arm that leaves the trunk at this height is cut off: a little more
 * than that of the shoulder joint.
 */
export function trunkOutline(
  mesh: { positions: ArrayLike<number>; indices: ArrayLike<number> },
  height: number,
  maxX: number,
): Outline {
  return cut(mesh, { normal: Y, offset: height, u: X, v: Z })
    .filter((outline) => outline.some((p) => Math.abs(p[0]) < 0.12))
    .flat()
    .filter((p) => Math.abs(p[0]) < maxX);
}
