import type { Mannequin } from '../mannequin/mannequin.ts';

/** Skin and clothes lie this much beneath the garment over them: at its edge and deep inside, metres. Deep inside nobody looks, and a bent body's skin must not come through. */
const EDGE_GAP = 0.003;
const DEEP_GAP = 0.014;
/** Rings of the skin's vertices (15 mm each) from a garment's edge to where it is deep. */
const EDGE_RINGS = 4;
/** How fast what comes out from under an edge widens, metres by ring. */
const WIDEN = 0.006;
const WIDEN_RINGS = 14;

/** By vertex of the mannequin: the farthest from the skin that clothes may lie under cloth that lies `covered` above it, metres; less than 0 takes skin in. */
export function limitDepths({ indices }: Mannequin, covered: Float32Array): Float32Array {
  // 0 outside, then rings inwards.
  let rings: Float32Array<ArrayBuffer> = Float32Array.from(covered, (c) => (Number.isFinite(c) ? EDGE_RINGS : 0));
  const limits = new Float32Array(covered.length);
  const spread = (values: Float32Array, step: number): Float32Array<ArrayBuffer> => {
    const next = Float32Array.from(values);
    for (let f = 0; f < indices.length; f++) {
      const a = indices[f]!;
      const b = indices[f % 3 === 2 ? f - 2 : f + 1]!;
      next[a] = Math.min(next[a]!, values[b]! + step);
      next[b] = Math.min(next[b]!, values[a]! + step);
    }
    return next;
  };
  for (let ring = 0; ring < EDGE_RINGS; ring++) rings = spread(rings, 1);
  for (let v = 0; v < limits.length; v++) {
    limits[v] = Number.isFinite(covered[v]!)
      ? covered[v]! - EDGE_GAP - ((DEEP_GAP - EDGE_GAP) * rings[v]!) / EDGE_RINGS
      : Infinity;
  }
  let result: Float32Array = limits;
  for (let ring = 0; ring < WIDEN_RINGS; ring++) result = spread(result, WIDEN);
  return result;
}
