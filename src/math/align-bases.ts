import { Matrix4, type Quaternion, Vector3 } from 'three';

// Scratch.
const from = new Matrix4();
const to = new Matrix4();
const x = new Vector3();
const y = new Vector3();
const z = new Vector3();

/**
 * Writes to `target` the right-handed orthonormal basis whose x axis is parallel to `primary` and whose y axis is in
 * the plane of both directions, on the side of `secondary`. Returns false, with `target` unchanged, if the directions
 * are parallel or one is zero.
 */
function makeBasis(primary: Vector3, secondary: Vector3, target: Matrix4): boolean {
  x.copy(primary);
  z.crossVectors(primary, secondary);
  if (x.lengthSq() === 0 || z.lengthSq() <= 1e-12 * primary.lengthSq() * secondary.lengthSq()) return false;
  x.normalize();
  z.normalize();
  y.crossVectors(z, x);
  target.makeBasis(x, y, z);
  return true;
}

/**
 * Computes the rotation that turns `fromPrimary` exactly onto `toPrimary`, and `fromSecondary` as near to `toSecondary`
 * as that allows. All four directions are in one space, of any length.
 *
 * @param target receives the rotation, a unit quaternion.
 * @returns true; or false, with `target` unchanged, if `fromPrimary` and `fromSecondary` are parallel, or
 * `toPrimary` and `toSecondary`, or one of them is zero: they define no rotation.
 */
export function alignBases(
  fromPrimary: Vector3,
  fromSecondary: Vector3,
  toPrimary: Vector3,
  toSecondary: Vector3,
  target: Quaternion,
): boolean {
  if (!makeBasis(fromPrimary, fromSecondary, from) || !makeBasis(toPrimary, toSecondary, to)) return false;
  target.setFromRotationMatrix(to.multiply(from.transpose()));
  return true;
}
