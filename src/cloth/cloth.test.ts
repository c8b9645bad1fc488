import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { runAtOnce } from '../math/sliced.ts';
import { Cloth, type ClothCollider } from './cloth.ts';
import { clothMaterial } from './cloth-material.ts';
import { connectSheet } from './connect-sheet.ts';
import type { HangOptions, StepOptions } from './hang-options.ts';
import { makeGrid, makeGridSheet } from './make-grid.test-helper.ts';
import { thinOut } from './thin-out.ts';

const material = clothMaterial({ stretch: 15, weight: 160 });
const nothing: ClothCollider = { collide() {} };
const still: StepOptions = { step: 0.004, gravity: 0, damping: 0, seamCompliance: 0, sweep: 'symmetric' };
const falling: StepOptions = { ...still, gravity: 9.81, damping: 4 };

const hanging: HangOptions = {
  ...still,
  damping: 5,
  cling: 200,
  slipMetres: 1,
  lift: 0,
  friction: 0,
  maxPushMetres: 0.01,
};

/**
 * Hangs a sheet of 8 × 8 squares on a drape that is `factor` times as long along x in the pose as at rest, until it rests.
 * Returns its width, metres.
 */
function hangOn(factor: number, isDrapeKnown: boolean): number {
  const { positions, triangles } = makeGrid(8, 8, 0.03);
  const cloth = new Cloth(makeGridSheet({ positions, triangles }), positions.slice(), material);
  if (isDrapeKnown) cloth.takeDrape(positions, [...new Array(81).keys()]);
  cloth.places.set(cloth.positions.map((value, k) => (k % 4 === 0 ? factor * value : value)));
  cloth.clings.fill(1);
  for (let n = 0; n < 60; n++) cloth.hang(12, hanging);
  return cloth.positions[4 * 8] - cloth.positions[0];
}

function fastest({ velocities }: Cloth): number {
  return velocities.reduce((most, speed) => Math.max(most, Math.abs(speed)), 0);
}

describe('Cloth', () => {
  it('an irregular mesh at rest, disturbed by 10 µm (seed 2), gains no energy in 300 steps without damping', () => {
    const random = createRandom(2);
    const fine = makeGrid(24, 24, 0.01);
    const noisy = fine.positions.map((value) => value + 0.006 * (random() - 0.5));
    const { triangles } = runAtOnce(
      thinOut(noisy, { triangles: fine.triangles, representatives: new Uint32Array(0) }, 0.028),
    );
    const numbers = [...new Set(triangles)];
    const positions = Float64Array.from(numbers.flatMap((v) => [...noisy.subarray(3 * v, 3 * v + 3)]));
    const sheet = makeGridSheet({ positions, triangles: triangles.map((v) => numbers.indexOf(v)) });
    const cloth = new Cloth(
      sheet,
      positions.map((value) => value + 2e-5 * (random() - 0.5)),
      material,
    );
    cloth.step(nothing, still);
    const first = fastest(cloth);
    expect(first).toBeGreaterThan(1e-4);
    for (let n = 0; n < 300; n++) cloth.step(nothing, still);
    expect(fastest(cloth)).toBeLessThan(first);
  });

  it('a sheet that is held along its top hangs down, hardly stretches and comes to rest; held particles stay', () => {
    const { positions, triangles } = makeGrid(8, 8, 0.03);
    // At first it lies in a plane that rises at 45°.
    const lying = positions.map((_, k) => {
      const y = positions[3 * Math.floor(k / 3) + 1];
      return k % 3 === 0 ? positions[k] : (y - 0.24) * Math.SQRT1_2;
    });
    const held = Array.from({ length: 9 }, (_, k) => 72 + k);
    const cloth = new Cloth(makeGridSheet({ positions, triangles }), lying.slice(), material, { held });
    for (let n = 0; n < 1200; n++) cloth.step(nothing, falling);
    const hung = cloth.readPositions();
    for (const k of held.flatMap((i) => [3 * i, 3 * i + 1, 3 * i + 2])) expect(hung[k]).toBe(Math.fround(lying[k]));
    for (let i = 0; i < 9; i++) expect(hung[3 * i + 1]).toBeCloseTo(-0.24, 2);
    expect(Math.max(...cloth.measureStretch())).toBeLessThan(0.05);
    expect(fastest(cloth)).toBeLessThan(0.01);
  });

  it('is as short as its drape is in the pose, and longer as far as it gives', () => {
    expect(hangOn(0.7, true)).toBeCloseTo(0.7 * 0.24, 3);
    expect(hangOn(0.7, false)).toBeGreaterThan(0.8 * 0.24);
    expect(hangOn(1.1, true)).toBeCloseTo(1.1 * 0.24, 3);
    expect(hangOn(1.1, false)).toBeLessThan(1.05 * 0.24);
    const give = 1 + (material.give ?? NaN);
    expect(hangOn(1.6, true)).toBeCloseTo(give * hangOn(1.6, false), 2);
  });

  it('falls as a body falls, without damping', () => {
    const { positions, triangles } = makeGrid(3, 3, 0.03);
    const cloth = new Cloth(makeGridSheet({ positions, triangles }), positions.slice(), material);
    for (let n = 0; n < 100; n++) cloth.step(nothing, { ...still, gravity: 9.81 });
    // 9.81 / 2 × 0.4²; the step's own error is half a step's way.
    cloth.readPositions().forEach((value, k) => {
      expect(value).toBeCloseTo(positions[k] - (k % 3 === 1 ? 0.785 + 0.008 : 0), 3);
    });
  });

  it('comes to rest by inner friction: in a finite time, and forces below it do not move it', () => {
    const { positions, triangles } = makeGrid(3, 3, 0.03);
    const free: HangOptions = { ...hanging, damping: 0, cling: 0, innerFriction: 0.3 };
    const cloth = new Cloth(makeGridSheet({ positions, triangles }), positions.slice(), material);
    cloth.velocities.forEach((_, k, velocities) => (velocities[k] = k % 4 === 0 ? 0.1 : 0));
    cloth.hang(200, free);
    expect(fastest(cloth)).toBeLessThan(1e-6);
    // (0.1 m/s)² / (2 × 0.3 m/s²).
    expect(cloth.positions[0] - positions[0]).toBeCloseTo(0.0167, 3);
    const before = cloth.readPositions();
    cloth.hang(200, { ...free, gravity: 0.29 });
    // Without friction it would fall by 9 cm; a step's own way is 5 µm.
    cloth.readPositions().forEach((value, k) => void expect(value).toBeCloseTo(before[k], 2));
    cloth.hang(200, { ...free, gravity: 0.6 });
    expect(before[1] - cloth.readPositions()[1]).toBeGreaterThan(0.08);
  });

  it('closes seams, and holds closures at their length', () => {
    const { positions, triangles } = makeGrid(2, 2, 0.03);
    const two = {
      positions: Float64Array.from([...positions, ...positions.map((v, k) => (k % 3 === 2 ? 0.02 : v))]),
      triangles: Uint32Array.from([...triangles, ...triangles.map((v) => v + 9)]),
    };
    const gapOf = (cloth: Cloth): number => {
      for (let n = 0; n < 200; n++) cloth.step(nothing, { ...falling, gravity: 0 });
      return Math.hypot(...[0, 1, 2].map((k) => cloth.positions[16 + k] - cloth.positions[16 + 36 + k]));
    };
    const sewn = new Cloth(makeGridSheet(two), two.positions.slice(), material, { seams: [4, 13] });
    expect(gapOf(sewn)).toBeLessThan(1e-4);
    const closed = new Cloth(makeGridSheet(two), two.positions.slice(), material, {
      closures: [{ a: 4, b: 13, length: 0.005 }],
    });
    expect(gapOf(closed)).toBeCloseTo(0.005, 3);
  });

  it('takes other rest lengths: scaled at once, or a share of the way to those of another size', () => {
    const { positions, triangles } = makeGrid(4, 4, 0.03);
    const sheet = makeGridSheet({ positions, triangles });
    const larger = connectSheet(makeGridSheet({ positions: positions.map((v) => 1.2 * v), triangles })).springs;
    const stretch = (change: (cloth: Cloth) => void): number => {
      const cloth = new Cloth(sheet, positions.slice(), material);
      change(cloth);
      return cloth.measureStretch()[0];
    };
    expect(stretch((cloth) => cloth.scale(1.25))).toBeCloseTo(-0.2, 6);
    expect(stretch((cloth) => cloth.regrade(larger, 0.5))).toBeCloseTo(1 / 1.1 - 1, 6);
    expect(stretch((cloth) => cloth.regrade(larger, 1))).toBeCloseTo(1 / 1.2 - 1, 6);
  });
});
