/**
 * The cloth of one worn garment, as it hangs on the posed body. Input in each frame: the garment's drape (its welded
 * vertices as fitted to the shopper's shape, rest pose, metres), the shaped body and its pose. Output: the garment's
 * vertices, in the rest pose again, so that the skinning that poses the drape poses them too.
 *
 * 1. `ClothSurface.pose`: skin the drape to the pose: its particles are at their places.
 * 2. `ClothCarrier.carry`: move each particle as its place has moved and its bone has turned since the last frame, so that cloth
 *    never lags behind the body. Velocities are relative to the places: while a place changes its speed, inertia holds
 *    the particle back.
 * 3. `#simulate`: find what the particles lie on, and simulate the time since the last frame in `STEPS` steps.
 * 4. `#write`: bring lost particles back; `ClothSurface.unpose`: move each vertex as the particles around it have moved
 *    from their places, and turn it back to the rest pose.
 *
 * In the first frame, after a gap and in a new size the cloth starts anew: it settles first. Space: that of the pose,
 * camera space in a room: metres, +y up, which is where gravity comes from.
 */
import type { Garment, GarmentFit } from '../garment/garment.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { runAtOnce, type Sliced } from '../math/sliced.ts';
import { BodyContacts } from './body-contacts.ts';
import { Cloth } from './cloth.ts';
import { ClothCarrier } from './cloth-carrier.ts';
import type { ClothCover } from './cloth-cover.ts';
import { clothMaterial } from './cloth-material.ts';
import { ClothSurface } from './cloth-surface.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { createSizedSheet } from './create-sized-sheet.ts';
import { findLimbShares } from './find-limb-shares.ts';
import { findPieces } from './find-pieces.ts';
import type { HangOptions } from './hang-options.ts';
import { LostPieces } from './lost-pieces.ts';
import { measureLooseness } from './measure-looseness.ts';
import type { PosedSkin } from './posed-skin.ts';

/**
 * Steps that simulate the time between two frames. Cloth is as stiff as its steps are many: with few of them a raised
 * arm stretches a shirt instead of lifting its hem.
 */
const STEPS = 10;
/** A longer time between frames is not simulated, seconds: steps would be too long. */
const MAX_FRAME_SECONDS = 0.05;
/** After a longer gap the cloth starts anew, milliseconds. */
const JUMP_MS = 200;
/**
 * Cloth that starts anew settles in the rest pose first, and follows the body from there to its pose in as many moves:
 * in a pose far from the rest pose the drape crosses itself and the body, and cloth would not find its way out.
 */
const SETTLING_MOVES = 5;
/** Frames, of `STEPS` steps, that cloth that starts anew settles in its pose. */
const SETTLING_FRAMES = 8;
/**
 * Acceleration towards a particle's place, 1/s²: cloth clings to where it was fitted, by friction and the other clothes.
 * Weak: a raised arm draws folds across the chest and lifts the hem. With four times as much the trunk's cloth stays where
 * it was fitted, like paint.
 */
const CLING = 300;
/**
 * How many times as firmly cloth clings to a limb as to the trunk. Tension presses cloth on a curve by the inverse of its
 * radius, and a sleeve's curve is tight. With a third of it, an arm raised above the shoulder slips out of its sleeve by
 * 4 cm.
 */
const LIMB_GRIP = 12;
/** A particle farther from its place is pulled no harder, metres: friction is bounded, so cloth under tension slips. */
const SLIP_METRES = 0.02;
/**
 * Share of gravity that the drape has taken up already: garments are modelled as they hang in the rest pose. With all of
 * it counted once more a collar sags by 12 mm; with none, cloth never hangs from a body of another form.
 */
const HUNG_SHARE = 0.6;
const GRAVITY = 9.81;
/**
 * Deceleration by the friction between the cloth's threads, m/s²: a hanging strip comes to rest up to 2° off the vertical.
 * With a third of it, a wide skirt still creeps after a second on a still body (`npm run bench -- cloth`: still jitter).
 */
const INNER_FRICTION = 0.3;
const HANGING: HangOptions = {
  step: 0,
  gravity: GRAVITY,
  damping: 4,
  seamCompliance: 0,
  sweep: 'symmetric',
  cling: CLING,
  slipMetres: SLIP_METRES,
  lift: HUNG_SHARE * GRAVITY,
  // Cotton on skin holds well.
  friction: 1,
  maxPushMetres: 0.01,
  innerFriction: INNER_FRICTION,
};
/** With more damping: the cloth comes to rest. */
const SETTLING: HangOptions = { ...HANGING, step: 0.003, damping: 5 };
/**
 * Damping of cloth that must not swing, 1/s: critical for `CLING`, so that a particle returns to its place as fast as it
 * can without passing it.
 */
const CALM_DAMPING = 2 * Math.sqrt(CLING);
/** The simulated cloth of one garment. */
export class HangingCloth {
  readonly #garment: Garment;
  readonly #mesh: ClothMesh;
  readonly #contacts: BodyContacts;
  readonly #surface: ClothSurface;
  /**
   * Where the cloth's own coordinates begin, in the space of the pose, metres: amid the cloth as it started. Near 0 the
   * cloth's 32-bit numbers are finest: 3 m off, those of a still cloth would tremble by 3 µm from frame to frame.
   */
  readonly origin = new Float64Array(3);
  readonly #carrier: ClothCarrier;
  /** By particle: number of its piece. */
  readonly #pieces: ArrayLike<number>;
  readonly #lost: LostPieces;
  /** By particle: 0 where it clings to its place, 1 where it is loose. */
  readonly #looseness: Float64Array;
  /** By particle: share by which it hangs round a limb. */
  readonly #limbShares: Float64Array;
  /** Whether `takeFit` was called since the last frame. */
  #isFitNew = false;
  readonly #options: HangOptions = { ...HANGING };
  /** Whether the cloth swings when the body moves. If false, it has no inertia, and damping that lets nothing swing. */
  swings = true;
  /** The cloth in `#size`, whose rest lengths are `#scale` times the file's; null before the first frame. */
  #cloth: Cloth | null = null;
  #size = '';
  #scale = 1;
  #timeMs = NaN;
  /** Numbers of the parts of which pieces were given up and only move with the body, and whether all pieces were. */
  failedParts: readonly number[] = [];
  hasFailed = false;

  /** @param mesh of `garment`, made by `createClothMesh`. @param cover the garments beneath; none, if it is left out. */
  constructor(garment: Garment, mesh: ClothMesh, cover?: ClothCover) {
    this.#garment = garment;
    this.#mesh = mesh;
    const count = mesh.vertices.length;
    this.#carrier = new ClothCarrier(mesh);
    this.#contacts = new BodyContacts(mesh, garment.binding.skin, cover);
    const { triangles, weld, normalOffsets } = garment.binding;
    this.#surface = new ClothSurface(mesh, triangles, { welded: weld.welded, normalOffsets });
    this.#looseness = new Float64Array(count);
    this.#limbShares = findLimbShares(mesh.vertices, mesh.skinIndices, mesh.skinWeights);
    this.#pieces = findPieces(mesh.triangles, count);
    this.#lost = new LostPieces(this.#pieces);
  }

  /** The simulated sheet, for measurements; null before the first frame. */
  get cloth(): Cloth | null {
    return this.#cloth;
  }

  /** Lets the cloth start anew in the next frame, whatever its time. */
  startAnew(): void {
    this.#timeMs = NaN;
  }

  /** Takes the drape of `fit`, the garment as fitted anew to a body of `shape`. Call it before the next `hang`. */
  takeFit(fit: GarmentFit, shape: MannequinShape): void {
    this.#contacts.takeDrape(fit.drape, shape);
    measureLooseness(this.#contacts.gaps, this.#pieces, this.#looseness);
    this.#isFitNew = true;
  }

  /**
   * Hangs the garment in a frame, and writes positions and normals to `fit` (steps above).
   *
   * @param fit the garment in `size`, fitted to `shape`: its drape is read.
   * @param scale by how much the garment is shown larger than it was modelled.
   * @param skinAt returns the body's skin and bones at a share of the way from the rest pose to that of this frame.
   * @param timeMs time of the frame. After a gap, or when it goes back, the cloth starts anew.
   */
  hang(fit: GarmentFit, size: string, scale: number, skinAt: (share: number) => PosedSkin, timeMs: number): void {
    const cloth = this.#take(fit, size, scale);
    const elapsedMs = timeMs - this.#timeMs;
    if (elapsedMs >= 0 && elapsedMs <= JUMP_MS) {
      this.#surface.pose(fit.drape, skinAt(1), this.origin, cloth);
      if (elapsedMs > 0) this.#follow(cloth, skinAt(1), Math.min(MAX_FRAME_SECONDS, elapsedMs / 1000));
    } else runAtOnce(this.#settle(cloth, fit.drape, skinAt));
    this.#timeMs = timeMs;
    this.#write(cloth, fit);
  }

  /**
   * Does in slices what `hang` does at once, in the first frame: lets cloth that starts anew settle. `hang` of the same
   * frame comes next, and writes it. Parameters as of `hang`.
   */
  *settle(
    fit: GarmentFit,
    size: string,
    scale: number,
    skinAt: (share: number) => PosedSkin,
    timeMs: number,
  ): Sliced<void> {
    const cloth = this.#take(fit, size, scale);
    const elapsedMs = timeMs - this.#timeMs;
    if (elapsedMs >= 0 && elapsedMs <= JUMP_MS) return;
    yield;
    yield* this.#settle(cloth, fit.drape, skinAt);
    this.#timeMs = timeMs;
  }

  /** Returns the cloth in this size and scale, of the drape that `takeFit` was told of. */
  #take(fit: GarmentFit, size: string, scale: number): Cloth {
    const before = this.#cloth;
    const cloth = this.#prepare(size, scale);
    if (this.#isFitNew) cloth.takeDrape(fit.drape, this.#mesh.vertices);
    if (this.#isFitNew || cloth !== before)
      for (let n = 0; n < this.#looseness.length; n++)
        cloth.clings[n] = (1 - this.#looseness[n]) * (1 + (LIMB_GRIP - 1) * this.#limbShares[n]);
    this.#isFitNew = false;
    return cloth;
  }

  /** Covers the skin with the cloth as it hangs, for the garments above. */
  coverSkin(): void {
    if (this.#cloth) this.#contacts.coverSkin();
  }

  /** Returns the cloth in this size and scale; in another size than before it is new and starts anew. */
  #prepare(size: string, scale: number): Cloth {
    if (this.#cloth && this.#size === size) {
      if (scale !== this.#scale) this.#cloth.scale(scale);
    } else {
      const { sources, held, closures, routes } = this.#mesh;
      const { parts } = this.#garment;
      // The cloth starts elsewhere; where its particles were modelled gives the order of its springs.
      const positions = new Float32Array(3 * sources.length);
      sources.forEach(({ part, vertex }, i) => {
        for (let k = 0; k < 3; k++) positions[3 * i + k] = parts[part].positions[3 * vertex + k];
      });
      const sheet = createSizedSheet(this.#garment, this.#mesh, size, 1);
      const material = clothMaterial(this.#garment.manifest.fabric, routes !== null);
      this.#cloth = new Cloth(sheet, positions, material, { held, closures });
      this.#cloth.scale(scale);
      this.#timeMs = NaN;
    }
    this.#size = size;
    this.#scale = scale;
    return this.#cloth;
  }

  /** Sets the origin to the mean of the particles' places. */
  #centre(drape: Float32Array, skin: PosedSkin, cloth: Cloth): void {
    this.#surface.pose(drape, skin, this.origin.fill(0), cloth);
    const { places } = cloth;
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0;
      for (let k = axis; k < places.length; k += 4) sum += places[k];
      const mean = (4 * sum) / places.length;
      this.origin[axis] = Number.isFinite(mean) ? mean : 0;
    }
  }

  /** Steps 2 and 3. `seconds`: time since the last frame. */
  #follow(cloth: Cloth, skin: PosedSkin, seconds: number): void {
    this.#carrier.carry(cloth, skin.bones, seconds, this.swings ? this.#looseness : null);
    this.#options.step = seconds / STEPS;
    this.#options.damping = this.swings ? HANGING.damping : CALM_DAMPING;
    this.#simulate(cloth, skin, this.#options);
  }

  /** Lets cloth that starts anew settle, on its way from the rest pose. */
  *#settle(cloth: Cloth, drape: Float32Array, skinAt: (share: number) => PosedSkin): Sliced<void> {
    const { positions, velocities, places } = cloth;
    this.#centre(drape, skinAt(1), cloth);
    this.#contacts.restart();
    for (let move = 0; move <= SETTLING_MOVES; move++) {
      const skin = skinAt(move / SETTLING_MOVES);
      this.#surface.pose(drape, skin, this.origin, cloth);
      if (move === 0) positions.set(places);
      else this.#carrier.carry(cloth, skin.bones, Infinity, null);
      velocities.fill(0);
      this.#simulate(cloth, skin, SETTLING);
      yield;
    }
    for (let frame = 0; frame < SETTLING_FRAMES; frame++) {
      this.#simulate(cloth, skinAt(1), SETTLING);
      yield;
    }
    this.#carrier.rest();
  }

  /** Step 3. */
  #simulate(cloth: Cloth, skin: PosedSkin, options: HangOptions): void {
    this.#contacts.find(cloth, this.origin, skin, STEPS * options.step);
    cloth.hang(STEPS, options);
    this.#contacts.keep(cloth);
    this.#carrier.keep(cloth, skin.bones);
  }

  /** Step 4. */
  #write(cloth: Cloth, fit: GarmentFit): void {
    if (this.#lost.bringBack(cloth)) {
      const failed = this.#mesh.sources.filter((_, i) => this.#lost.isGivenUp(i));
      this.hasFailed = failed.length === this.#mesh.sources.length;
      this.failedParts = [...new Set(failed.map(({ part }) => part))];
    }
    this.#surface.unpose(cloth);
    this.#surface.writeClearances(this.#contacts.distances);
    this.#surface.write(fit);
  }
}
