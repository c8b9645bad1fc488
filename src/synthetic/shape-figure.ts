import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';

/** A figure's body in the rest pose. */
export interface FigureBody {
  /** Morph weights, MORPH_COUNT. */
  weights: ArrayLike<number>;
  /** The mannequin blended by `weights`, metres. */
  shape: MannequinShape;
}

/**
 * Shapes the mannequin as a figure. `shape` is the name of a preset (`female-50`) or MORPH_COUNT morph weights. Throws
 * `RangeError` for an unknown preset.
 */
export function shapeFigure(mannequin: Mannequin, shape: string | ArrayLike<number>): FigureBody {
  const weights = typeof shape === 'string' ? findPreset(mannequin, shape) : shape;
  return { weights, shape: shapeMannequin(mannequin, weights, createMannequinShape(mannequin)) };
}

function findPreset({ presets }: Mannequin, name: string): Float32Array {
  if (!Object.hasOwn(presets, name))
    throw new RangeError(`No shape "${name}": use one of ${Object.keys(presets).join(', ')}.`);
  return presets[name];
}
