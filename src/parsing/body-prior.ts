import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import type { Box } from './box.ts';
import type { ParserKernel } from './parser-kernel.ts';

/**
 * Where on the body a pixel lies, and what is usually seen there: from the pose alone, without colours. Input: 33
 * landmarks in the picture. Output: for each cell of a grid (`CELL` × `CELL` mask pixels) the logarithms of four
 * probabilities: hair, skin, upper clothes, lower clothes.
 *
 * 1. Measure the scale of the picture at head and trunk: pixels for each centimetre.
 * 2. Add up the parts of the body. Each is a capsule (a thick line between two points) with soft edges, of a usual
 *    thickness, and has a weight for each class along its line.
 * 3. Normalise each cell.
 */

/**
 * Side of a cell, mask pixels. Parts of a body are larger, and the colours of single pixels follow later.
 * `PersonParser` finds the cell of a pixel by a shift of its coordinates.
 */
const CELL = 2;

/** Weight that each class has everywhere: what the pose says is never certain. */
const FLOOR = 0.012;
/** Square of the distance, in radii, up to which a part counts: the kernel leaves out what is farther away. */
const MAX_SHARE = 2.7;
/** Usual distances on an adult, centimetres: eyes to mouth, ear to ear, shoulder to shoulder joint, shoulders to hips. */
const EYES_MOUTH_CM = 7;
const EARS_CM = 15;
const SHOULDERS_CM = 35;
const TRUNK_CM = 50;

/** Weights of the four classes on a part of the body. */
type Weights = readonly [hair: number, skin: number, upper: number, lower: number];

/** What is usually seen on each part. Sleeves and hems end anywhere, so there the colours decide. */
const FACE: Weights = [0.06, 1.9, 0.02, 0];
const SKULL: Weights = [0.8, 0.2, 0.02, 0];
const HAIR_FALL: Weights = [0.25, 0.05, 0.2, 0];
const NECK: Weights = [0.12, 0.6, 0.4, 0];
const CHEST: Weights = [0.04, 0.07, 0.9, 0];
const WAIST: Weights = [0, 0.06, 0.7, 0.25];
const HIPS: Weights = [0, 0.04, 0.35, 0.6];
const UPPER_ARM: Weights = [0.01, 0.3, 0.5, 0];
const ELBOW: Weights = [0, 0.4, 0.4, 0];
const WRIST: Weights = [0, 0.6, 0.35, 0];
const HAND: Weights = [0, 2, 0.15, 0];
const THIGH: Weights = [0, 0.1, 0.1, 0.8];
const KNEE: Weights = [0, 0.3, 0.03, 0.7];
const ANKLE: Weights = [0, 0.35, 0, 0.6];

/** Index of the landmarks that are read, in BlazePose's order; of each pair the left one, and the right one after it. */
const NOSE = 0;
const [EYES, EARS, MOUTH] = [
  [2, 5],
  [7, 8],
  [9, 10],
] as const;
const [SHOULDERS, HIP_JOINTS] = [
  [11, 12],
  [23, 24],
] as const;
/** Offset from a joint to the next of the same limb: shoulder, elbow, wrist; hip, knee, ankle. */
const NEXT_JOINT = 2;
/** Knuckle of the index finger of the left hand; the right one follows. */
const INDEX_FINGER = 19;

/**
 * A capsule: its radius (mask pixels), the weights at both ends, a factor of all, and the share of its length at which
 * the weights have become those of the second end (1 if absent).
 */
interface Part {
  radius: number;
  from: Weights;
  to: Weights;
  amount: number;
  rampEnd?: number;
}

/** The prior of one picture after another, in the kernel's memory. */
export class BodyPrior {
  readonly #kernel: ParserKernel;
  /** The cells that are computed: columns and rows, the last not included. */
  readonly #cells: Box = { left: 0, top: 0, right: 0, bottom: 0 };

  constructor(kernel: ParserKernel) {
    this.#kernel = kernel;
  }

  /** Computes `ParserKernel.priors` in `box`; `landmarks`: 33 × (x, y, z, visibility). */
  compute(landmarks: Float32Array, box: Box): void {
    const { width, height, functions } = this.#kernel;
    const cells = this.#cells;
    cells.left = Math.floor(box.left / CELL);
    cells.top = Math.floor(box.top / CELL);
    cells.right = Math.ceil(box.right / CELL);
    cells.bottom = Math.ceil(box.bottom / CELL);
    const { left, top, right, bottom } = cells;
    functions.clearPrior(left, top, right, bottom, FLOOR);
    const x = (i: number): number => landmarks[LANDMARK_VALUES * i] * width;
    const y = (i: number): number => landmarks[LANDMARK_VALUES * i + 1] * height;
    const middle = ([a, b]: readonly [number, number]): [number, number] => [(x(a) + x(b)) / 2, (y(a) + y(b)) / 2];
    const span = ([a, b]: readonly [number, number]): number => Math.hypot(x(a) - x(b), y(a) - y(b));

    const [eyes, mouth, ears] = [middle(EYES), middle(MOUTH), middle(EARS)];
    const [neck, hips] = [middle(SHOULDERS), middle(HIP_JOINTS)];
    const trunkLength = Math.hypot(neck[0] - hips[0], neck[1] - hips[1]);
    const body = Math.max(span(SHOULDERS) / SHOULDERS_CM, trunkLength / TRUNK_CM, 1e-3);
    const eyesToMouth = Math.hypot(eyes[0] - mouth[0], eyes[1] - mouth[1]);
    // A head turned aside keeps its height, a head bent down keeps its width. It is never much nearer than the trunk.
    const head = Math.min(1.5 * body, Math.max(0.7 * body, eyesToMouth / EYES_MOUTH_CM, span(EARS) / EARS_CM));
    const upX = (eyes[0] - mouth[0]) / Math.max(eyesToMouth, 1e-3);
    const upY = (eyes[1] - mouth[1]) / Math.max(eyesToMouth, 1e-3);

    // Trunk: along its middle, as wide as the shoulders or the hips.
    const at = (t: number): [number, number] => [neck[0] + t * (hips[0] - neck[0]), neck[1] + t * (hips[1] - neck[1])];
    const half = Math.max(span(SHOULDERS) / 2, 11 * body);
    const hipHalf = Math.max(span(HIP_JOINTS) / 2 + 6 * body, 12 * body);
    this.#add(at(0.12), at(0.6), { radius: half, from: CHEST, to: CHEST, amount: 1.2 });
    this.#add(at(0.6), at(0.92), { radius: (half + hipHalf) / 2, from: CHEST, to: WAIST, amount: 1 });
    this.#add(at(0.92), at(1.08), { radius: hipHalf, from: WAIST, to: HIPS, amount: 1 });
    for (const shoulder of SHOULDERS) {
      const [elbow, wrist] = [shoulder + NEXT_JOINT, shoulder + 2 * NEXT_JOINT];
      this.#add(neck, [x(shoulder), y(shoulder)], { radius: 7 * body, from: NECK, to: CHEST, amount: 0.7 });
      this.#limb(x, y, [shoulder, elbow], { radius: 7 * body, from: UPPER_ARM, to: ELBOW, amount: 1 });
      this.#limb(x, y, [elbow, wrist], { radius: 5 * body, from: ELBOW, to: WRIST, amount: 1 });
      const finger = INDEX_FINGER + (shoulder - SHOULDERS[0]);
      const tip = 1.7;
      const fingerEnd: [number, number] = [
        x(wrist) + tip * (x(finger) - x(wrist)),
        y(wrist) + tip * (y(finger) - y(wrist)),
      ];
      this.#add([x(wrist), y(wrist)], fingerEnd, { radius: 5 * body, from: WRIST, to: HAND, amount: 1 });
    }
    for (const hip of HIP_JOINTS) {
      const [knee, ankle] = [hip + NEXT_JOINT, hip + 2 * NEXT_JOINT];
      this.#limb(x, y, [hip, knee], { radius: 11 * body, from: HIPS, to: THIGH, amount: 1, rampEnd: 0.3 });
      this.#limb(x, y, [hip, knee], { radius: 9 * body, from: THIGH, to: KNEE, amount: 0.6 });
      this.#limb(x, y, [knee, ankle], { radius: 8 * body, from: KNEE, to: ANKLE, amount: 1 });
    }
    // Head: the face over the skull over the neck.
    this.#add(mouth, at(0.08), { radius: 7 * head, from: NECK, to: NECK, amount: 0.8 });
    const crown: [number, number] = [ears[0] + 5 * head * upX, ears[1] + 5 * head * upY];
    this.#add(crown, ears, { radius: 13 * head, from: SKULL, to: SKULL, amount: 1 });
    this.#add(ears, [ears[0], ears[1] + 24 * head], { radius: 11 * head, from: HAIR_FALL, to: HAIR_FALL, amount: 0.5 });
    const nose: [number, number] = [x(NOSE), y(NOSE)];
    this.#add([eyes[0] + 0.5 * head * upX, eyes[1] + 0.5 * head * upY], mouth, {
      radius: 6 * head,
      from: FACE,
      to: FACE,
      amount: 2,
    });
    this.#add(nose, mouth, { radius: 6 * head, from: FACE, to: FACE, amount: 1.5 });
    functions.normalisePrior(left, top, right, bottom);
  }

  #limb(x: (i: number) => number, y: (i: number) => number, [a, b]: readonly [number, number], part: Part): void {
    this.#add([x(a), y(a)], [x(b), y(b)], part);
  }

  /**
   * Adds a capsule from `a` to `b` (mask pixels): `amount` × the weights, which go from `from` at `a` to `to` at
   * `rampEnd` of the way to `b`. The weight falls to 1/e at `radius`, mask pixels.
   */
  #add(
    a: readonly [number, number],
    b: readonly [number, number],
    { radius, from, to, amount, rampEnd = 1 }: Part,
  ): void {
    const cells = this.#cells;
    const reach = Math.sqrt(MAX_SHARE) * radius;
    const left = Math.max(cells.left, Math.floor((Math.min(a[0], b[0]) - reach) / CELL));
    const right = Math.min(cells.right, Math.ceil((Math.max(a[0], b[0]) + reach) / CELL) + 1);
    const top = Math.max(cells.top, Math.floor((Math.min(a[1], b[1]) - reach) / CELL));
    const bottom = Math.min(cells.bottom, Math.ceil((Math.max(a[1], b[1]) + reach) / CELL) + 1);
    const [hair, skin, upper, lower] = from;
    this.#kernel.functions.addPart(
      left,
      top,
      right,
      bottom,
      a[0] / CELL,
      a[1] / CELL,
      (b[0] - a[0]) / CELL,
      (b[1] - a[1]) / CELL,
      radius / CELL,
      amount,
      rampEnd,
      hair,
      skin,
      upper,
      lower,
      to[0] - hair,
      to[1] - skin,
      to[2] - upper,
      to[3] - lower,
    );
  }
}
