import { Vector3 } from 'three';
import type { LandmarkSite } from '../mannequin/mannequin.ts';
import { placeSite } from '../mannequin/place-site.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { MannequinCamera } from './mannequin-camera.ts';

const siteInCamera = new Vector3();

/**
 * Projects the landmark sites of a body, posed in camera space, into the picture. Writes 33 × (x, y, visibility) to
 * `target`: x and y normalised to the frame, origin top left; visibility 1 inside the picture and 0 outside, even where
 * the body itself hides the point.
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
    const { x, y, z } = placeSite(site, pose, siteInCamera);
    const u = 0.5 + x / -z / halfWidth / 2;
    const v = 0.5 - y / -z / halfHeight / 2;
    target[3 * site.landmark] = u;
    target[3 * site.landmark + 1] = v;
    target[3 * site.landmark + 2] = u >= 0 && u <= 1 && v >= 0 && v <= 1 ? 1 : 0;
  }
}
