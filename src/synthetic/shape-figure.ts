import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';

/** The body of a figure, a dressed mannequin. */
export interface FigureBody {
  /** MORPH_COUNT morph weights. */
  weights: ArrayLike<number>;
  /** The mannequin in the shape of these weights: rest pose, metres. */
  shape: MannequinShape;
}

/**
 * Shapes the mannequin as the body of a figure. `shape` is a list of MORPH_COUNT morph weights, which the result keeps,
 * or the name of one of the mannequin's presets (`female-50`). Throws `RangeError` for an unknown name.
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
