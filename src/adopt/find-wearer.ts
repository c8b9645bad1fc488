/**
 * Finds where a garment without bones is worn: the turn, the scale and the shift that bring it from its file onto the
 * mannequin (the body model), and whether it was modelled on arms that hang, stand off or are stretched out.
 *
 * A garment that is worn surrounds the body: the skin is a little within the cloth, hardly anywhere outside it, and the
 * cloth's outer side looks away from the nearest skin. `costOf` measures by how much a hypothesis fails in this.
 *
 * 1. Take some points of the cloth with the directions of its outer side.
 * 2. For each pose of the arms compute the distances from the body's skin (`createDistanceField`).
 * 3. Try turns by quarters, scales, and shifts along the body's height; keep the best of each turn and pose.
 * 4. Improve these step by step, in scale and place.
 * 5. Take the best. What makers do most counts as better by a little: upright, arms as the mannequin's, where it lies.
 */
import { Matrix3, Vector3 } from 'three';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { sidesOf } from './bounding-box.ts';
import { createDistanceField, type DistanceField } from './distance-field.ts';
import { type PosedBody, poseArms } from './pose-arms.ts';
import { type ClothSamples, sampleCloth, turnCloth } from './sample-cloth.ts';
import { TimeSlice } from './time-slice.ts';

/** A pose of the arms in which garments are modelled. */
interface ArmPose {
  /** By how much the arms are raised above the mannequin's, degrees: these are 45° below the horizontal. */
  raised: number;
  /** How much less likely it is than the mannequin's, in units of `costOf`. */
  cost: number;
}
const armPoses: readonly ArmPose[] = [
  { raised: 0, cost: 0 },
  { raised: 45, cost: 0.02 },
  { raised: -32, cost: 0.02 },
];

/** How a garment is worn. */
export interface Wearing {
  /** Turns the file's axes to the mannequin's: by quarters about the origin. */
  rotation: Matrix3;
  /** Then scales it to the mannequin's size: mannequin's metres per unit of the file. */
  scale: number;
  /** Then shifts it onto the mannequin, metres. */
  shift: [number, number, number];
  /** The pose that it was modelled on. */
  body: PosedBody;
  /** How badly it fits, 0 (well) to about 1.5. */
  cost: number;
}

/** Points of the cloth: rough places suffice. */
const SAMPLES = 240;
/** Longest side of a garment's bounding box on the mannequin, metres: from shorts of a child to a gown with a train. */
const SIDE_METRES = { from: 0.25, to: 2.2 };
/** Steps of the first search: factor between scales, and metres between heights. */
const SCALE_STEP = 1.07;
const HEIGHT_STEP_METRES = 0.05;
/** Cloth this far inside the skin is as wrong as can be, metres. */
const INSIDE_METRES = 0.03;
/** Cloth may be away from the skin: up to the first distance it costs nothing, this far beyond it half of the most. */
const EASE_METRES = 0.02;
const OUTSIDE_METRES = 0.12;
/** Share of the cost that the direction of the cloth's outer side has. */
const FACING_SHARE = 0.5;
/**
 * How much less likely it is that a garment was turned, in units of `costOf`: that it has Z up (Blender, CLO), that it
 * faces backwards, that it faces a side, and that it lies or stands on its head in any other way.
 */
const Z_UP_COST = 0.03;
const BACKWARDS_COST = 0.03;
const SIDEWAYS_COST = 0.06;
const LYING_COST = 0.08;
/**
 * How much less likely it is, in these units, that cloth has to be scaled or shifted at all; and at most, that it does
 * not lie where a body in the file would wear it; and how far bodies stand apart from each other, metres.
 */
const MOVED_COST = 0.03;
const APART_COST = 0.12;
const APART_METRES = 0.06;
/**
 * How much less likely a file is at most that is in no usual unit, or was modelled on a body of another size than the
 * mannequin's; and the spread of the bodies on which makers model, in the logarithm of their size.
 */
const SIZE_COST = 0.15;
const SIZE_SPREAD = 0.12;
/** The longest side of all but small garments, metres, and how much less likely small ones are at most. */
const LARGE_METRES = 0.5;
const SMALL_COST = 0.1;
/** No garment costs less, so well it may be worn: turns that cannot become the best are not tried. */
const LEAST_COST = 0.12;
/** The middle of a garment lies this far in front of the chest's joint, metres. */
const MIDDLE_FORWARD_METRES = 0.02;
/** Places that the first search keeps, rounds of improvement, and the changes that each tries. */
const KEPT = 3;
const ROUNDS = 5;
const CHANGES: readonly (readonly [scale: number, x: number, y: number, z: number])[] = [
  [1, 0, 0, 0],
  [-1, 0, 0, 0],
  [0, 0, 1, 0],
  [0, 0, -1, 0],
  [0, 0, 0, 1],
  [0, 0, 0, -1],
  [0, 1, 0, 0],
  [0, -1, 0, 0],
  [1, 0, 1, 0],
  [-1, 0, -1, 0],
  [1, 0, -1, 0],
  [-1, 0, 1, 0],
];
/** Units in which makers model: metres, and name. */
export const UNITS: readonly (readonly [number, string])[] = [
  [1, 'metres'],
  [0.01, 'centimetres'],
  [0.001, 'millimetres'],
  [0.0254, 'inches'],
  [0.1, 'decimetres'],
];

const ORIGIN: readonly number[] = [0, 0, 0];

/** Scratch: distance and direction of one sample. */
const sampled = new Float32Array(4);

/**
 * Finds how a garment without bones is worn (steps above). Between slices of the work the page gets time to draw.
 *
 * @param positions 3 × vertices of all its meshes, space and unit of the file.
 * @param indices 3 × triangles.
 * @param mannequin The body model, in its rest pose, metres.
 * @param isBox Whether the file was scaled to a box, so that its scale and place say nothing.
 */
export async function findWearer(
  positions: Float32Array,
  indices: Uint16Array | Uint32Array,
  mannequin: Mannequin,
  isBox: boolean,
): Promise<Wearing> {
  const cloth = sampleCloth(positions, indices, SAMPLES);
  const bodies: { body: PosedBody; field: DistanceField; cost: number }[] = [];
  for (const { raised, cost } of armPoses) {
    await yieldToEventLoop();
    const body = poseArms(mannequin, raised);
    bodies.push({ body, field: createDistanceField(body.positions, body.normals), cost });
  }
  const longest = Math.max(...sidesOf(cloth));
  const slice = new TimeSlice();
  let best: Wearing | null = null;
  const offer = (wearing: Wearing): void => {
    if (!best || wearing.cost < best.cost) best = wearing;
  };
  for (const { rotation, cost: turnCost } of turns().sort((a, b) => a.cost - b.cost)) {
    if (best && turnCost + LEAST_COST > (best as Wearing).cost) break;
    const turned = turnCloth(cloth, rotation);
    for (const { body, field, cost: poseCost } of bodies) {
      const costAt: CostAt = (scale, shift, limit) => {
        const fixed = (isBox ? 0 : fileCost(scale, shift)) + smallCost(scale * longest) + turnCost + poseCost;
        return costOf(turned, { field, scale, shift, limit: limit - fixed }) + fixed;
      };
      for (const place of await search(turned, mannequin, costAt, slice))
        offer({ rotation, body, scale: place[0], shift: [place[1], place[2], place[3]], cost: place[4] });
    }
  }
  return best!;
}

/**
 * Returns how unlikely a scale and a shift are. Where that is more than `limit`, any number above `limit`: only the
 * best places count, and the cost of most others is clear after a few samples.
 */
type CostAt = (scale: number, shift: readonly number[], limit: number) => number;

/** A scale, a shift (x, y, z) and its cost. */
type Place = [scale: number, x: number, y: number, z: number, cost: number];

/** Steps 3 and 4 for one turn and one pose. */
async function search(
  { low, high }: ClothSamples,
  { joints, positions }: Mannequin,
  costAt: CostAt,
  slice: TimeSlice,
): Promise<Place[]> {
  let top = 0;
  for (let i = 1; i < positions.length; i += 3) top = Math.max(top, positions[i]);
  const longest = Math.max(...high.map((value, a) => value - low[a]));
  const middleZ = joints[3 * boneIndex.chest + 2] + MIDDLE_FORWARD_METRES;
  const found: Place[] = [];
  const keep = (place: Place): void => {
    found.push(place);
    found.sort((a, b) => a[4] - b[4]);
    if (found.length > KEPT) found.pop();
  };
  const shiftOf = (scale: number, y: number): [number, number, number] => [
    (-scale * (low[0] + high[0])) / 2,
    y,
    middleZ - (scale * (low[2] + high[2])) / 2,
  ];
  for (let scale = SIDE_METRES.from / longest; scale * longest < SIDE_METRES.to; scale *= SCALE_STEP) {
    if (slice.isOver()) await slice.next();
    for (let y = -scale * low[1]; y + scale * high[1] < top + 0.1; y += HEIGHT_STEP_METRES) {
      const shift = shiftOf(scale, y);
      const limit = found.length < KEPT ? Infinity : found[KEPT - 1][4];
      keep([scale, ...shift, costAt(scale, shift, limit)]);
    }
  }
  for (const place of found) {
    let [dScale, dMetres] = [Math.log(SCALE_STEP), HEIGHT_STEP_METRES];
    for (let round = 0; round < ROUNDS; round++, dScale /= 2, dMetres /= 2) {
      for (const change of CHANGES) {
        const scale = place[0] * Math.exp(change[0] * dScale);
        const shift = [1, 2, 3].map((a) => place[a] + change[a] * dMetres);
        // A change of scale keeps the middle of the cloth where it is.
        for (let a = 0; a < 3; a++) shift[a] -= ((scale - place[0]) * (low[a] + high[a])) / 2;
        const cost = costAt(scale, shift, place[4]);
        if (cost < place[4]) place.splice(0, 5, scale, shift[0], shift[1], shift[2], cost);
      }
    }
  }
  // Where it lies: only the best scale counts.
  let best = Math.min(...found.map((place) => place[4]));
  const offer = (scale: number): void => {
    const cost = costAt(scale, ORIGIN, best);
    if (cost < best) found.push([scale, 0, 0, 0, (best = cost)]);
  };
  for (const [unit] of UNITS) if (unit * longest > SIDE_METRES.from && unit * longest < SIDE_METRES.to) offer(unit);
  for (let scale = SIDE_METRES.from / longest; scale * longest < SIDE_METRES.to; scale *= 1.01) offer(scale);
  return found;
}

/** How much less likely a scale and a shift are than a usual unit on a body of the mannequin's size, in its place. */
function fileCost(scale: number, shift: readonly number[]): number {
  const size = Math.min(...UNITS.map(([unit]) => Math.abs(Math.log(scale / unit))));
  const apart = Math.hypot(...shift);
  return (
    (size + apart > 0 ? MOVED_COST : 0) +
    SIZE_COST * (1 - Math.exp(-0.5 * (size / SIZE_SPREAD) ** 2)) +
    APART_COST * (1 - Math.exp(-0.5 * (apart / APART_METRES) ** 2))
  );
}

/** How much less likely a garment is whose longest side is this long, metres. */
function smallCost(side: number): number {
  return SMALL_COST * Math.max(0, 1 - (side - SIDE_METRES.from) / (LARGE_METRES - SIDE_METRES.from));
}

/** A hypothesis: the field of the body that wears the cloth, and the scale and shift that bring the cloth onto it. */
interface Hypothesis {
  field: DistanceField;
  scale: number;
  shift: readonly number[];
  /** See `CostAt`. */
  limit: number;
}

/** How badly cloth is worn, 0 to about 1.5; above `limit` some number that is above it too. */
function costOf({ points, facings }: ClothSamples, { field, scale, shift, limit }: Hypothesis): number {
  const most = (limit * points.length) / 3;
  let sum = 0;
  for (let i = 0; i < points.length && sum <= most; i += 3) {
    field.sample(
      scale * points[i] + shift[0],
      scale * points[i + 1] + shift[1],
      scale * points[i + 2] + shift[2],
      sampled,
    );
    const distance = sampled[0];
    sum +=
      distance < 0
        ? Math.min(1, -distance / INSIDE_METRES)
        : Math.max(0, distance - EASE_METRES) / (Math.max(0, distance - EASE_METRES) + OUTSIDE_METRES);
    const facing = facings[i] * sampled[1] + facings[i + 1] * sampled[2] + facings[i + 2] * sampled[3];
    sum += (FACING_SHARE * (1 - Math.min(1, facing))) / 2;
  }
  return (3 * sum) / points.length;
}

/** Returns the 24 rotations by quarters, with their cost. */
function turns(): { rotation: Matrix3; cost: number }[] {
  const axes = [0, 1, 2].flatMap((a) => [1, -1].map((sign) => new Vector3().setComponent(a, sign)));
  return axes.flatMap((left) =>
    axes.flatMap((up) => {
      if (Math.abs(left.dot(up)) > 0.5) return [];
      const front = new Vector3().crossVectors(left, up);
      const rotation = new Matrix3().set(left.x, left.y, left.z, up.x, up.y, up.z, front.x, front.y, front.z);
      if (up.y !== 1 && up.z !== 1) return [{ rotation, cost: LYING_COST }];
      const side = left.x === 1 ? 0 : left.x === -1 ? BACKWARDS_COST : SIDEWAYS_COST;
      return [{ rotation, cost: side + (up.y === 1 ? 0 : Z_UP_COST) }];
    }),
  );
}
