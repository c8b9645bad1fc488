import { MathUtils } from 'three';
import { type BoneName, boneIndex } from '../../src/mannequin/mannequin.ts';
import type { BodyParts } from './body-parts.ts';
import type { TriangleMesh } from './marching-tetrahedra.ts';
import { neighboursOf } from './neighbours-of.ts';

/**
 * Factors of Taubin's smoothing (1995), shares of the way to the neighbours' mean: first towards it, then a little
 * farther back, so that nothing shrinks.
 */
const FORWARD = 0.5;
const BACK = -0.52;
/** Number of steps, forward and back alternately. */
const STEPS = 24;

/**
 * Smooths a body's mesh, which removes the creases that blending left between parts: on trunk, arms and legs, but not
 * on head, hands and feet. Changes the positions of `mesh` (metres). `body`: the body from which it was meshed; its
 * joints tell where neck, hands and feet begin.
 */
export function fair(mesh: TriangleMesh, body: BodyParts): void {
  const joint = (bone: BoneName, axis: number): number => body.joints[3 * boneIndex[bone] + axis]!;
  const neighbours = neighboursOf(mesh);
  const { positions } = mesh;
  const strengths = Float64Array.from({ length: neighbours.length }, (_, v) => {
    const x = Math.abs(positions[3 * v]!);
    const y = positions[3 * v + 1]!;
    const belowHead = 1 - MathUtils.smoothstep(y, joint('neck', 1) + 0.02, joint('neck', 1) + 0.05);
    const aboveFeet = MathUtils.smoothstep(y, 0.09, 0.16);
    const beforeHand = 1 - MathUtils.smoothstep(x, joint('leftHand', 0) - 0.04, joint('leftHand', 0) - 0.01);
    return belowHead * aboveFeet * beforeHand;
  });
  const next = new Float64Array(positions.length);
  for (let step = 0; step < STEPS; step++) {
    const factor = step % 2 ? BACK : FORWARD;
    for (let v = 0; v < neighbours.length; v++)
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (const w of neighbours[v]!) sum += positions[3 * w + k]!;
        const mean = sum / neighbours[v]!.length;
        next[3 * v + k] = positions[3 * v + k]! + factor * strengths[v]! * (mean - positions[3 * v + k]!);
      }
    positions.set(next);
  }
}
