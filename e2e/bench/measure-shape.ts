// Measures the mannequin, the project's parametric body, in a given shape.
import { createShapeMeasurer } from '../../src/body/create-body-measurer.ts';
import { type GirthName, girthNames } from '../../src/body/girth-levels.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { measureBody } from '../../tools/mannequin/measure-body.ts';

/** Names of the measures of size tables: three girths, and the breadth over the shoulders. */
export const tapes = ['chest', 'waist', 'hip', 'shoulder'] as const;
/** A value for each of `tapes`, centimetres. */
export type Tapes = Record<(typeof tapes)[number], number>;

/**
 * Returns measures of the mannequin with the morph weights `weights` (MORPH_COUNT, in the order of `morphNames`),
 * centimetres, as ANSUR defines them (hip: buttock circumference, shoulder: bideltoid breadth).
 */
export function measureShape(mannequin: Mannequin, weights: ArrayLike<number>): Tapes {
  const taken = measureBody(mannequin, shapeMannequin(mannequin, weights, createMannequinShape(mannequin)));
  const { chestcircumference, waistcircumference, buttockcircumference, bideltoidbreadth } = taken;
  const [chest, waist, hip, shoulder] = [
    chestcircumference,
    waistcircumference,
    buttockcircumference,
    bideltoidbreadth,
  ].map((metres) => 100 * (metres ?? NaN));
  return { chest, waist, hip, shoulder };
}

/**
 * Returns the girths of the mannequin with the given morph weights as `measure()` takes them, by its names, in
 * centimetres.
 */
export function measureGirths(mannequin: Mannequin, weights: ArrayLike<number>): Record<GirthName, number> {
  const { cm } = createShapeMeasurer(mannequin)(weights);
  return Object.fromEntries(girthNames.map((name) => [name, cm[name]])) as Record<GirthName, number>;
}

/** Returns the height of the mannequin in the given preset or with the given morph weights, centimetres. */
export function statureOf(mannequin: Mannequin, shape: string | ArrayLike<number>): number {
  const weights = typeof shape === 'string' ? mannequin.presets[shape] : shape;
  const { positions } = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const heights = positions.filter((_, i) => i % 3 === 1);
  const [low, high] = heights.reduce(([min, max], y) => [Math.min(min, y), Math.max(max, y)], [Infinity, -Infinity]);
  return 100 * (high - low);
}
