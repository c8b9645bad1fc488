// The steps of cloth that hangs on a body: `startStep` and `endStep` of `cloth-step.as.ts`, with what pulls the
// particles before and what they lie on after it. Functions in order of call:
//
// 1. `reserveHanging()` reserves the memory after `reserveSheet`, once; the caller fills it (below).
// 2. `setHanging()` after `setStep`.
// 3. `hang()` simulates steps.
//
// The exported addresses, bytes; 4 floats of 4 bytes for each particle:
//
// places: where cloth without forces would be, metres: (x, y, z, 1).
// ups: the direction that is up in the rest pose: (x, y, z, 0).
// planes: the plane that the particle lies on: unit normal, and minus its distance from the origin, metres. (0, 0, 0, 0):
//   none.
// clings: 1 float only: 1 where the particle clings to its place, 0 where it is loose, above 1 where it is held firmly.
import { before, endStep, followDrape, positions, startStep, velocities } from './cloth-step.as';
import { takeMemory } from './take-memory.as';
import { clearLast, sumEach } from './vectors.as';

export let places: i32 = 0;
export let ups: i32 = 0;
export let planes: i32 = 0;
export let clings: i32 = 0;
/** Number of particles, a multiple of four. */
let paddedCount: i32 = 0;

/** Reserves the memory, and sets the addresses. */
export function reserveHanging(particles: i32): void {
  paddedCount = (particles + 3) & ~3;
  // One more: that of the springs without particles.
  places = takeMemory(16 * (paddedCount + 4));
  ups = takeMemory(16 * paddedCount);
  planes = takeMemory(16 * paddedCount);
  clings = takeMemory(4 * paddedCount);
}

// See `setHanging`.
let pull: f32 = 0;
let slip: f32 = 0;
let lift: f32 = 0;
let friction: f32 = 0;
let maxPush: f32 = 0;
let give: f32 = 1;
let held: f32 = 0;

/**
 * Sets how the cloth hangs, for the length of the steps that `setStep` has set.
 *
 * @param pullPerMetre speed that a particle gets in a step towards its place, for each metre of distance, 1/s.
 * @param slipMetres a particle farther from its place is pulled no harder.
 * @param liftSpeed speed that a particle gets in a step in the direction of its `ups`, m/s.
 * @param coefficient of friction between cloth and body (Coulomb).
 * @param maxPushMetres largest push out of the body in a step.
 * @param heldSpeed speed that friction between the cloth's own threads takes from a particle in a step, m/s.
 * @param mostGive ratio up to which a spring is as long as the drape is in the pose, without force.
 */
export function setHanging(
  pullPerMetre: f32,
  slipMetres: f32,
  liftSpeed: f32,
  coefficient: f32,
  maxPushMetres: f32,
  heldSpeed: f32,
  mostGive: f32,
): void {
  pull = pullPerMetre;
  slip = slipMetres;
  lift = liftSpeed;
  friction = coefficient;
  maxPush = maxPushMetres;
  held = heldSpeed;
  give = mostGive;
}

/** Simulates `steps` steps. `isSymmetric`: see `startStep`. */
export function hang(steps: i32, isSymmetric: bool): void {
  followDrape(places, give);
  for (let n = 0; n < steps; n++) {
    cling();
    startStep(isSymmetric);
    pushOut();
    endStep();
  }
}

/** Slows the particles by inner friction, pulls them towards their places, and lifts them, four at a time. */
function cling(): void {
  const pulls = f32x4.splat(pull);
  const slips = f32x4.splat(slip);
  const lifts = f32x4.splat(lift);
  for (let i = 0; i < paddedCount; i += 4) {
    const offset = 16 * i;
    const place = places + offset;
    const position = positions + offset;
    const d0 = f32x4.sub(v128.load(place), v128.load(position));
    const d1 = f32x4.sub(v128.load(place, 16), v128.load(position, 16));
    const d2 = f32x4.sub(v128.load(place, 32), v128.load(position, 32));
    const d3 = f32x4.sub(v128.load(place, 48), v128.load(position, 48));
    const squares = sumEach(f32x4.mul(d0, d0), f32x4.mul(d1, d1), f32x4.mul(d2, d2), f32x4.mul(d3, d3));
    // Where a particle is at its place this is min(1, ∞).
    const within = f32x4.pmin(f32x4.splat(1), f32x4.div(slips, f32x4.sqrt(squares)));
    const share = v128.load(clings + 4 * i);
    const pulled = f32x4.mul(f32x4.mul(pulls, share), within);
    // The drape has taken up no more than its share of gravity, however firmly the body holds it.
    const lifted = f32x4.mul(lifts, f32x4.pmin(share, f32x4.splat(1)));
    const up = ups + offset;
    const velocity = velocities + offset;
    const v0 = v128.load(velocity);
    const v1 = v128.load(velocity, 16);
    const v2 = v128.load(velocity, 32);
    const v3 = v128.load(velocity, 48);
    const speeds = f32x4.sqrt(sumEach(f32x4.mul(v0, v0), f32x4.mul(v1, v1), f32x4.mul(v2, v2), f32x4.mul(v3, v3)));
    // Of a particle at rest 0 is left, whatever the quotient.
    const left = f32x4.pmax(f32x4.splat(0), f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(held), speeds)));
    v128.store(velocity, f32x4.mul(v0, v128.shuffle<f32>(left, left, 0, 0, 0, 0)));
    v128.store(velocity, f32x4.mul(v1, v128.shuffle<f32>(left, left, 1, 1, 1, 1)), 16);
    v128.store(velocity, f32x4.mul(v2, v128.shuffle<f32>(left, left, 2, 2, 2, 2)), 32);
    v128.store(velocity, f32x4.mul(v3, v128.shuffle<f32>(left, left, 3, 3, 3, 3)), 48);
    accelerate(velocity, d0, v128.shuffle<f32>(pulled, pulled, 0, 0, 0, 0), up, v128.shuffle<f32>(lifted, lifted, 0, 0, 0, 0));
    accelerate(velocity + 16, d1, v128.shuffle<f32>(pulled, pulled, 1, 1, 1, 1), up + 16, v128.shuffle<f32>(lifted, lifted, 1, 1, 1, 1));
    accelerate(velocity + 32, d2, v128.shuffle<f32>(pulled, pulled, 2, 2, 2, 2), up + 32, v128.shuffle<f32>(lifted, lifted, 2, 2, 2, 2));
    accelerate(velocity + 48, d3, v128.shuffle<f32>(pulled, pulled, 3, 3, 3, 3), up + 48, v128.shuffle<f32>(lifted, lifted, 3, 3, 3, 3));
  }
}

/** Adds to the velocity at an address `pulled` × `distance` and `lifted` × the vector at `up`. */
@inline
function accelerate(velocity: i32, distance: v128, pulled: v128, up: i32, lifted: v128): void {
  const gained = f32x4.add(f32x4.mul(pulled, distance), f32x4.mul(lifted, v128.load(up)));
  v128.store(velocity, f32x4.add(v128.load(velocity), gained));
}

/**
 * Pushes the particles that are behind their planes out of the body, four at a time. In a group in which one is pushed, the
 * others are pushed by 0.
 */
function pushOut(): void {
  const none = f32x4.splat(0);
  for (let offset = 0; offset < 16 * paddedCount; offset += 64) {
    const position = positions + offset;
    const plane = planes + offset;
    const p0 = v128.load(position);
    const p1 = v128.load(position, 16);
    const p2 = v128.load(position, 32);
    const p3 = v128.load(position, 48);
    const plane0 = v128.load(plane);
    const plane1 = v128.load(plane, 16);
    const plane2 = v128.load(plane, 32);
    const plane3 = v128.load(plane, 48);
    const distances = sumEach(f32x4.mul(p0, plane0), f32x4.mul(p1, plane1), f32x4.mul(p2, plane2), f32x4.mul(p3, plane3));
    const isBehind = f32x4.lt(distances, none);
    if (!v128.any_true(isBehind)) continue;
    const depths = v128.and(isBehind, f32x4.pmin(f32x4.splat(maxPush), f32x4.neg(distances)));
    const n0 = clearLast(plane0);
    const n1 = clearLast(plane1);
    const n2 = clearLast(plane2);
    const n3 = clearLast(plane3);
    const pushed0 = f32x4.add(p0, f32x4.mul(n0, v128.shuffle<f32>(depths, depths, 0, 0, 0, 0)));
    const pushed1 = f32x4.add(p1, f32x4.mul(n1, v128.shuffle<f32>(depths, depths, 1, 1, 1, 1)));
    const pushed2 = f32x4.add(p2, f32x4.mul(n2, v128.shuffle<f32>(depths, depths, 2, 2, 2, 2)));
    const pushed3 = f32x4.add(p3, f32x4.mul(n3, v128.shuffle<f32>(depths, depths, 3, 3, 3, 3)));
    const start = before + offset;
    const m0 = f32x4.sub(pushed0, v128.load(start));
    const m1 = f32x4.sub(pushed1, v128.load(start, 16));
    const m2 = f32x4.sub(pushed2, v128.load(start, 32));
    const m3 = f32x4.sub(pushed3, v128.load(start, 48));
    const alongs = sumEach(f32x4.mul(m0, n0), f32x4.mul(m1, n1), f32x4.mul(m2, n2), f32x4.mul(m3, n3));
    // Coming out of the body is no jump: it gives no velocity.
    const outs = v128.and(isBehind, f32x4.pmax(none, alongs));
    moveBy(start, n0, v128.shuffle<f32>(outs, outs, 0, 0, 0, 0));
    moveBy(start + 16, n1, v128.shuffle<f32>(outs, outs, 1, 1, 1, 1));
    moveBy(start + 32, n2, v128.shuffle<f32>(outs, outs, 2, 2, 2, 2));
    moveBy(start + 48, n3, v128.shuffle<f32>(outs, outs, 3, 3, 3, 3));
    // Friction takes back some or all of the movement within the surface.
    const slid0 = f32x4.sub(m0, f32x4.mul(n0, v128.shuffle<f32>(alongs, alongs, 0, 0, 0, 0)));
    const slid1 = f32x4.sub(m1, f32x4.mul(n1, v128.shuffle<f32>(alongs, alongs, 1, 1, 1, 1)));
    const slid2 = f32x4.sub(m2, f32x4.mul(n2, v128.shuffle<f32>(alongs, alongs, 2, 2, 2, 2)));
    const slid3 = f32x4.sub(m3, f32x4.mul(n3, v128.shuffle<f32>(alongs, alongs, 3, 3, 3, 3)));
    const squares = sumEach(
      f32x4.mul(slid0, slid0),
      f32x4.mul(slid1, slid1),
      f32x4.mul(slid2, slid2),
      f32x4.mul(slid3, slid3),
    );
    // Of a particle that has not slid this is min(1, ∞), or no number where it is not pushed either: both are 1.
    const shares = f32x4.div(f32x4.mul(f32x4.splat(friction), depths), f32x4.sqrt(squares));
    const taken = f32x4.pmin(f32x4.splat(1), shares);
    v128.store(position, f32x4.sub(pushed0, f32x4.mul(slid0, v128.shuffle<f32>(taken, taken, 0, 0, 0, 0))));
    v128.store(position, f32x4.sub(pushed1, f32x4.mul(slid1, v128.shuffle<f32>(taken, taken, 1, 1, 1, 1))), 16);
    v128.store(position, f32x4.sub(pushed2, f32x4.mul(slid2, v128.shuffle<f32>(taken, taken, 2, 2, 2, 2))), 32);
    v128.store(position, f32x4.sub(pushed3, f32x4.mul(slid3, v128.shuffle<f32>(taken, taken, 3, 3, 3, 3))), 48);
  }
}

/** Adds `share` × `vector` to the vector at an address. */
@inline
function moveBy(at: i32, vector: v128, share: v128): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(vector, share)));
}
