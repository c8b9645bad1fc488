// One step of a sheet of cloth: what its own threads do, without what it lies on. Functions in order of call:
//
// 1. `reserveSheet()` reserves the memory, once; the caller fills it (below).
// 2. `setStep()` sets the length of the steps and what follows from it.
// 3. `startStep()` integrates, closes seams, stretches, bends. Then the caller may push particles out of a body.
// 4. `endStep()` takes the velocities from the change of positions.
//
// Metres, kilograms, seconds. All values are 4 bytes long. The exported addresses, bytes:
//
// positions, before, velocities: 4 floats for each particle: (x, y, z, 1), (x, y, z, 1), (x, y, z, 0). After the last
//   particle there is one that belongs to the springs without particles.
// held: for each particle that the steps leave where it is, 16 × its number.
//
// Springs, hinges and seams name a particle by the address of its position.
//
// springs: groups of four springs that have no particle in common, so that a group is one calculation in four lanes. A
//   group has eight times four values: the springs' first particles, their second particles, taut lengths and slack
//   lengths (a longer spring is pulled, a shorter one pushed), the inverse masses of the first and of the second
//   particles, rest lengths, and 1 / lengths in the drape at rest, NaN without a drape.
// hinges: for each hinge its four particles, their four coefficients in the bending energy, and their four products of
//   inverse mass and coefficient.
// hingeTerms: for each hinge Σ inverse mass × coefficient², and its compliance.
// seams: for each seam its two particles, and their inverse masses.
import { takeMemory } from './take-memory.as';
import { clearLast, sumEach } from './vectors.as';

const GROUP_BYTES: i32 = 128;
const HINGE_BYTES: i32 = 48;
/** Shorter springs have no direction, metres. */
const MIN_LENGTH: f32 = 1e-9;

export let positions: i32 = 0;
export let before: i32 = 0;
export let velocities: i32 = 0;
export let held: i32 = 0;
export let springs: i32 = 0;
export let hinges: i32 = 0;
export let hingeTerms: i32 = 0;
export let seams: i32 = 0;
/** For each hinge: 1 / (Σ inverse mass × coefficient² + compliance / step²). */
let hingeFactors: i32 = 0;

let particleCount: i32 = 0;
let heldCount: i32 = 0;
let groupCount: i32 = 0;
let hingeCount: i32 = 0;
let seamCount: i32 = 0;

/** Reserves the memory of a sheet, and sets the addresses. `groups`: number of groups of springs. */
export function reserveSheet(particles: i32, heldParticles: i32, groups: i32, hingesOfSheet: i32, seamsOfSheet: i32): void {
  particleCount = particles;
  heldCount = heldParticles;
  groupCount = groups;
  hingeCount = hingesOfSheet;
  seamCount = seamsOfSheet;
  positions = takeMemory(16 * (particles + 4));
  before = takeMemory(16 * (particles + 4));
  velocities = takeMemory(16 * (particles + 4));
  held = takeMemory(4 * heldParticles);
  springs = takeMemory(GROUP_BYTES * groups);
  hinges = takeMemory(HINGE_BYTES * hingesOfSheet);
  hingeTerms = takeMemory(8 * hingesOfSheet);
  hingeFactors = takeMemory(4 * hingesOfSheet);
  seams = takeMemory(16 * seamsOfSheet);
}

// See `setStep`.
let step: f32 = 0;
let fall: f32 = 0;
let kept: f32 = 0;
let seamCompliance: f32 = 0;
let pulledCompliance: f32 = 0;
let pushedCompliance: f32 = 0;
/** Whether the last pass through the springs went backwards. */
let isBackwards: bool = false;

/**
 * Sets how the steps are. Compliances are divided by the squared step.
 *
 * @param seconds time of a step.
 * @param lost downwards speed that gravity gives in a step, m/s.
 * @param share of the velocities that damping leaves in a step.
 * @param seam compliance of the seams.
 * @param pulled compliance of a spring that is longer than at rest; `pushed`: of a shorter one.
 */
export function setStep(seconds: f32, lost: f32, share: f32, seam: f32, pulled: f32, pushed: f32): void {
  fall = lost;
  kept = share;
  seamCompliance = seam;
  pulledCompliance = pulled;
  pushedCompliance = pushed;
  if (seconds == step) return;
  step = seconds;
  const inverseStep2: f32 = 1 / (seconds * seconds);
  for (let h = 0; h < hingeCount; h++) {
    const terms = hingeTerms + 8 * h;
    store<f32>(hingeFactors + 4 * h, 1 / (load<f32>(terms) + load<f32>(terms, 4) * inverseStep2));
  }
}

/** Moves the particles by the first half of a step. `isSymmetric`: a second pass through the springs, after bending. */
export function startStep(isSymmetric: bool): void {
  integrate();
  closeSeams();
  stretch();
  bend();
  if (isSymmetric) stretch();
}

function integrate(): void {
  const lost = f32x4(0, fall, 0, 0);
  const share = f32x4.splat(kept);
  const seconds = f32x4.splat(step);
  const end = positions + 16 * particleCount;
  const toBefore = before - positions;
  const toVelocity = velocities - positions;
  for (let at = positions; at < end; at += 16) {
    const velocity = f32x4.mul(f32x4.sub(v128.load(at + toVelocity), lost), share);
    const position = v128.load(at);
    v128.store(at + toVelocity, velocity);
    v128.store(at + toBefore, position);
    v128.store(at, f32x4.add(position, f32x4.mul(velocity, seconds)));
  }
  for (let h = 0; h < heldCount; h++) {
    const offset = load<i32>(held + 4 * h);
    v128.store(positions + offset, v128.load(before + offset));
    v128.store(velocities + offset, f32x4.splat(0));
  }
}

function closeSeams(): void {
  const end = seams + 16 * seamCount;
  for (let at = seams; at < end; at += 16) {
    const a = load<i32>(at);
    const b = load<i32>(at, 4);
    const massA = load<f32>(at, 8);
    const massB = load<f32>(at, 12);
    const from = v128.load(a);
    const to = v128.load(b);
    const gap = f32x4.mul(f32x4.sub(to, from), f32x4.splat(1 / (massA + massB + seamCompliance)));
    v128.store(a, f32x4.add(from, f32x4.mul(gap, f32x4.splat(massA))));
    v128.store(b, f32x4.sub(to, f32x4.mul(gap, f32x4.splat(massB))));
  }
}

/** Goes once through all springs, the other way than the last time: no side of the garment is always solved first. */
function stretch(): void {
  isBackwards = !isBackwards;
  const pulled = f32x4.splat(pulledCompliance);
  const pushed = f32x4.splat(pushedCompliance);
  const next = isBackwards ? -GROUP_BYTES : GROUP_BYTES;
  let at = isBackwards ? springs + GROUP_BYTES * (groupCount - 1) : springs;
  for (let n = groupCount; n > 0; n--, at += next) {
    const addressA0 = load<i32>(at);
    const addressA1 = load<i32>(at, 4);
    const addressA2 = load<i32>(at, 8);
    const addressA3 = load<i32>(at, 12);
    const addressB0 = load<i32>(at, 16);
    const addressB1 = load<i32>(at, 20);
    const addressB2 = load<i32>(at, 24);
    const addressB3 = load<i32>(at, 28);
    const a0 = v128.load(addressA0);
    const a1 = v128.load(addressA1);
    const a2 = v128.load(addressA2);
    const a3 = v128.load(addressA3);
    const b0 = v128.load(addressB0);
    const b1 = v128.load(addressB1);
    const b2 = v128.load(addressB2);
    const b3 = v128.load(addressB3);
    const d0 = f32x4.sub(b0, a0);
    const d1 = f32x4.sub(b1, a1);
    const d2 = f32x4.sub(b2, a2);
    const d3 = f32x4.sub(b3, a3);
    // One lane for each of the four springs.
    const squares = sumEach(f32x4.mul(d0, d0), f32x4.mul(d1, d1), f32x4.mul(d2, d2), f32x4.mul(d3, d3));
    const length = f32x4.pmax(f32x4.sqrt(squares), f32x4.splat(MIN_LENGTH));
    const taut = v128.load(at, 32);
    const slack = v128.load(at, 48);
    const massA = v128.load(at, 64);
    const massB = v128.load(at, 80);
    const compliance = v128.bitselect(pushed, pulled, f32x4.lt(length, taut));
    const divisor = f32x4.mul(length, f32x4.add(f32x4.add(massA, massB), compliance));
    const factor = f32x4.div(f32x4.sub(length, f32x4.pmin(taut, f32x4.pmax(slack, length))), divisor);
    const factorA = f32x4.mul(massA, factor);
    const factorB = f32x4.mul(massB, factor);
    v128.store(addressA0, f32x4.add(a0, f32x4.mul(d0, v128.shuffle<f32>(factorA, factorA, 0, 0, 0, 0))));
    v128.store(addressA1, f32x4.add(a1, f32x4.mul(d1, v128.shuffle<f32>(factorA, factorA, 1, 1, 1, 1))));
    v128.store(addressA2, f32x4.add(a2, f32x4.mul(d2, v128.shuffle<f32>(factorA, factorA, 2, 2, 2, 2))));
    v128.store(addressA3, f32x4.add(a3, f32x4.mul(d3, v128.shuffle<f32>(factorA, factorA, 3, 3, 3, 3))));
    v128.store(addressB0, f32x4.sub(b0, f32x4.mul(d0, v128.shuffle<f32>(factorB, factorB, 0, 0, 0, 0))));
    v128.store(addressB1, f32x4.sub(b1, f32x4.mul(d1, v128.shuffle<f32>(factorB, factorB, 1, 1, 1, 1))));
    v128.store(addressB2, f32x4.sub(b2, f32x4.mul(d2, v128.shuffle<f32>(factorB, factorB, 2, 2, 2, 2))));
    v128.store(addressB3, f32x4.sub(b3, f32x4.mul(d3, v128.shuffle<f32>(factorB, factorB, 3, 3, 3, 3))));
  }
}

/**
 * Sets the slack and taut lengths: the rest lengths times the ratio of the drape's length in the pose to that at rest, at
 * most 1 for the slack and 1 to `most` for the taut ones. `places`: where the particles are in the posed drape, 4 floats
 * for each.
 */
export function followDrape(places: i32, most: f32): void {
  const toPlace = places - positions;
  const one = f32x4.splat(1);
  const end = springs + GROUP_BYTES * groupCount;
  for (let at = springs; at < end; at += GROUP_BYTES) {
    const d0 = f32x4.sub(v128.load(toPlace + load<i32>(at, 16)), v128.load(toPlace + load<i32>(at)));
    const d1 = f32x4.sub(v128.load(toPlace + load<i32>(at, 20)), v128.load(toPlace + load<i32>(at, 4)));
    const d2 = f32x4.sub(v128.load(toPlace + load<i32>(at, 24)), v128.load(toPlace + load<i32>(at, 8)));
    const d3 = f32x4.sub(v128.load(toPlace + load<i32>(at, 28)), v128.load(toPlace + load<i32>(at, 12)));
    const squares = sumEach(f32x4.mul(d0, d0), f32x4.mul(d1, d1), f32x4.mul(d2, d2), f32x4.mul(d3, d3));
    const rest = v128.load(at, 96);
    // Without a drape this is no number, and both lengths are the rest length.
    const ratio = f32x4.mul(f32x4.sqrt(squares), v128.load(at, 112));
    v128.store(at, f32x4.mul(rest, f32x4.pmin(f32x4.splat(most), f32x4.pmax(one, ratio))), 32);
    v128.store(at, f32x4.mul(rest, f32x4.pmin(one, ratio)), 48);
  }
}

function bend(): void {
  let factorAt = hingeFactors;
  const end = hinges + HINGE_BYTES * hingeCount;
  for (let at = hinges; at < end; at += HINGE_BYTES, factorAt += 4) {
    const a = load<i32>(at);
    const b = load<i32>(at, 4);
    const c = load<i32>(at, 8);
    const d = load<i32>(at, 12);
    const pa = v128.load(a);
    const pb = v128.load(b);
    const pc = v128.load(c);
    const pd = v128.load(d);
    const ab = f32x4.add(f32x4.mul(pa, v128.load32_splat(at, 16)), f32x4.mul(pb, v128.load32_splat(at, 20)));
    const cd = f32x4.add(f32x4.mul(pc, v128.load32_splat(at, 24)), f32x4.mul(pd, v128.load32_splat(at, 28)));
    // The coefficients sum to 0, but for rounding.
    const force = clearLast(f32x4.mul(f32x4.add(ab, cd), v128.load32_splat(factorAt)));
    v128.store(a, f32x4.sub(pa, f32x4.mul(force, v128.load32_splat(at, 32))));
    v128.store(b, f32x4.sub(pb, f32x4.mul(force, v128.load32_splat(at, 36))));
    v128.store(c, f32x4.sub(pc, f32x4.mul(force, v128.load32_splat(at, 40))));
    v128.store(d, f32x4.sub(pd, f32x4.mul(force, v128.load32_splat(at, 44))));
  }
}

/** Ends a step: the velocities become what the particles have moved since `startStep`. */
export function endStep(): void {
  const perSecond = f32x4.splat(1 / step);
  const end = positions + 16 * particleCount;
  const toBefore = before - positions;
  const toVelocity = velocities - positions;
  for (let at = positions; at < end; at += 16)
    v128.store(at + toVelocity, f32x4.mul(f32x4.sub(v128.load(at), v128.load(at + toBefore)), perSecond));
}
