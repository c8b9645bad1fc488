import { MathUtils } from 'three';
import { boneIndex } from '../../src/mannequin/mannequin.ts';
import type { BodyParts } from './body-parts.ts';
import type { TriangleMesh } from './marching-tetrahedra.ts';
import { neighboursOf } from './neighbours-of.ts';

/** Taubin's two steps: in, and out a little further, so that nothing shrinks. */
const IN = 0.5;
const OUT = -0.52;

/** Takes the seams out of the skin where parts were blended (Taubin 1995): strongest at shoulders and pelvis, not at all on head, hands and feet. */
export function fair(mesh: TriangleMesh, body: BodyParts): void {
  const J = (bone: keyof typeof boneIndex, k: number): number => body.joints[3 * boneIndex[bone] + k]!;
  const neighbours = neighboursOf(mesh);
  const p = mesh.positions;
  const strength = Float64Array.from({ length: neighbours.length }, (_, v) => {
    const x = Math.abs(p[3 * v]!);
    const y = p[3 * v + 1]!;
    const belowHead = 1 - MathUtils.smoothstep(y, J('neck', 1) + 0.02, J('neck', 1) + 0.05);
    const aboveFeet = MathUtils.smoothstep(y, 0.09, 0.16);
    const beforeHand = 1 - MathUtils.smoothstep(x, J('leftHand', 0) - 0.04, J('leftHand', 0) - 0.01);
    return belowHead * aboveFeet * beforeHand;
  });
  const next = new Float64Array(p.length);
  for (let round = 0; round < 24; round++) {
    const factor = round % 2 ? OUT : IN;
    for (let v = 0; v < neighbours.length; v++)
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (const w of neighbours[v]!) sum += p[3 * w + k]!;
        next[3 * v + k] = p[3 * v + k]! + factor * strength[v]! * (sum / neighbours[v]!.length - p[3 * v + k]!);
      }
    p.set(next);
  }
}
