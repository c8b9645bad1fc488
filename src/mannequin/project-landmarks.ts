import type { MannequinCamera } from './mannequin-camera.ts';
import type { LandmarkSite } from './mannequin.ts';
import type { MannequinPose } from './pose-mannequin.ts';

/**
 * Where the landmark sites of a posed body (camera space) lie in the picture: 33 × (x, y, visibility), normalised. Visibility
 * is 1 in the picture and 0 outside; whether a body hides the point is not asked.
 */
export const projectLandmarks = (sites: readonly LandmarkSite[], pose: MannequinPose, camera: MannequinCamera, target: Float32Array): void => {
  const { positions, rotations } = pose;
  const halfHeight = Math.tan((camera.fovYDegrees * Math.PI) / 360);
  const halfWidth = (halfHeight * camera.width) / camera.height;
  for (const { landmark, bone, offset, turnsWith } of sites) {
    rotated.set(offset[0], offset[1], offset[2], rotations, 4 * turnsWith);
    const x = positions[3 * bone]! + rotated.x;
    const y = positions[3 * bone + 1]! + rotated.y;
    const z = positions[3 * bone + 2]! + rotated.z;
    const u = 0.5 + x / -z / halfWidth / 2;
    const v = 0.5 - y / -z / halfHeight / 2;
    target[3 * landmark] = u;
    target[3 * landmark + 1] = v;
    target[3 * landmark + 2] = u >= 0 && u <= 1 && v >= 0 && v <= 1 ? 1 : 0;
  }
};

/** A vector turned by a quaternion out of an array. */
const rotated = {
  x: 0, y: 0, z: 0,
  set(x: number, y: number, z: number, q: ArrayLike<number>, at: number): void {
    const qx = q[at]!; const qy = q[at + 1]!; const qz = q[at + 2]!; const qw = q[at + 3]!;
    const tx = 2 * (qy * z - qz * y); const ty = 2 * (qz * x - qx * z); const tz = 2 * (qx * y - qy * x);
    this.x = x + qw * tx + qy * tz - qz * ty;
    this.y = y + qw * ty + qz * tx - qx * tz;
    this.z = z + qw * tz + qx * ty - qy * tx;
  },
};
