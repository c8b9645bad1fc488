import { Matrix4, type Quaternion, Vector3 } from 'three';

const from = new Matrix4();
const to = new Matrix4();
const x = new Vector3();
const y = new Vector3();
const z = new Vector3();

/** Right-handed orthonormal basis with x along `primary` and y in the plane of both; false when they are parallel or zero. */
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
 * The rotation that takes `fromPrimary` exactly onto the direction of `toPrimary` and `fromSecondary` as near as it can
 * onto `toSecondary`. Lengths do not matter.
 *
 * @returns false, with `target` untouched, when a pair of directions is parallel or zero and so fixes no rotation.
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
