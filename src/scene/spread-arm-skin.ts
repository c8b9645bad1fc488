import type { PixelClasses } from '../tracking/tracker.ts';
import { bodyAreas } from './body-areas.ts';
import { type BodyCapsules, capsuleStarts } from './body-capsules.ts';

/**
 * Finds the skin of both forearms and hands in a picture. The posed body's hand is relaxed and never quite where the
 * shopper's is; the picture shows every finger. Input: the classes of a picture's pixels, and the body as capsules in
 * it. Output: by cell of 2 × 2 pixels, to which arm its skin belongs.
 *
 * 1. Skin in the capsules of a forearm and hand is that arm's; skin in those of the upper arms and the neck is not.
 * 2. From there it spreads over the skin that hangs together with it. What two spread to belongs to the nearer one, so
 *    that the skin in a neckline stays the neck's.
 * 3. Skin that goes on beyond the reach of a hand is another part of the body, before which the arm is: then only what
 *    is next to the capsules is the arm's.
 */

/** Farthest skin from its arm's capsules: spread fingers, and the error of the arm's place; metres. */
const REACH_METRES = 0.2;
/** The same where skin goes on beyond that: the largest error of an arm's place that is common in a turn. */
const NEAR_METRES = 0.03;
/** Breadth of skin at the reach from which it goes on beyond, metres: two fingers. */
const GOES_ON_METRES = 0.035;
/** Probability of skin, 0..255, from which a pixel may be skin, and of skin and hair, from which it is: in the shade
 * the two look alike. */
const MAYBE_SKIN = 77;
const SKIN = 128;
/** Pixels of the classes in the side of a cell: the search takes a quarter of the time, and fingers are wider. */
const CELL = 2;
/** What a pixel shows: anything else, skin not yet spread to, the skin of the left or right arm, or of another part. */
const NONE = 0;
const BARE = 1;
const ARMS = [2, 3] as const;
const OTHER = 4;

/** Indices in `BodyCapsules.lines` at which upper arm, forearm and hand begin, left and right. */
const arms = (['leftArm', 'rightArm'] as const).map((area) => capsuleStarts[bodyAreas.indexOf(area)]);
const others = [arms[0][0], arms[1][0], ...capsuleStarts[bodyAreas.indexOf('neck')]];

/** The skin of the arms in pictures of one size; holds what the search needs, and allocates only when the size changes. */
export class ArmSkin {
  /** Two bytes a cell, rows from the top: 255 where the skin is that of the left, and of the right arm. */
  data = new Uint8Array(0);
  /** Cells in a row, and rows. */
  width = 0;
  height = 0;
  #kinds = new Uint8Array(0);
  /** Steps from the capsules, cells. */
  #steps = new Uint8Array(0);
  #queue = new Int32Array(0);
  #length = 0;
  /** By arm: the reach, cells, and how many cells lie there. */
  readonly #reach = new Int32Array(2);
  readonly #atReach = new Int32Array(2);

  /** Fills `data` for a picture. */
  take(classes: PixelClasses, capsules: BodyCapsules): void {
    this.#resize(classes);
    this.#kinds.fill(NONE);
    this.#length = 0;
    for (let arm = 0; arm < 2; arm++) {
      const perMetre = capsules.lines[arms[arm][2] + 5] / CELL;
      this.#reach[arm] = Math.min(255, Math.ceil(REACH_METRES * perMetre));
      this.#atReach[arm] = 0;
    }
    for (let arm = 0; arm < 2; arm++) this.#mark(classes, capsules, arm);
    this.#spread();
    for (let arm = 0; arm < 2; arm++) {
      const perMetre = capsules.lines[arms[arm][2] + 5] / CELL;
      if (this.#atReach[arm] > GOES_ON_METRES * perMetre) this.#reach[arm] = Math.ceil(NEAR_METRES * perMetre);
    }
    this.#write();
  }

  /** Step 1, in the part of the picture that an arm's skin may reach. */
  #mark(classes: PixelClasses, capsules: BodyCapsules, arm: number): void {
    const { lines } = capsules;
    const [, forearm, hand] = arms[arm];
    const pad = CELL * this.#reach[arm] + lines[hand + 4];
    const left = Math.min(lines[forearm], lines[forearm + 2], lines[hand + 2]) - pad;
    const right = Math.max(lines[forearm], lines[forearm + 2], lines[hand + 2]) + pad;
    const top = Math.min(lines[forearm + 1], lines[forearm + 3], lines[hand + 3]) - pad;
    const bottom = Math.max(lines[forearm + 1], lines[forearm + 3], lines[hand + 3]) + pad;
    for (let y = Math.max(0, Math.floor(top / CELL)); y < Math.min(this.height, Math.ceil(bottom / CELL)); y++) {
      for (let x = Math.max(0, Math.floor(left / CELL)); x < Math.min(this.width, Math.ceil(right / CELL)); x++) {
        const cell = y * this.width + x;
        if (this.#kinds[cell] !== NONE || !showsSkin(classes, CELL * x, CELL * y)) continue;
        const kind = kindAt(capsules, CELL * (x + 0.5), CELL * (y + 0.5));
        this.#kinds[cell] = kind;
        if (kind === BARE) continue;
        this.#steps[cell] = 0;
        this.#queue[this.#length++] = cell;
      }
    }
  }

  /** Step 2: breadth first, so that the nearer one comes first. */
  #spread(): void {
    for (let next = 0; next < this.#length; next++) {
      const i = this.#queue[next];
      const kind = this.#kinds[i];
      const arm = kind - ARMS[0];
      const steps = this.#steps[i] + 1;
      const x = i % this.width;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const j = i + dy * this.width + dx;
          if (x + dx < 0 || x + dx >= this.width || this.#kinds[j] !== BARE) continue;
          if (kind !== OTHER && steps > this.#reach[arm]) {
            this.#atReach[arm]++;
            continue;
          }
          this.#kinds[j] = kind;
          this.#steps[j] = Math.min(255, steps);
          this.#queue[this.#length++] = j;
        }
      }
    }
  }

  /** A cell wider than the skin, unless what is there is another's: edges of finer pictures lie beside coarse ones. */
  #write(): void {
    const { data } = this;
    data.fill(0);
    for (let next = 0; next < this.#length; next++) {
      const i = this.#queue[next];
      const arm = this.#kinds[i] - ARMS[0];
      if (this.#kinds[i] === OTHER || this.#steps[i] > this.#reach[arm]) continue;
      const x = i % this.width;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const j = i + dy * this.width + dx;
          if (x + dx >= 0 && x + dx < this.width && (this.#kinds[j] === NONE || j === i)) data[2 * j + arm] = 255;
        }
      }
    }
  }

  #resize(classes: PixelClasses): void {
    const width = Math.ceil(classes.width / CELL);
    const height = Math.ceil(classes.height / CELL);
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(2 * width * height);
    this.#kinds = new Uint8Array(width * height);
    this.#steps = new Uint8Array(width * height);
    this.#queue = new Int32Array(width * height);
  }
}

/** Whether a pixel of the cell that begins at `left` and `top` shows skin. */
function showsSkin({ width, height, data }: PixelClasses, left: number, top: number): boolean {
  for (let y = top; y < Math.min(height, top + CELL); y++) {
    for (let x = left; x < Math.min(width, left + CELL); x++) {
      const i = 4 * (y * width + x);
      if (data[i + 1] >= MAYBE_SKIN && data[i] + data[i + 1] >= SKIN) return true;
    }
  }
  return false;
}

/** Returns to what a pixel of skin belongs by the capsules alone: to the forearm or hand it lies in, or to another part. */
function kindAt(capsules: BodyCapsules, x: number, y: number): number {
  let nearest = 0;
  let kind: number = BARE;
  for (let arm = 0; arm < 2; arm++) {
    const distance = Math.min(capsules.distanceTo(arms[arm][1], x, y), capsules.distanceTo(arms[arm][2], x, y));
    if (distance > nearest) continue;
    nearest = distance;
    kind = ARMS[arm];
  }
  // A hand before the neck is the hand's; an elbow belongs to what it lies deeper in.
  for (let c = 0; c < others.length; c++) {
    const distance = capsules.distanceTo(others[c], x, y);
    if (distance < nearest || (distance <= 0 && kind === BARE)) {
      if (kind !== BARE && c >= 2) continue;
      nearest = distance;
      kind = OTHER;
    }
  }
  return kind;
}
