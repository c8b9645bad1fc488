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
import { clearLast, sumAll, sumEach } from './vectors.as';

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

/** Pushes the particles that are behind their planes out of the body. */
function pushOut(): void {
  for (let offset = 0; offset < 16 * paddedCount; offset += 64) {
    const position = positions + offset;
    const plane = planes + offset;
    const distances = sumEach(
      f32x4.mul(v128.load(position), v128.load(plane)),
      f32x4.mul(v128.load(position, 16), v128.load(plane, 16)),
      f32x4.mul(v128.load(position, 32), v128.load(plane, 32)),
      f32x4.mul(v128.load(position, 48), v128.load(plane, 48)),
    );
    if (!v128.any_true(f32x4.lt(distances, f32x4.splat(0)))) continue;
    pushParticle(offset, f32x4.extract_lane(distances, 0));
    pushParticle(offset + 16, f32x4.extract_lane(distances, 1));
    pushParticle(offset + 32, f32x4.extract_lane(distances, 2));
    pushParticle(offset + 48, f32x4.extract_lane(distances, 3));
  }
}

/** Pushes the particle at `offset` out of the body if its `distance` from its plane is below 0, metres. */
@inline
function pushParticle(offset: i32, distance: f32): void {
  if (!(distance < 0)) return;
  const depth: f32 = min<f32>(-distance, maxPush);
  const normal = clearLast(v128.load(planes + offset));
  const pushed = f32x4.add(v128.load(positions + offset), f32x4.mul(normal, f32x4.splat(depth)));
  const start = v128.load(before + offset);
  const moved = f32x4.sub(pushed, start);
  const along = sumAll(f32x4.mul(moved, normal));
  const outwards = f32x4.mul(along, normal);
  // Coming out of the body is no jump: it gives no velocity.
  if (f32x4.extract_lane(along, 0) > 0) v128.store(before + offset, f32x4.add(start, outwards));
  // Friction takes back some or all of the movement within the surface.
  const slid = f32x4.sub(moved, outwards);
  const slide: f32 = sqrt<f32>(f32x4.extract_lane(sumAll(f32x4.mul(slid, slid)), 0));
  const most: f32 = friction * depth;
  const taken: f32 = slide > most ? most / slide : 1;
  v128.store(positions + offset, f32x4.sub(pushed, f32x4.mul(slid, f32x4.splat(taken))));
}
