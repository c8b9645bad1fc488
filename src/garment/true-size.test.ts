import { readFileSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';
import { readCommittedMannequin } from '../adopt/make-rig.test-helper.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { createGarmentFit } from './create-garment-fit.ts';
import { fitGarment } from './fit-garment.ts';
import type { Garment } from './garment.ts';
import { loadGarment } from './load-garment.ts';

const mannequin = await readCommittedMannequin();
let tee: Garment;
beforeAll(async () => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 16, height: 16, close() {} }));
  vi.stubGlobal('fetch', async () => new Response(readFileSync('assets/tee.glb')));
  tee = await loadGarment('tee.glb', { mannequin });
});

/** Girth of the hem, cm: along the outermost cloth 2 cm above the lowest vertex. */
function hemGirth(preset: string, size: string): number {
  const shape = shapeMannequin(mannequin, mannequin.presets[preset], createMannequinShape(mannequin));
  const { positions } = fitGarment(tee, shape, size, createGarmentFit(tee));
  let hem = Infinity;
  for (const part of positions) for (let i = 1; i < part.length; i += 3) hem = Math.min(hem, part[i]);
  const level = hem + 0.02;
  // Radius of the outermost cloth by direction, metres: the hem is folded over.
  const bins = 180;
  const rim = new Float64Array(bins);
  tee.parts.forEach(({ indices }, p) => {
    const part = positions[p];
    for (let t = 0; t < indices.length; t += 3) {
      for (let e = 0; e < 3; e++) {
        const [a, b] = [3 * indices[t + e], 3 * indices[t + ((e + 1) % 3)]];
        if (part[a + 1] > level === part[b + 1] > level) continue;
        const share = (level - part[a + 1]) / (part[b + 1] - part[a + 1]);
        const [x, z] = [part[a] + share * (part[b] - part[a]), part[a + 2] + share * (part[b + 2] - part[a + 2])];
        const bin = Math.floor((Math.atan2(x, z + 0.01) / (2 * Math.PI) + 0.5) * bins) % bins;
        rim[bin] = Math.max(rim[bin], Math.hypot(x, z + 0.01));
      }
    }
  });
  let girth = 0;
  let last: [number, number] | null = null;
  let first: [number, number] | null = null;
  rim.forEach((radius, bin) => {
    if (radius === 0) return;
    const angle = (2 * Math.PI * (bin + 0.5)) / bins;
    const point: [number, number] = [radius * Math.sin(angle), radius * Math.cos(angle)];
    if (last) girth += Math.hypot(point[0] - last[0], point[1] - last[1]);
    first ??= point;
    last = point;
  });
  if (first && last) girth += Math.hypot(first[0] - last[0], first[1] - last[1]);
  return 100 * girth;
}

for (const preset of ['male-50', 'female-50']) {
  it(`the hems of S and XL on ${preset} differ by the size table's difference, within 15 %`, () => {
    const { sizes } = tee.manifest;
    const spread = hemGirth(preset, 'XL') - hemGirth(preset, 'S');
    const table = sizes.XL.hip! - sizes.S.hip!;
    expect(spread / table).toBeGreaterThan(0.85);
    expect(spread / table).toBeLessThan(1.15);
    const middle = hemGirth(preset, 'M');
    expect(middle).toBeGreaterThan(hemGirth(preset, 'S') + 2);
    expect(middle).toBeLessThan(hemGirth(preset, 'XL') - 4);
  });
}
