import { boneIndex } from '../../src/mannequin/mannequin.ts';
import type { BodyParts } from './body-parts.ts';

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * Math.min(1, Math.max(0, t));
}

/** Wanted edge length of the skin at a place, metres: fine where features are small or the skin folds, coarse on the trunk. */
export function edgeLength(body: BodyParts): (x: number, y: number, z: number) => number {
  const head = 3 * boneIndex.head;
  const hand = 3 * boneIndex.leftHand;
  const neckY = body.joints[3 * boneIndex.neck + 1]!;
  const headY = body.joints[head + 1]!;
  return (x, y, z) => {
    const ax = Math.abs(x);
    let size = 0.0205;
    if (y > neckY) {
      const skull = mix(0.017, 0.0125, (y - neckY) / 0.07);
      // The face: eyes, nose and mouth within 6 cm of the middle of it, ears at the sides.
      const face = Math.hypot(ax, (y - headY - 0.01) * 0.75, z - 0.1) - 0.05;
      const ear = Math.hypot(ax - 0.08, y - headY - 0.025, z + 0.01) - 0.035;
      size = mix(0.0062, skull, Math.min(face, ear * 1.5) / 0.04);
    }
    const beyondWrist = (ax - body.joints[hand]!) * Math.SQRT1_2 - (y - body.joints[hand + 1]!) * Math.SQRT1_2;
    if (ax > 0.4) size = Math.min(size, mix(0.018, 0.0095, beyondWrist / 0.05 + 0.4));
    else if (ax > 0.17 && y > 0.9) size = Math.min(size, 0.018);
    if (y < 0.14) size = mix(0.0125, 0.0205, (y - 0.06) / 0.08);
    return size;
  };
}
