import { Vector3 } from 'three';
import type { LandmarkSite } from '../mannequin/mannequin.ts';
import { placeSite } from '../mannequin/place-site.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { MannequinCamera } from './mannequin-camera.ts';

const siteInCamera = new Vector3();

/**
 * Projects the landmark sites of a posed body into the camera's picture.
 *
 * @param sites the sites of the 33 BlazePose landmarks: each a bone and the offset from its joint, metres.
 * @param pose the body's joints and bone rotations in camera space: metres, +x to the right of the picture, +y up, −z
 * away from the camera. All sites must be in front of the camera.
 * @param camera its field of view and the ratio of width to height are used.
 * @param target receives 33 × (x, y, visibility), in BlazePose's order: x and y as shares of the picture's width and
 * height, 0 at the top left; visibility 1 inside the picture and 0 outside, even where the body itself hides the site.
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
