import { drawPerson } from '../mannequin/draw-person.ts';
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
 * the name of one of the mannequin's presets (`female-50`), or `random` for the adult that `seed` (an integer) draws
 * from the population. Throws `RangeError` for an unknown name.
 */
export function shapeFigure(mannequin: Mannequin, shape: string | ArrayLike<number>, seed = 1): FigureBody {
  const weights = typeof shape === 'string' ? findWeights(mannequin, shape, seed) : shape;
  return { weights, shape: shapeMannequin(mannequin, weights, createMannequinShape(mannequin)) };
}

/** Returns the morph weights (MORPH_COUNT) that a name stands for. */
function findWeights({ presets }: Mannequin, name: string, seed: number): Float32Array {
  if (name === 'random') return drawPerson(seed);
  if (!Object.hasOwn(presets, name))
    throw new RangeError(
      `No shape "${name}": use one of ${Object.keys(presets).join(', ')}, random, or a list of morph weights.`,
    );
  return presets[name];
}
