import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { readMannequin } from '../mannequin/read-mannequin.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { type Clothes, dressPerson } from './dress-person.ts';

let mannequin: Mannequin;
let shape: MannequinShape;
beforeAll(async () => {
  const file = readFileSync(new URL('../../assets/mannequin.glb', import.meta.url));
  mannequin = await readMannequin(Uint8Array.from(file).buffer);
  shape = shapeMannequin(mannequin, mannequin.presets['female-50'], createMannequinShape(mannequin));
});

/**
 * Whether the skin is drawn at the vertex nearest to the point (x, y, z), metres, of the mean body in the rest pose.
 */
function isSkinDrawn(clothes: Clothes, x: number, y: number, z: number): boolean {
  const { positions } = mannequin;
  let nearest = 0;
  let distance = Infinity;
  for (let v = 0; 3 * v < positions.length; v++) {
    const d = Math.hypot(positions[3 * v] - x, positions[3 * v + 1] - y, positions[3 * v + 2] - z);
    if (d < distance) [nearest, distance] = [v, d];
  }
  return dressPerson(mannequin, shape, clothes)[0].cover[nearest] > 0.5;
}

it('leaves out skin deep under close clothes, and draws it where they end and under cloth that hangs', () => {
  const { joints } = mannequin;
  const chestY = joints[1] + 0.2;
  expect(isSkinDrawn('everyday', 0, chestY, 0.2)).toBe(false);
  expect(isSkinDrawn('none', 0, chestY, 0.2)).toBe(true);
  expect(isSkinDrawn('loose', 0, chestY, 0.2)).toBe(true);
  // Face and knee.
  expect(isSkinDrawn('everyday', 0, 0.94 * mannequin.statureMetres, 0.2)).toBe(true);
  expect(isSkinDrawn('everyday', 0.1, 0.28 * mannequin.statureMetres, 0.1)).toBe(true);
  expect(isSkinDrawn('tight', 0.1, 0.28 * mannequin.statureMetres, 0.1)).toBe(false);
});
