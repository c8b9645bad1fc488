import { Vector3 } from 'three';
import { landmarkIndex } from '../../../src/body/landmark-index.ts';
import type { Tracker } from '../../../src/index.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { placeSite } from '../../../src/mannequin/place-site.ts';
import { halfHeightAtUnitDistance } from '../../../src/math/half-height-at-unit-distance.ts';
import { LANDMARK_VALUES } from '../../../src/math/landmark-layout.ts';
import type { FitPerson } from './fit-person.ts';
import { createKnowingTracker } from './fit-tracker.ts';
import { keyMask } from './key-mask.ts';

const place = new Vector3();

/** Picture and space must tell the same: normalised. */
const SAME = 1e-4;

/** Throws where a site in camera space does not lie behind its landmark in the picture. */
function checkSite({ camera }: FitPerson, x: number, y: number, z: number, u: number, v: number): void {
  const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
  const off = Math.hypot(
    0.5 + (x * camera.height) / -z / halfHeight / camera.width / 2 - u,
    0.5 - y / -z / halfHeight / 2 - v,
  );
  if (off > SAME) throw new Error(`a site lies ${off} of the picture beside its landmark`);
}

/**
 * A tracker that finds exactly what is there: landmarks from the person's truth, the mask from a picture of them before the key
 * colour (a true mask drawn for each frame would take many times as long), world landmarks from where the sites
 * lie in camera space, seen from the middle of the hips, in BlazePose's axes (x right, y down, z away from the camera), metres.
 */
export function createTruthTracker(person: FitPerson, { sites }: Mannequin): Tracker {
  const context = new OffscreenCanvas(person.width, person.height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to cut people out on');
  return createKnowingTracker(({ image, timeMs }, target) => {
    const { joints, rotations, landmarks } = person.truth(timeMs);
    for (const site of sites) {
      const { landmark } = site;
      const { x, y, z } = placeSite(site, { positions: joints, rotations }, place);
      const [u, v, visibility] = landmarks.subarray(3 * landmark);
      checkSite(person, x, y, z, u, v);
      target.landmarks.set([u, v, 0, visibility], LANDMARK_VALUES * landmark);
      target.worldLandmarks.set([x, -y, -z, visibility], LANDMARK_VALUES * landmark);
    }
    const world = target.worldLandmarks;
    for (const axis of [0, 1, 2]) {
      const [left, right] = [landmarkIndex.leftHip, landmarkIndex.rightHip].map(
        (i) => world[LANDMARK_VALUES * i + axis],
      );
      for (let i = axis; i < world.length; i += LANDMARK_VALUES) world[i] -= (left + right) / 2;
    }
    if (image) context.drawImage(image, 0, 0);
    target.mask = keyMask(context.getImageData(0, 0, person.width, person.height));
  });
}
