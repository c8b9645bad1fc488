import { boneIndex, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { Cloth, type ClothOptions, type StepOptions } from './cloth.ts';
import { connectSheet } from './connect-sheet.ts';
import type { DistanceGrid } from './distance-grid.ts';
import { clothSheet, pieceNames, type SewnTee } from './sew-tee.ts';
import { baseTeeSize, type TeeMeasures, type TeeSize, teeMeasures } from './tee-measures.ts';

/** Cotton single jersey: its weight, and stiffnesses of the order measured for it (Kawabata); bending is set a little high, for folds that the mesh can carry. */
const jersey: ClothOptions = { weight: 0.16, stretch: 250, bend: 5e-6 };

/** Steps of 2 ms: with 14 mm triangles one iteration a step then keeps a hanging shirt's stretch under 2 %. */
const calm: StepOptions = {
  step: 0.002,
  gravity: 9.81,
  damping: 3,
  friction: 0.1,
  clearance: 0.0052,
  seamCompliance: 0,
  mirrored: 1,
};

export interface DrapeOptions {
  /** Scales all numbers of steps; tests drape quicker. */
  effort: number;
}

/** Sews the base size around the body, lets it hang, then lets every other size out or in from there. Particle positions by size, metres. */
export function drapeTee(
  tee: SewnTee,
  body: DistanceGrid,
  mannequin: Mannequin,
  sizes: readonly TeeSize[],
  { effort }: DrapeOptions,
): Record<TeeSize, Float64Array> {
  const steps = (n: number): number => Math.max(1, Math.round(n * effort));
  const pinned = new Cloth(clothSheet(tee, baseTeeSize, false), placePieces(tee, body, mannequin), tee.seams, jersey);
  const closing = steps(500);
  for (let i = 0; i < closing; i++) {
    const share = i / closing;
    pinned.step(body, { ...calm, gravity: 0, damping: 12, friction: 0, seamCompliance: 2 * (1 - share) ** 3 });
  }
  const base = new Cloth(clothSheet(tee, baseTeeSize, true), weldPositions(tee, pinned.positions), [], jersey);
  run(base, body, steps(500), { ...calm, damping: 6, friction: 0 }); // slides into place
  run(base, body, steps(700), calm);
  run(base, body, steps(300), { ...calm, damping: 12 });
  run(base, body, steps(250), { ...calm, damping: 20, friction: 0.02 }); // what friction still held askew lets go
  const out = { [baseTeeSize]: base.positions } as Record<TeeSize, Float64Array>;
  for (const size of sizes) {
    if (size === baseTeeSize) continue;
    const cloth = new Cloth(clothSheet(tee, baseTeeSize, true), base.positions.slice(), [], jersey);
    const { springs } = connectSheet(clothSheet(tee, size, true));
    const stages = 10;
    for (let i = 0; i < stages; i++) {
      cloth.regrade(springs, 1 / (stages - i));
      run(cloth, body, steps(40), calm);
    }
    run(cloth, body, steps(500), calm);
    run(cloth, body, steps(300), { ...calm, damping: 12 });
    run(cloth, body, steps(200), { ...calm, damping: 20, friction: 0.02 });
    out[size] = cloth.positions;
  }
  return out;
}

function run(cloth: Cloth, body: DistanceGrid, count: number, options: StepOptions): void {
  for (let i = 0; i < count; i++) cloth.step(body, options);
}

function weldPositions(tee: SewnTee, positions: Float64Array): Float64Array {
  const out = new Float64Array(3 * tee.particles),
    count = new Float64Array(tee.particles);
  for (let i = 0; i < tee.pieceOf.length; i++) {
    const p = tee.particleOf[i];
    count[p]++;
    for (let k = 0; k < 3; k++) out[3 * p + k] += positions[3 * i + k];
  }
  return out.map((value, i) => value / count[Math.floor(i / 3)]);
}

/** Height of the body's surface over the point (x, any z) where neck meets shoulder: the lowest height, going up, at which all is air. */
function shoulderHeight(body: DistanceGrid, x: number, from: number): { y: number; z: number } {
  const gradient = new Float64Array(3);
  let z = 0;
  for (let y = from; y < from + 0.5; y += 0.002) {
    let low = Infinity,
      at = z;
    for (let k = -0.12; k <= 0.12; k += 0.004) {
      const d = body.sample(x, y, k, gradient);
      if (d < low) [low, at] = [d, k];
    }
    if (low > 0) return { y, z };
    z = at;
  }
  throw new Error('The body has no shoulder where the neck opening should lie.');
}

/** Lays each piece near where it will be worn: front and back bent round the trunk, sleeves rolled round the arms, the rib standing in the neckline. */
function placePieces(tee: SewnTee, body: DistanceGrid, mannequin: Mannequin): Float64Array {
  const m = teeMeasures(baseTeeSize),
    flat = tee.flat[baseTeeSize];
  const joint = (bone: keyof typeof boneIndex): number[] => [
    ...mannequin.joints.subarray(3 * boneIndex[bone], 3 * boneIndex[bone] + 3),
  ];
  const shoulder = joint('leftUpperArm'),
    elbow = joint('leftLowerArm');
  const top = shoulderHeight(body, m.neckWidth / 2, shoulder[1] - 0.1);
  const out = new Float64Array(3 * tee.pieceOf.length);
  for (let i = 0; i < tee.pieceOf.length; i++) {
    const name = pieceNames[tee.pieceOf[i]],
      x = flat[2 * i],
      y = flat[2 * i + 1];
    if (name === 'front' || name === 'back') out.set(aroundTrunk(x, y, name === 'front' ? 1 : -1, m, body, top), 3 * i);
    else if (name !== 'rib') out.set(aroundArm(x, y, name === 'sleeveLeft' ? 1 : -1, tee, shoulder, elbow), 3 * i);
  }
  placeRib(tee, out, [0, top.y, top.z]);
  return out;
}

/** Half axes, as shares of the garment's girth, of the tube that front and back are bent to: an ellipse of that girth, a little deeper than a trunk. */
const tube = { x: 0.188, z: 0.15 };

/** Middle of the trunk, front to back, at a height. */
function trunkMiddle(body: DistanceGrid, y: number): number {
  const gradient = new Float64Array(3);
  let low = Infinity,
    high = -Infinity;
  for (let z = -0.3; z <= 0.3; z += 0.004) {
    if (body.sample(0.05, y, z, gradient) < 0) [low, high] = [Math.min(low, z), Math.max(high, z)];
  }
  return low < high ? (low + high) / 2 : 0;
}

function aroundTrunk(
  x: number,
  y: number,
  side: 1 | -1,
  m: TeeMeasures,
  body: DistanceGrid,
  top: { y: number; z: number },
): [number, number, number] {
  const angle = (x / (m.chest / 4)) * (Math.PI / 2);
  // Over the shoulders the tube closes towards the ridge.
  const open = Math.min(1, Math.max(0.12, -y / 0.16 + 0.12));
  const middle = top.z + (trunkMiddle(body, top.y + Math.min(y, -0.12)) - top.z) * open;
  return [
    m.chest * tube.x * Math.sin(angle),
    top.y + 0.01 + y,
    middle + side * m.chest * tube.z * open * Math.cos(angle),
  ];
}

function aroundArm(
  s: number,
  y: number,
  side: 1 | -1,
  tee: SewnTee,
  shoulder: readonly number[],
  elbow: readonly number[],
): [number, number, number] {
  const axis = [0, 1, 2].map((k) => elbow[k] - shoulder[k]),
    length = Math.hypot(...axis);
  for (let k = 0; k < 3; k++) axis[k] /= length;
  const up = [-axis[1], axis[0], 0],
    n = Math.hypot(up[0], up[1]);
  if (up[1] < 0) for (const k of [0, 1]) up[k] = -up[k];
  const flat = tee.flat[baseTeeSize],
    under = tee.edges['sleeveLeft.capFront'][0];
  const radius = (flat[2 * under] / Math.PI) * 1.1;
  const angle = (s / flat[2 * under]) * Math.PI * 0.97;
  const c = (Math.cos(angle) * radius) / n,
    f = Math.sin(angle) * radius,
    t = -y + 0.012;
  return [
    side * (shoulder[0] + axis[0] * t + up[0] * c),
    shoulder[1] + axis[1] * t + up[1] * c,
    shoulder[2] + axis[2] * t + f,
  ];
}

/** Stands the rib on the neckline, leaning towards the neck's middle. */
function placeRib(tee: SewnTee, out: Float64Array, centre: readonly number[]): void {
  const sewn = tee.edges['rib.sewn'],
    flat = tee.flat[baseTeeSize],
    start = sewn[0];
  const ring = [...tee.edges['front.neck'], ...[...tee.edges['back.neck']].reverse().slice(1)];
  for (let i = start; i < tee.starts[tee.starts.length - 1]; i++) {
    const below = 3 * ring[(i - start) % sewn.length],
      height = flat[2 * i + 1];
    const dx = centre[0] - out[below],
      dz = centre[2] - out[below + 2],
      n = Math.hypot(dx, dz) || 1;
    out[3 * i] = out[below] + (dx / n) * height * 0.5;
    out[3 * i + 1] = out[below + 1] + height * 0.8;
    out[3 * i + 2] = out[below + 2] + (dz / n) * height * 0.5;
  }
}
