import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { measureBody } from '../../tools/mannequin/measure-body.ts';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { shapeFigure } from './shape-figure.ts';

const mannequin = await committedMannequin();
const BODIES = 40;

describe('shapeFigure', () => {
  it('takes morph weights as they are', () => {
    const weights = Array.from({ length: MORPH_COUNT }, (_, m) => m / 50 - 0.2);
    expect(shapeFigure(mannequin, weights).weights).toBe(weights);
  });

  it('draws random adults, women and men, thin and heavy, short and tall (seeds 1 to 40)', () => {
    const bodies = Array.from({ length: BODIES }, (_, i) => shapeFigure(mannequin, 'random', i + 1));
    const measures = bodies.map(({ shape }) => measureBody(mannequin, shape));
    const statures = measures.map(({ stature }) => stature ?? 0);
    const waists = measures.map(({ waistcircumference }) => waistcircumference ?? 0);
    expect(Math.max(...statures) - Math.min(...statures)).toBeGreaterThan(0.25);
    expect(Math.max(...waists) - Math.min(...waists)).toBeGreaterThan(0.4);
    expect(shapeFigure(mannequin, 'random', 7).weights).toEqual(bodies[6].weights);
  });

  it('names the shapes that it knows when it is given another', () => {
    expect(() => shapeFigure(mannequin, 'female-51')).toThrow(/female-50.*random/);
  });
});
