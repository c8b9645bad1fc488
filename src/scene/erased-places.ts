import { DataTexture, LinearFilter, RGFormat, type Texture } from 'three';
import type { PixelClasses } from '../tracking/tracker.ts';
import { bodyAreas } from './body-areas.ts';
import type { BodyCapsules } from './body-capsules.ts';
import type { PictureBox } from './box-classes.ts';

/**
 * Lays out by place in the picture what `AreaTrust` decides by area of the body, so that a sleeve that stays is whole,
 * beyond the outline of the arm too. Input: the classes of a frame's pixels, the projected body (`BodyCapsules`) and the
 * shares of its areas. Output: `uniform`, a small texture that spans the picture, first row at the top: in red by how
 * much own upper clothes are erased, in green lower ones.
 *
 * 1. Each cell of 2 × 2 pixels belongs to the area whose capsule is nearest.
 * 2. Own upper clothes below the waist are a part of the top only if they hang together with it: a band around a thigh
 *    in the top's colour does not, and stays.
 * 3. A top that covers most of the thighs is a dress or a coat. Below the waist it stays, as a whole.
 */

/** Pixels of the classes in the side of a cell. */
const CELL = 2;
/** Probability, 0..255, from which a pixel is own upper, or lower, clothes. */
const CLOTH = 128;
/** Shares of the thighs' own clothes that belong to the top, at which it begins, and ceases, to be a dress. */
const BEGIN_DRESS = 0.5;
const CEASE_DRESS = 0.3;

const isBelowWaist = bodyAreas.map((area) => area === 'hips' || area === 'leftLeg' || area === 'rightLeg');
const isLeg = bodyAreas.map((area) => area === 'leftLeg' || area === 'rightLeg');
/** What a cell shows of the own upper clothes: none; some, not (yet) found to hang together with the top; a part of it. */
const NONE = 0;
const ALONE = 1;
const JOINED = 2;
/** Or lower clothes. */
const LOWER = 3;

/** The texture, and the state that decides it. */
export class ErasedPlaces {
  /** Uniform with the texture; its `value` is another when the size of the classes changes. */
  readonly uniform: { value: Texture } = { value: createTexture(1, 1) };
  #width = 0;
  #height = 0;
  #areas = new Uint8Array(0);
  #upper = new Uint8Array(0);
  /** Cells whose neighbours are still to be visited. */
  #pending = new Int32Array(0);
  #isDress = false;

  /** `shares`: those of `AreaTrust`, by `bodyAreas`; `box`: the part of the picture that shows own clothes. */
  take(
    classes: PixelClasses,
    capsules: BodyCapsules,
    { shares, box }: { shares: Float32Array; box: Readonly<PictureBox> },
  ): void {
    this.#resize(Math.ceil(classes.width / CELL), Math.ceil(classes.height / CELL));
    const left = Math.floor(box.left * this.#width);
    const right = Math.ceil(box.right * this.#width);
    const top = Math.floor(box.top * this.#height);
    const bottom = Math.ceil(box.bottom * this.#height);
    this.#upper.fill(NONE);
    this.#areas.fill(0);
    let pending = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const cell = y * this.#width + x;
        const area = capsules.areaAt(CELL * (x + 0.5), CELL * (y + 0.5));
        this.#areas[cell] = area;
        if (showsClass(classes, 2, CELL * x, CELL * y)) {
          this.#upper[cell] = isBelowWaist[area] ? ALONE : JOINED;
          if (!isBelowWaist[area]) this.#pending[pending++] = cell;
        } else if (showsClass(classes, 3, CELL * x, CELL * y)) this.#upper[cell] = LOWER;
      }
    }
    this.#join(pending);
    this.#findDress();
    const { data } = this.uniform.value.image as { data: Uint8Array };
    data.fill(0);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const cell = y * this.#width + x;
        const share = Math.round(255 * shares[this.#areas[cell]]);
        const stays = isBelowWaist[this.#areas[cell]] && (this.#isDress || this.#isBesideAlone(x, y));
        data[2 * cell] = stays ? 0 : share;
        data[2 * cell + 1] = share;
      }
    }
    this.uniform.value.needsUpdate = true;
  }

  release(): void {
    this.uniform.value.dispose();
  }

  /** Marks all cells that hang together with the first `pending` cells of `#pending`. */
  #join(pending: number): void {
    while (pending > 0) {
      const cell = this.#pending[--pending];
      const x = cell % this.#width;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const next = cell + dy * this.#width + dx;
          if (x + dx < 0 || x + dx >= this.#width || this.#upper[next] !== ALONE) continue;
          this.#upper[next] = JOINED;
          this.#pending[pending++] = next;
        }
      }
    }
  }

  /** Step 3. */
  #findDress(): void {
    let joined = 0;
    let count = 0;
    for (let cell = 0; cell < this.#areas.length; cell++) {
      if (!isLeg[this.#areas[cell]]) continue;
      if (this.#upper[cell] === JOINED) joined++;
      if (this.#upper[cell] !== NONE) count++;
    }
    this.#isDress = joined > (this.#isDress ? CEASE_DRESS : BEGIN_DRESS) * count;
  }

  /** Whether a cell, or one beside it, shows upper clothes that do not hang together with the top. */
  #isBesideAlone(x: number, y: number): boolean {
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) if (this.#upper[(y + dy) * this.#width + x + dx] === ALONE) return true;
    return false;
  }

  #resize(width: number, height: number): void {
    if (width === this.#width && height === this.#height) return;
    this.#width = width;
    this.#height = height;
    this.#areas = new Uint8Array(width * height);
    this.#upper = new Uint8Array(width * height);
    this.#pending = new Int32Array(width * height);
    this.uniform.value.dispose();
    this.uniform.value = createTexture(width, height);
  }
}

/** Whether one of the pixels of a cell shows the class of `channel`. `left`, `top`: the cell's first pixel. */
function showsClass({ width, height, data }: PixelClasses, channel: number, left: number, top: number): boolean {
  for (let y = top; y < Math.min(height, top + CELL); y++)
    for (let x = left; x < Math.min(width, left + CELL); x++)
      if (data[4 * (y * width + x) + channel] >= CLOTH) return true;
  return false;
}

/** Creates a texture of 2 × 8 bits with bilinear sampling. */
function createTexture(width: number, height: number): DataTexture {
  const texture = new DataTexture(new Uint8Array(2 * width * height), width, height, RGFormat);
  texture.minFilter = texture.magFilter = LinearFilter;
  // Rows of two bytes a cell need not be multiples of four.
  texture.unpackAlignment = 1;
  return texture;
}
