/**
 * Places the flat pieces of a garment around the body, near where they will be worn, before they are sewn.
 *
 * 1. Find the top of the shoulder beside the neck, at half the neck opening's width.
 * 2. Bend front and back round the trunk, and roll the others round the arms.
 * 3. Set the bands upright on the edges that they are sewn to.
 */
import { type BoneName, boneIndex, type Mannequin } from '../../src/mannequin/mannequin.ts';
import type { DistanceGrid } from './distance-grid.ts';
import { edgeChain } from './edge-chain.ts';
import type { Measures } from './pattern.ts';
import type { SewnGarment } from './sew-pattern.ts';

/** Half-axes of the elliptical tube that front and back are bent to, per metre of chest girth: deeper than a trunk. */
const TUBE = { x: 0.188, z: 0.15 };
/** Below the top of the shoulder the tube opens over this height, metres, from this share of its depth. */
const TUBE_OPENING = { metres: 0.16, share: 0.12 };

/**
 * Returns the position of each vertex of the pieces, 3 × vertices, metres, in the mannequin's rest pose: +x is the
 * wearer's left, +y up, +z to the front. Uses the pattern of the base size. `sewn`: pattern pieces as meshes; `body`:
 * distances from the mannequin's skin.
 */
export function placePieces(sewn: SewnGarment, body: DistanceGrid, mannequin: Mannequin): Float64Array {
  const { pattern } = sewn;
  const measures = pattern.sizes[pattern.baseSize];
  const flat = sewn.flat[pattern.baseSize];
  /** By piece: its width from x = 0 to the right, metres. */
  const halfWidths = pattern.pieces.map((_, p) => {
    let widest = 0;
    for (let i = sewn.pieceStarts[p]; i < sewn.pieceStarts[p + 1]; i++) widest = Math.max(widest, flat[2 * i]);
    return widest;
  });
  const joint = (bone: BoneName): number[] => [
    ...mannequin.joints.subarray(3 * boneIndex[bone], 3 * boneIndex[bone] + 3),
  ];
  const shoulder = joint('leftUpperArm');
  const elbow = joint('leftLowerArm');
  const neckSide = shoulderTop(body, measures.neckWidth / 2, shoulder[1] - 0.1);
  const positions = new Float64Array(3 * sewn.pieceOf.length);
  for (let i = 0; i < sewn.pieceOf.length; i++) {
    const point: [number, number] = [flat[2 * i], flat[2 * i + 1]];
    const p = sewn.pieceOf[i];
    if (p >= sewn.firstBand) continue;
    const { wornOn } = pattern.pieces[p];
    if (wornOn === 'front' || wornOn === 'back')
      positions.set(bendRoundTrunk(point, wornOn === 'front' ? 1 : -1, { measures, body, neckSide }), 3 * i);
    else
      positions.set(
        rollRoundArm(point, wornOn === 'leftArm' ? 1 : -1, { halfBicep: halfWidths[p], shoulder, elbow }),
        3 * i,
      );
  }
  pattern.bands.forEach((_, b) => placeBand(sewn, b, positions, [0, neckSide.y, neckSide.z]));
  return positions;
}

/**
 * Returns height and depth of the top of the body's surface at `x`, metres: the lowest height above `startY` at which
 * no depth is inside the body, and the depth of the deepest point just below. Throws if there is none within 0.5 m.
 */
function shoulderTop(body: DistanceGrid, x: number, startY: number): { y: number; z: number } {
  const gradient = new Float64Array(3);
  let topZ = 0;
  for (let y = startY; y < startY + 0.5; y += 0.002) {
    let smallest = Infinity;
    let smallestZ = topZ;
    for (let z = -0.12; z <= 0.12; z += 0.004) {
      const distance = body.sample(x, y, z, gradient);
      if (distance < smallest) [smallest, smallestZ] = [distance, z];
    }
    if (smallest > 0) return { y, z: topZ };
    topZ = smallestZ;
  }
  throw new Error('The body has no shoulder at the side of the neck opening.');
}

/** Returns the z midway between the trunk's front and back at a height, metres; 0 where there is no trunk. */
function trunkMiddle(body: DistanceGrid, y: number): number {
  const gradient = new Float64Array(3);
  let back = Infinity;
  let front = -Infinity;
  for (let z = -0.3; z <= 0.3; z += 0.004) {
    if (body.sample(0.05, y, z, gradient) < 0) [back, front] = [Math.min(back, z), Math.max(front, z)];
  }
  return back < front ? (back + front) / 2 : 0;
}

/**
 * Returns the place of the pattern point (x, y) on an elliptical tube round the trunk, metres. `side`: 1 for the front,
 * −1 for the back. `neckSide`: the top of the shoulder beside the neck.
 */
function bendRoundTrunk(
  [x, y]: readonly [number, number],
  side: 1 | -1,
  { measures, body, neckSide }: { measures: Measures; body: DistanceGrid; neckSide: { y: number; z: number } },
): [number, number, number] {
  const angle = (x / (measures.chest / 4)) * (Math.PI / 2);
  // Over the shoulders the tube closes to their ridge.
  const opening = Math.min(1, Math.max(TUBE_OPENING.share, -y / TUBE_OPENING.metres + TUBE_OPENING.share));
  const middle = neckSide.z + (trunkMiddle(body, neckSide.y + Math.min(y, -0.12)) - neckSide.z) * opening;
  return [
    measures.chest * TUBE.x * Math.sin(angle),
    neckSide.y + 0.01 + y,
    middle + side * measures.chest * TUBE.z * opening * Math.cos(angle),
  ];
}

/**
 * Returns the place of the pattern point (x, y) on a cylinder round the upper arm, metres. `side`: 1 for the left
 * sleeve, −1 for the right. `halfBicep`: half the sleeve's width, `shoulder`, `elbow`: the left joints; metres.
 */
function rollRoundArm(
  [x, y]: readonly [number, number],
  side: 1 | -1,
  { halfBicep, shoulder, elbow }: { halfBicep: number; shoulder: readonly number[]; elbow: readonly number[] },
): [number, number, number] {
  const axis = [0, 1, 2].map((k) => elbow[k] - shoulder[k]);
  const armLength = Math.hypot(...axis);
  for (let k = 0; k < 3; k++) axis[k] /= armLength;
  /** Across the arm, upwards. */
  const up = [-axis[1], axis[0], 0];
  const upLength = Math.hypot(up[0], up[1]);
  if (up[1] < 0) for (const k of [0, 1]) up[k] = -up[k];
  const radius = (halfBicep / Math.PI) * 1.1;
  const angle = (x / halfBicep) * Math.PI * 0.97;
  const above = (Math.cos(angle) * radius) / upLength;
  const inFront = Math.sin(angle) * radius;
  const along = -y + 0.012;
  return [
    side * (shoulder[0] + axis[0] * along + up[0] * above),
    shoulder[1] + axis[1] * along + up[1] * above,
    shoulder[2] + axis[2] * along + inFront,
  ];
}

/**
 * Step 3, for band number `b`. At the neck the band leans towards `middle` (x, y, z, metres); elsewhere it lies flat
 * within its ring. Changes `positions`.
 */
function placeBand(sewn: SewnGarment, b: number, positions: Float64Array, middle: readonly number[]): void {
  const flat = sewn.flat[sewn.pattern.baseSize];
  const edge = edgeChain(sewn, sewn.pattern.bands[b].along);
  const start = sewn.pieceStarts[sewn.firstBand + b];
  const { isAtNeck } = sewn.pattern.bands[b];
  const centre = [0, 1, 2].map((k) => edge.reduce((sum, v) => sum + positions[3 * v + k], 0) / edge.length);
  for (let i = start; i < sewn.pieceStarts[sewn.firstBand + b + 1]; i++) {
    const below = 3 * edge[(i - start) % edge.length];
    const height = flat[2 * i + 1];
    if (!isAtNeck) {
      const inwards = centre.map((value, k) => value - positions[below + k]);
      const share = height / (Math.hypot(...inwards) || 1);
      for (let k = 0; k < 3; k++) positions[3 * i + k] = positions[below + k] + share * inwards[k];
      continue;
    }
    const dx = middle[0] - positions[below];
    const dz = middle[2] - positions[below + 2];
    const distance = Math.hypot(dx, dz) || 1;
    positions[3 * i] = positions[below] + (dx / distance) * height * 0.5;
    positions[3 * i + 1] = positions[below + 1] + height * 0.8;
    positions[3 * i + 2] = positions[below + 2] + (dz / distance) * height * 0.5;
  }
}
