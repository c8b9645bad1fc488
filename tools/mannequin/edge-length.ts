import { boneIndex } from '../../src/mannequin/mannequin.ts';
import type { BodyParts } from './body-parts.ts';

/** Returns the linear mix of a (t ≤ 0) and b (t ≥ 1). */
function mix(a: number, b: number, t: number): number {
  return a + (b - a) * Math.min(1, Math.max(0, t));
}

/**
 * Returns a function of a point of `body` (x, y, z, metres, rest pose: +x to the body's left, +y up, +z to the front)
 * that tells the wanted length of the mesh's edges there, metres: short where features are small or the skin folds,
 * long on the trunk.
 */
export function edgeLength(body: BodyParts): (x: number, y: number, z: number) => number {
  const head = 3 * boneIndex.head;
  const hand = 3 * boneIndex.leftHand;
  const neckY = body.joints[3 * boneIndex.neck + 1]!;
  const headY = body.joints[head + 1]!;
  return (x, y, z) => {
    const absX = Math.abs(x);
    let length = 0.0205;
    if (y > neckY) {
      const skull = mix(0.017, 0.0125, (y - neckY) / 0.07);
      // Distances from eyes, nose and mouth, within 5 cm of the middle of the face, and from the ears.
      const fromFace = Math.hypot(absX, (y - headY - 0.01) * 0.75, z - 0.1) - 0.05;
      const fromEar = Math.hypot(absX - 0.08, y - headY - 0.025, z + 0.01) - 0.035;
      length = mix(0.0062, skull, Math.min(fromFace, fromEar * 1.5) / 0.04);
    }
    const beyondWrist = (absX - body.joints[hand]!) * Math.SQRT1_2 - (y - body.joints[hand + 1]!) * Math.SQRT1_2;
    // Forearm and hand; then the upper arm.
    if (absX > 0.4) length = Math.min(length, mix(0.018, 0.0095, beyondWrist / 0.05 + 0.4));
    else if (absX > 0.17 && y > 0.9) length = Math.min(length, 0.018);
    // Feet.
    if (y < 0.14) length = mix(0.0125, 0.0205, (y - 0.06) / 0.08);
    return length;
  };
}
