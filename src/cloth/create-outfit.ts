import type { PosedBody } from '../body/body.ts';
import { fitGarment } from '../garment/fit-garment.ts';
import type { Garment, GarmentFit } from '../garment/garment.ts';
import { scaleToWearer } from '../garment/scale-to-wearer.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose } from '../mannequin/pose-mannequin.ts';
import { posePartWay } from '../mannequin/pose-part-way.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { runInSlices, type Sliced } from '../math/sliced.ts';
import { ClothCover } from './cloth-cover.ts';
import { type ClothMesh, createClothMesh, makeClothMesh } from './create-cloth-mesh.ts';
import { FineFolds } from './fine-folds.ts';
import { HangingCloth } from './hanging-cloth.ts';
import { PosedSkin } from './posed-skin.ts';

/** A loaded garment in the size that is worn. */
export interface OutfitPiece {
  /** Its parts (meshes bound to the mannequin's bones), sizes and colours. */
  readonly garment: Garment;
  /** Name of one of the sizes of the garment's manifest. */
  readonly size: string;
  /**
   * Receives the fitted geometry in the rest pose: positions (metres) and normals of each part's vertices. Each piece
   * has its own, made by `createGarmentFit(garment)`.
   */
  readonly fit: GarmentFit;
}

/** The body that an outfit is worn on, in one frame. */
type WearingBody = Pick<PosedBody, 'found' | 'shape' | 'shapeVersion' | 'positions' | 'rotations'>;

/** The garments that one person wears, fitted to the shape of that person's body and hanging on its pose. */
export interface Outfit {
  /**
   * Whether cloth hangs on the posed body; true at first. If false, a garment keeps the form in which it is fitted, and
   * is only skinned: for devices on which the simulation takes too long.
   */
  hangs: boolean;
  /** Whether cloth that hangs swings when the body moves; true at first. If false, it settles without swinging. */
  swings: boolean;
  /**
   * Makes the mesh on which a garment's cloth is simulated, in slices of 8 ms, so that wearing the garment stalls no
   * frame: `wear` makes the mesh at once if it is not there. Rejects with the reason of `signal` when that aborts.
   */
  prepare(garment: Garment, signal?: AbortSignal): Promise<void>;
  /** Replaces what is worn. Once a body is known, new pieces and new sizes are fitted to it at once. */
  wear(pieces: readonly OutfitPiece[]): void;
  /**
   * Fits every piece that is not yet fitted to the body's shape in its present size, and lets the cloth of all pieces
   * hang on the body's pose at `timeMs`, the time of the frame. The shape is read only when `shapeVersion` differs from
   * the last call. Does nothing if no body was found. Allocates nothing while shape and pieces stay the same.
   */
  fit(body: WearingBody, timeMs: number): void;
  /**
   * Does in slices the most of what the first `fit` to a body does at once, which takes as long as some frames: fits the
   * pieces and lets their cloth settle. `fit` with the same body and time comes next; it finishes, with the same result
   * as without `settle`.
   */
  settle(body: WearingBody, timeMs: number): Sliced<void>;
  /**
   * Lets all cloth start anew in the next frame. Call it before the first frame of another source, whose bodies and times
   * have nothing to do with those before.
   */
  startAnew(): void;
}

/** What a fit was computed for; `shapeVersion` as the caller of `Outfit.fit` counts it. */
interface FittedTo {
  size: string;
  shapeVersion: number;
  /** What hangs in the fitted form; null: nothing, the garment is only skinned. */
  cloth: HangingCloth | null;
}

/**
 * Creates an empty outfit for a person whose body is a shape of `mannequin`: `wear` sets the garments, `fit` computes
 * their geometry. Needs no document, so it runs in Node too.
 *
 * @param warn Called once with a sentence for the merchandiser when a garment's cloth cannot be simulated, or only in
 * part: the rest is skinned.
 */
export function createOutfit(mannequin: Mannequin, warn: (text: string) => void = console.warn): Outfit {
  const shaped = createMannequinShape(mannequin);
  const skin = new PosedSkin(mannequin);
  const fittedTo = new WeakMap<GarmentFit, FittedTo>();
  const meshes = new WeakMap<Garment, ClothMesh>();
  const cloths = new WeakMap<GarmentFit, HangingCloth>();
  const folds = new WeakMap<HangingCloth, FineFolds>();
  let worn: readonly OutfitPiece[] = [];
  /** `shapeVersion` of the shape in `shaped`; null before the first body. */
  let bodyVersion: number | null = null;
  /** The last body's pose, and its time. */
  const pose = createMannequinPose();
  let bodyTimeMs = NaN;
  /** `skinAt`'s share for which `skin` is posed; NaN: it has another body's pose. */
  let skinShare = NaN;
  /** Scratch of `skinAt`. */
  const partWay = createMannequinPose();
  /** What the cloth of the pieces before the present one covers; null before the first cloth. */
  let cover: ClothCover | null = null;

  /** Returns the cloth of a fit, null where none hangs. */
  function clothOf({ garment, fit }: OutfitPiece): HangingCloth | null {
    if (!outfit.hangs) return null;
    let cloth = cloths.get(fit);
    if (!cloth) {
      cover ??= new ClothCover(garment.binding.skin);
      cloth = new HangingCloth(garment, meshOf(garment), cover);
      folds.set(cloth, new FineFolds(garment, meshOf(garment)));
      cloths.set(fit, cloth);
    }
    return cloth.hasFailed || meshOf(garment).vertices.length === 0 ? null : cloth;
  }

  function meshOf(garment: Garment): ClothMesh {
    return meshes.get(garment) ?? keepMesh(garment, createClothMesh(garment));
  }

  function keepMesh(garment: Garment, mesh: ClothMesh): ClothMesh {
    meshes.set(garment, mesh);
    if (mesh.warnings.length > 0) warn(`fitting-room: ${garment.url}: ${mesh.warnings.join('; ')}`);
    return mesh;
  }

  /** Returns the skin of the last body at a share of the way from the rest pose to its pose. */
  function skinAt(share: number): PosedSkin {
    if (share !== skinShare) skin.pose(shaped, share === 1 ? pose : posePartWay(shaped.joints, pose, share, partWay));
    skinShare = share;
    return skin;
  }

  function isFitted(piece: OutfitPiece): boolean {
    const last = fittedTo.get(piece.fit);
    return last?.size === piece.size && last.shapeVersion === bodyVersion && last.cloth === clothOf(piece);
  }

  /**
   * Fits all pieces that are not fitted to the last body, and hangs them from the skin outwards: each lies on the pieces
   * of lower layers.
   *
   * @param again whether pieces that are fitted hang anew too.
   */
  function dressAll(shapeVersion: number, again: boolean): void {
    cover?.clear();
    for (let i = 0, covered = 0; i < worn.length; i++) {
      for (; worn[covered].garment.manifest.layer < worn[i].garment.manifest.layer; covered++)
        clothOf(worn[covered])?.coverSkin();
      const mustFit = !isFitted(worn[i]);
      if (mustFit || again) dress(worn[i], shapeVersion, mustFit);
    }
  }

  /** Fits a piece to the last body. */
  function fitPiece(piece: OutfitPiece, shapeVersion: number): void {
    const { garment, size, fit } = piece;
    const cloth = clothOf(piece);
    fitGarment(garment, shaped, size, fit);
    fittedTo.set(fit, { size, shapeVersion, cloth });
    cloth?.takeFit(fit, shaped);
  }

  /** Fits a piece to the last body, if it must be fitted, and hangs it on `cover`. */
  function dress(piece: OutfitPiece, shapeVersion: number, mustFit: boolean): void {
    const { garment, size, fit } = piece;
    if (mustFit) fitPiece(piece, shapeVersion);
    const cloth = clothOf(piece);
    if (!cloth) return;
    cloth.swings = outfit.swings;
    const failedBefore = cloth.failedParts;
    const scale = scaleToWearer(garment, shaped, size);
    cloth.hang(fit, size, scale, skinAt, bodyTimeMs);
    folds.get(cloth)?.write(cloth.cloth!.positions, { size, scale, timeMs: bodyTimeMs }, fit);
    if (cloth.failedParts !== failedBefore) warnOfFailed(garment, cloth.failedParts, failedBefore);
  }

  function warnOfFailed({ url, parts }: Garment, failed: readonly number[], before: readonly number[]): void {
    const names = failed.filter((part) => !before.includes(part)).map((part) => parts[part].name);
    if (names.length > 0)
      warn(
        `fitting-room: ${url}: cloth of mesh ${names.join(', ')} fell off or flew apart; from now on it only moves with ` +
          'the body.',
      );
  }

  /** Takes shape and pose of a body, and its time. Returns its `shapeVersion`. */
  function takeBody(body: WearingBody, timeMs: number): number {
    if (body.shapeVersion !== bodyVersion) shapeMannequin(mannequin, body.shape, shaped);
    bodyTimeMs = timeMs;
    pose.positions.set(body.positions);
    pose.rotations.set(body.rotations);
    skinShare = NaN;
    bodyVersion = body.shapeVersion;
    return bodyVersion;
  }

  const outfit: Outfit = {
    hangs: true,
    swings: true,

    async prepare(garment, signal) {
      if (meshes.has(garment)) return;
      const mesh = await runInSlices(makeClothMesh(garment), signal);
      // The garment may have been put on meanwhile.
      if (!meshes.has(garment)) keepMesh(garment, mesh);
    },

    wear(pieces) {
      const before = new Set(worn.map(({ fit }) => fit));
      worn = [...pieces].sort((a, b) => a.garment.manifest.layer - b.garment.manifest.layer);
      for (const piece of worn) {
        const cloth = clothOf(piece);
        if (!before.has(piece.fit)) cloth?.startAnew();
      }
      if (bodyVersion !== null) dressAll(bodyVersion, false);
    },

    fit(body, timeMs) {
      if (!body.found) return;
      dressAll(takeBody(body, timeMs), true);
    },

    *settle(body, timeMs) {
      if (!body.found) return;
      const shapeVersion = takeBody(body, timeMs);
      cover?.clear();
      // As in `dressAll`. What is put on meanwhile is dressed by `fit`.
      const pieces = worn;
      for (let i = 0, covered = 0; i < pieces.length; i++) {
        for (; pieces[covered].garment.manifest.layer < pieces[i].garment.manifest.layer; covered++)
          clothOf(pieces[covered])?.coverSkin();
        yield;
        if (!isFitted(pieces[i])) fitPiece(pieces[i], shapeVersion);
        yield;
        const { garment, size, fit } = pieces[i];
        yield* clothOf(pieces[i])?.settle(fit, size, scaleToWearer(garment, shaped, size), skinAt, timeMs) ?? [];
      }
    },

    startAnew() {
      for (const piece of worn) clothOf(piece)?.startAnew();
    },
  };
  return outfit;
}
