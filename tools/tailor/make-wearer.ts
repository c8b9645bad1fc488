import { type Mannequin, type MorphName, morphIndex } from '../../src/mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import type { Pattern } from './pattern.ts';

/** The body that a size of a garment is fitted on. */
interface Wearer {
  /** The mannequin in this shape. */
  mannequin: Mannequin;
  /** Morph weights of this shape, in the order of `morphNames`; null: all 0. */
  weights: Float32Array | null;
}

/** Returns the body that `size` of a pattern is fitted on: the preset that wears the base size, graded to this one. */
export function makeWearer({ body, sizes, baseSize }: Pattern, mannequin: Mannequin, size: string): Wearer {
  if (body.preset === null) return { mannequin, weights: null };
  const preset = mannequin.presets[body.preset];
  if (!preset) throw new Error(`The mannequin has no preset ${body.preset}.`);
  const weights = preset.slice();
  const names = Object.keys(sizes);
  const steps = names.indexOf(size) - names.indexOf(baseSize);
  for (const [name, cm] of Object.entries(body.grading) as [MorphName, number][])
    weights[morphIndex[name]] += (steps * cm) / mannequin.morphs[morphIndex[name]].cmPerUnit;
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  return { mannequin: { ...mannequin, ...shape }, weights };
}
