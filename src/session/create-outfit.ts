import { fitGarment } from '../garment/fit-garment.ts';
import type { Garment, GarmentFit } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';

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

/** The garments that one person wears, fitted to the shape of that person's body. */
export interface Outfit {
  /** Replaces what is worn. Once a body shape is known, new pieces and new sizes are fitted to it at once. */
  wear(pieces: readonly OutfitPiece[]): void;
  /**
   * Fits every piece that is not yet fitted to this shape in its present size. Returns whether there was one. `shape`:
   * morph weights of the mannequin, MORPH_COUNT. It is read only when `shapeVersion` differs from the last call.
   * Allocates nothing while nothing changes.
   */
  fit(shape: Float32Array, shapeVersion: number): boolean;
}

/** The size and shape that a fit was computed for; `shapeVersion` as the caller of `Outfit.fit` counts it. */
interface FittedTo {
  size: string;
  shapeVersion: number;
}

/**
 * Creates an empty outfit for a person whose body is a shape of `mannequin`: `wear` sets the garments, `fit` computes
 * their geometry. Needs no document, so it runs in Node too.
 */
export function createOutfit(mannequin: Mannequin): Outfit {
  const shaped = createMannequinShape(mannequin);
  const fittedTo = new WeakMap<GarmentFit, FittedTo>();
  let worn: readonly OutfitPiece[] = [];
  /** `shapeVersion` of the shape in `shaped`; null before the first. */
  let shapedVersion: number | null = null;

  function fitAll(shapeVersion: number): boolean {
    let isAnyFitted = false;
    for (const { garment, size, fit } of worn) {
      const last = fittedTo.get(fit);
      if (last?.size === size && last.shapeVersion === shapeVersion) continue;
      fitGarment(garment, shaped, size, fit);
      fittedTo.set(fit, { size, shapeVersion });
      isAnyFitted = true;
    }
    return isAnyFitted;
  }

  return {
    wear(pieces) {
      worn = pieces;
      if (shapedVersion !== null) fitAll(shapedVersion);
    },

    fit(shape, shapeVersion) {
      if (shapeVersion !== shapedVersion) {
        shapeMannequin(mannequin, shape, shaped);
        shapedVersion = shapeVersion;
      }
      return fitAll(shapeVersion);
    },
  };
}
