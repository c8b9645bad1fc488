import { Vector3 } from 'three';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { placeSite } from '../../../src/mannequin/place-site.ts';
import { halfHeightAtUnitDistance } from '../../../src/math/half-height-at-unit-distance.ts';
import { writeTrueLandmarks } from '../../../src/synthetic/write-true-landmarks.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import type { FitPerson } from './fit-person.ts';
import { keyMask } from './key-mask.ts';

const place = new Vector3();

/** Largest allowed distance between a site's projection and its landmark, as a share of the picture: rounding. */
const MAX_OFFSET = 1e-4;

/**
 * Throws unless a site (the point of the body that a landmark marks; x, y, z in camera space: +x right, +y up, −z away,
 * metres) projects to its landmark (u, v: 0..1 from the picture's top left).
 */
function checkSite({ camera }: FitPerson, [x, y, z]: readonly number[], [u, v]: readonly number[]): void {
  const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
  const offset = Math.hypot(
    0.5 + (x * camera.height) / -z / halfHeight / camera.width / 2 - u,
    0.5 - y / -z / halfHeight / 2 - v,
  );
  if (offset > MAX_OFFSET)
    throw new Error(`a site projects to a point ${offset} of the picture away from its landmark`);
}

/**
 * Returns a tracker that finds in each frame of a synthetic person its exact landmarks and world landmarks, and its
 * mask. `mannequin`: the body of which the person is a shape. Each frame must have an image.
 *
 * 1. Landmarks (33 × (x, y, z, visibility), shares of the picture from its top left) and world landmarks (the same in
 *    metres from the middle of the hips, x right, y down, z away) are the person's truth (`writeTrueLandmarks`).
 * 2. The mask (coverage by the person, 0..255, in the frame's size, rows from the top) is cut out of the frame, which
 *    must be filmed before the green of `KEY_COLOR`. Rejected: the person's own mask, which is drawn for each frame and
 *    takes many times as long.
 */
export function createTruthTracker(person: FitPerson, mannequin: Mannequin): Tracker {
  const context = new OffscreenCanvas(person.width, person.height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to cut people out on');
  return {
    engine: 'wasm',
    model: 'full',
    measuresDepth: true,
    async load() {},
    async track({ image, timeMs }, target) {
      const truth = person.truth(timeMs);
      for (const site of mannequin.sites) {
        const { x, y, z } = placeSite(site, { positions: truth.joints, rotations: truth.rotations }, place);
        const [u, v] = truth.landmarks.subarray(3 * site.landmark);
        checkSite(person, [x, y, z], [u, v]);
      }
      writeTrueLandmarks(mannequin, truth, target);
      if (image) context.drawImage(image, 0, 0);
      target.mask = keyMask(context.getImageData(0, 0, person.width, person.height));
      target.score = 1;
      return 'tracked';
    },
    reset() {},
    close() {},
  };
}
