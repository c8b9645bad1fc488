import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { loadGarment } from '../garment/load-garment.ts';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { boneNames } from '../mannequin/mannequin.ts';
import { joinParts } from './join-parts.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';
import { weighCloth } from './weigh-cloth.ts';

const mannequin = await readCommittedMannequin();
// Cloth far from the body takes seconds to bind on a busy machine.
vi.setConfig({ testTimeout: 30_000 });
function isArm(side: string) {
  return boneNames.map((name) => new RegExp(`^${side}.*(Arm|Hand)`).test(name));
}
function armShare(skinIndices: Uint16Array, skinWeights: Float32Array, i: number, side: string): number {
  const arm = isArm(side);
  let sum = 0;
  for (let k = 4 * i; k < 4 * i + 4; k++) if (arm[skinIndices[k]]) sum += skinWeights[k];
  return sum;
}

it('weights the sleeves of the T-shirt by the arm in them and its sides by the trunk, without steps', async () => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 16, height: 16, close() {} }));
  vi.stubGlobal('fetch', async () => new Response(readFileSync('assets/tee.glb')));
  const { parts } = await loadGarment('tee.glb', { mannequin });
  const { positions, indices, firsts } = joinParts(parts);
  const { skinIndices, skinWeights } = await weighCloth(positions, indices, mannequin);
  let sleeves = 0;
  let wrong = 0;
  let trunk = 0;
  parts.forEach((part, p) => {
    for (let i = 0; 3 * i < part.positions.length; i++) {
      for (const side of ['left', 'right']) {
        const made = armShare(part.skinIndices, part.skinWeights, i, side);
        const found = armShare(skinIndices, skinWeights, firsts[p] + i, side);
        if (made > 0.9) sleeves++;
        if (made < 0.01) trunk++;
        if ((made > 0.9 && found < 0.5) || (made < 0.01 && found > 0.35)) wrong++;
      }
    }
  });
  expect(sleeves).toBeGreaterThan(300);
  expect(trunk).toBeGreaterThan(3000);
  expect(wrong / (sleeves + trunk)).toBeLessThan(0.01);
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b] = [indices[t], indices[t + 1]];
    expect(
      Math.abs(armShare(skinIndices, skinWeights, a, 'left') - armShare(skinIndices, skinWeights, b, 'left')),
    ).toBeLessThan(0.5);
  }
  for (let i = 0; i < skinWeights.length; i += 4)
    expect(skinWeights[i] + skinWeights[i + 1] + skinWeights[i + 2] + skinWeights[i + 3]).toBeCloseTo(1, 5);
});

it('weights the sides of a wide tunic by the trunk, though they hang nearer to the arms', async () => {
  // A tube round the trunk whose sides come within reach of the forearms in the A pose.
  const tube = makeTube((angle) => 0.2 + 0.06 * Math.abs(Math.sin(angle)), 0.9, 1.1);
  const { skinIndices, skinWeights } = await weighCloth(tube.positions, Uint32Array.from(tube.indices), mannequin);
  for (let i = 0; 3 * i < tube.positions.length; i++)
    for (const side of ['left', 'right']) expect(armShare(skinIndices, skinWeights, i, side)).toBeLessThan(0.1);
});
