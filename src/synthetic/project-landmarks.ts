import { Vector3 } from 'three';
import type { LandmarkSite } from '../mannequin/mannequin.ts';
import { placeSite } from '../mannequin/place-site.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { MannequinCamera } from './mannequin-camera.ts';

const place = new Vector3();

/**
 * Where the landmark sites of a posed body (camera space) lie in the picture: 33 × (x, y, visibility), normalised. Visibility
 * is 1 in the picture and 0 outside; whether a body hides the point is not asked.
 */
export function projectLandmarks(
  sites: readonly LandmarkSite[],
  pose: MannequinPose,
  camera: MannequinCamera,
  target: Float32Array,
): void {
  const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
  const halfWidth = (halfHeight * camera.width) / camera.height;
  for (const site of sites) {
    const { x, y, z } = placeSite(site, pose, place);
    const u = 0.5 + x / -z / halfWidth / 2;
    const v = 0.5 - y / -z / halfHeight / 2;
    target[3 * site.landmark] = u;
    target[3 * site.landmark + 1] = v;
    target[3 * site.landmark + 2] = u >= 0 && u <= 1 && v >= 0 && v <= 1 ? 1 : 0;
  }
}
