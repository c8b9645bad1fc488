// What the pose says of each part of the picture, for `parse.as.ts`: see src/parsing/body-prior.ts.
import { exponential, logarithm } from './exponentials.as';
import { priorColumns, priors } from './parse-memory.as';
import { sumAll } from './vectors.as';

/** Square of the distance, in radii, up to which a part counts: exp(−MAX_SHARE²) is below a thousandth. */
const MAX_SHARE: f32 = 2.7;
const CELL_BYTES: i32 = 16;

/** Sets all four weights of the cells in a box to `floor`. */
export function clearPrior(left: i32, top: i32, right: i32, bottom: i32, floor: f32): void {
  for (let row = top; row < bottom; row++) {
    const start = priors + CELL_BYTES * row * priorColumns;
    for (let at = start + CELL_BYTES * left; at < start + CELL_BYTES * right; at += CELL_BYTES)
      v128.store(at, f32x4.splat(floor));
  }
}

/**
 * Adds a capsule from (`ax`, `ay`) to (`ax` + `dx`, `ay` + `dy`), in cells, to the cells in a box: `amount` × weights of
 * four classes, which go from `from0`… at the first end to those larger by `more0`… at `rampEnd` of the way to the
 * second. The weight falls to 1/e at `radius`.
 */
export function addPart(
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  ax: f32,
  ay: f32,
  dx: f32,
  dy: f32,
  radius: f32,
  amount: f32,
  rampEnd: f32,
  from0: f32,
  from1: f32,
  from2: f32,
  from3: f32,
  more0: f32,
  more1: f32,
  more2: f32,
  more3: f32,
): void {
  const from = f32x4(from0, from1, from2, from3);
  const more = f32x4(more0, more1, more2, more3);
  const perLengthSq: f32 = 1 / max<f32>(dx * dx + dy * dy, 1e-6);
  const perRadiusSq = f32x4.splat(1 / (radius * radius));
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let row = top; row < bottom; row++) {
    const py = <f32>row + 0.5 - ay;
    for (let column = left; column < right; column += 4) {
      const px = f32x4.add(f32x4.splat(<f32>column + 0.5 - ax), f32x4(0, 1, 2, 3));
      const along = f32x4.add(f32x4.mul(px, f32x4.splat(dx)), f32x4.splat(py * dy));
      const t = f32x4.pmin(one, f32x4.pmax(zero, f32x4.mul(along, f32x4.splat(perLengthSq))));
      const x = f32x4.sub(px, f32x4.mul(t, f32x4.splat(dx)));
      const y = f32x4.sub(f32x4.splat(py), f32x4.mul(t, f32x4.splat(dy)));
      const share = f32x4.mul(f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)), perRadiusSq);
      const isInBox = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(right - column));
      const isNear = v128.and(f32x4.le(share, f32x4.splat(MAX_SHARE)), isInBox);
      if (!v128.any_true(isNear)) continue;
      // Flat within the capsule, steep at its edge.
      const fall = exponential(f32x4.neg(f32x4.mul(share, share)));
      const member = v128.and(f32x4.mul(fall, f32x4.splat(amount)), isNear);
      const ramp = f32x4.pmin(one, f32x4.div(t, f32x4.splat(rampEnd)));
      const cell = priors + CELL_BYTES * (row * priorColumns + column);
      addTo(cell, f32x4.extract_lane(member, 0), f32x4.extract_lane(ramp, 0), from, more);
      addTo(cell + 16, f32x4.extract_lane(member, 1), f32x4.extract_lane(ramp, 1), from, more);
      addTo(cell + 32, f32x4.extract_lane(member, 2), f32x4.extract_lane(ramp, 2), from, more);
      addTo(cell + 48, f32x4.extract_lane(member, 3), f32x4.extract_lane(ramp, 3), from, more);
    }
  }
}

@inline
function addTo(cell: i32, member: f32, ramp: f32, from: v128, more: v128): void {
  const weights = f32x4.add(from, f32x4.mul(f32x4.splat(ramp), more));
  v128.store(cell, f32x4.add(v128.load(cell), f32x4.mul(f32x4.splat(member), weights)));
}

/** Turns the weights of the cells in a box into logarithms of probabilities. */
export function normalisePrior(left: i32, top: i32, right: i32, bottom: i32): void {
  for (let row = top; row < bottom; row++) {
    const start = priors + CELL_BYTES * row * priorColumns;
    for (let at = start + CELL_BYTES * left; at < start + CELL_BYTES * right; at += CELL_BYTES) {
      const weights = v128.load(at);
      v128.store(at, logarithm(f32x4.div(weights, sumAll(weights))));
    }
  }
}
