import { MathUtils } from 'three';
import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';

/** Displacements from the skin to hanging cloth, 3 × vertices each, metres, besides the cloth's own thickness. */
export interface HangingClothes {
  top: Float32Array;
  shorts: Float32Array;
}

interface Tube {
  /** Bones whose skin it goes around, by index into `boneNames`. */
  bones: readonly boolean[];
  from: BoneName;
  to: BoneName;
  /** Air at its widest, metres, and how far from the start that is. */
  air: number;
  within: number;
}

function arm(side: 'left' | 'right'): Tube {
  return {
    bones: isBoneIn(armRegions, side),
    from: `${side}UpperArm`,
    to: `${side}Hand`,
    air: 0.03,
    within: 0.12,
  };
}
function leg(side: 'left' | 'right'): Tube {
  return {
    bones: isBoneIn(['thigh', 'calf', 'foot'], side),
    from: `${side}UpperLeg`,
    to: `${side}Foot`,
    air: 0.035,
    within: 0.2,
  };
}
const trunk: Tube = {
  bones: isBoneIn(['trunk']),
  from: 'upperChest',
  to: 'hips',
  air: 0.035,
  within: 0.16,
};
const seat: Tube = {
  bones: boneNames.map((name) => name === 'hips' || name === 'spine'),
  from: 'spine',
  to: 'leftUpperLeg',
  air: 0.02,
  within: 0.2,
};

const ANGLES = 32;
const STEP_METRES = 0.015;
/** How often the cloth is averaged with its neighbours. */
const SMOOTH_ROUNDS = 8;
/** Cloth that hangs free narrows by so much of its way down. */
const FALL = 0.06;

/** A wide top and trousers: around each part of the body cloth falls from where the body is widest, and does not follow it in again. */
export function hangClothes(mannequin: Mannequin, shape: MannequinShape): HangingClothes {
  return {
    top: hang(mannequin, shape, [trunk, arm('left'), arm('right')]),
    shorts: hang(mannequin, shape, [seat, leg('left'), leg('right')]),
  };
}

function hang(mannequin: Mannequin, shape: MannequinShape, tubes: readonly Tube[]): Float32Array {
  const { positions } = shape;
  const count = positions.length / 3;
  let air: Float32Array = new Float32Array(3 * count);
  for (const tube of tubes) {
    const at = (bone: BoneName, k: number): number =>
      (tube === trunk || tube === seat) && k === 0 ? 0 : shape.joints[3 * boneIndex[bone] + k]!;
    const origin = [0, 1, 2].map((k) => at(tube.from, k));
    const way = [0, 1, 2].map((k) => at(tube.to, k) - origin[k]!);
    if (tube === trunk || tube === seat) way[0] = way[2] = 0;
    const length = Math.hypot(way[0]!, way[1]!, way[2]!);
    const [dx, dy, dz] = way.map((w) => w / length) as [number, number, number];
    // Across: forwards, and what is square to both.
    const fx = -dz * dx;
    const fy = -dz * dy;
    const fz = 1 - dz * dz;
    const fl = Math.hypot(fx, fy, fz);
    const f: [number, number, number] = [fx / fl, fy / fl, fz / fl];
    const s: [number, number, number] = [dy * f[2] - dz * f[1], dz * f[0] - dx * f[2], dx * f[1] - dy * f[0]];
    const share = new Float32Array(count);
    const along = new Float32Array(count);
    const radius = new Float32Array(count);
    const angle = new Float32Array(count);
    for (let v = 0; v < count; v++) {
      for (let i = 4 * v; i < 4 * v + 4; i++)
        if (tube.bones[mannequin.skinIndices[i]!]) share[v]! += mannequin.skinWeights[i]!;
      const x = positions[3 * v]! - origin[0]!;
      const y = positions[3 * v + 1]! - origin[1]!;
      const z = positions[3 * v + 2]! - origin[2]!;
      along[v] = x * dx + y * dy + z * dz;
      const a = x * f[0] + y * f[1] + z * f[2];
      const b = x * s[0] + y * s[1] + z * s[2];
      radius[v] = Math.hypot(a, b);
      angle[v] = Math.atan2(b, a);
    }
    const start = -0.1;
    const rows = Math.ceil((length + 0.45) / STEP_METRES);
    const widest = new Float32Array(rows * ANGLES);
    const row = (v: number): number => Math.min(rows - 1, Math.max(0, Math.floor((along[v]! - start) / STEP_METRES)));
    const column = (v: number): number => Math.floor(((angle[v]! / (2 * Math.PI) + 1) % 1) * ANGLES) % ANGLES;
    for (let v = 0; v < count; v++) {
      if (share[v]! < 0.5) continue;
      for (let d = -1; d <= 1; d++) {
        const cell = row(v) * ANGLES + ((column(v) + d + ANGLES) % ANGLES);
        widest[cell] = Math.max(widest[cell]!, radius[v]!);
      }
    }
    // From where it hangs at its widest it falls.
    const first = Math.round((0.04 - start) / STEP_METRES);
    for (let r = first; r < rows; r++) {
      for (let c = 0; c < ANGLES; c++)
        widest[r * ANGLES + c] = Math.max(widest[r * ANGLES + c]!, widest[(r - 1) * ANGLES + c]! - FALL * STEP_METRES);
    }
    for (let v = 0; v < count; v++) {
      if (share[v] === 0) continue;
      const ease = MathUtils.smoothstep(along[v]!, 0, tube.within);
      const out =
        ease * share[v]! * (tube.air + Math.min(0.07, Math.max(0, widest[row(v) * ANGLES + column(v)]! - radius[v]!)));
      const a = Math.cos(angle[v]!);
      const b = Math.sin(angle[v]!);
      for (let k = 0; k < 3; k++) air[3 * v + k]! += out * (a * f[k]! + b * s[k]!);
    }
  }
  for (let round = 0; round < SMOOTH_ROUNDS; round++) air = average(air, mannequin.indices);
  // The legs' cloth meets between them and goes no further.
  for (let v = 0; v < count; v++) {
    const x = positions[3 * v]!;
    const to = x + air[3 * v]!;
    if (mannequin.positions[3 * v]! * to < 0) air[3 * v] = -x;
  }
  return air;
}

function average(values: Float32Array, indices: ArrayLike<number>): Float32Array {
  const sums = values.slice();
  const counts = new Float32Array(values.length / 3).fill(1);
  for (let i = 0; i < indices.length; i++) {
    const a = indices[i]!;
    const b = indices[i % 3 === 2 ? i - 2 : i + 1]!;
    counts[a]!++;
    for (let k = 0; k < 3; k++) sums[3 * a + k]! += values[3 * b + k]!;
  }
  return sums.map((sum, i) => sum / counts[Math.floor(i / 3)]!);
}
