import { fitGarment } from '../garment/fit-garment.ts';
import type { Garment, GarmentFit } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';

/** A loaded garment, worn in one size. */
export interface OutfitPiece {
  readonly garment: Garment;
  /** Name of one of the sizes of the garment's manifest. */
  readonly size: string;
  /** Receives the fitted geometry. Belongs to this piece alone; made by `createGarmentFit(garment)`. */
  readonly fit: GarmentFit;
}

/** The garments that one person wears, fitted to the shape of that person's body. */
export interface Outfit {
  /** Replaces what is worn. Once a body shape is known, new pieces and new sizes are fitted to it at once. */
  wear(pieces: readonly OutfitPiece[]): void;
  /**
   * Fits every piece that was not fitted to this shape in its present size yet; returns whether there was one.
   * `shape`: morph weights of the mannequin, MORPH_COUNT; read only when `shapeVersion` is a new number.
   * Allocates nothing while nothing changes.
   */
  fit(shape: Float32Array, shapeVersion: number): boolean;
}

interface FittedTo {
  size: string;
  shapeVersion: number;
}

/** An empty outfit for a person whose body is `mannequin` in some shape. Needs no document: runs in Node too. */
export function createOutfit(mannequin: Mannequin): Outfit {
  const shaped = createMannequinShape(mannequin);
  const fittedTo = new WeakMap<GarmentFit, FittedTo>();
  let worn: readonly OutfitPiece[] = [];
  /** Version of the shape that `shaped` holds; null before the first. */
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
