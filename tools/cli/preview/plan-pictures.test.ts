import { describe, expect, it } from 'vitest';
import { planPictures } from './plan-pictures.ts';

const tee = { kind: 'top', sizes: ['S', 'M', 'L'], baseSize: 'M', colors: ['white', 'sage'] } as const;

describe('planPictures', () => {
  it('shows each body in each pose, in the base size', () => {
    const [bodies] = planPictures(tee, ['female-50', 'male-95']);
    expect(bodies.shots).toHaveLength(2 * bodies.columns);
    expect(new Set(bodies.shots.map(({ size }) => size))).toEqual(new Set(['M']));
    expect(new Set(bodies.shots.map(({ shape }) => shape))).toEqual(new Set(['female-50', 'male-95']));
  });

  it('shows each size and each colour on the first body', () => {
    const plans = planPictures(tee, ['female-50', 'male-95']);
    const named = (name: string) => plans.find((plan) => plan.name === name)!.shots;
    expect(named('sizes').map(({ size }) => size)).toEqual(['S', 'M', 'L', 'S', 'M', 'L']);
    expect(named('colors').map(({ color }) => color)).toEqual(['white', 'sage']);
    for (const { shape } of [...named('sizes'), ...named('turn')]) expect(shape).toBe('female-50');
  });

  it('draws no sizes and colours where there is one', () => {
    const plans = planPictures({ ...tee, sizes: ['one size'], baseSize: 'one size', colors: [] }, ['male-50']);
    expect(plans.map(({ name }) => name)).toEqual(['bodies', 'turn', 'room']);
  });

  it('turns the body once, in even steps', () => {
    const turn = planPictures(tee, ['female-50']).find(({ kind }) => kind === 'clip')!.shots;
    const steps = turn.slice(1).map(({ atMs }, i) => atMs - turn[i].atMs);
    for (const step of steps) expect(step).toBeCloseTo(8000 / turn.length, 6);
  });

  it('shows at most twelve sizes of a long table', () => {
    const sizes = Array.from({ length: 60 }, (_, i) => `W${i}`);
    const plan = planPictures({ ...tee, kind: 'bottom', sizes, baseSize: 'W3' }, ['male-50']);
    expect(plan.find(({ name }) => name === 'sizes')!.shots).toHaveLength(24);
  });
});
