import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { readGlb } from '../garment/read-glb.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';
import { placeUnskinned } from './place-unskinned.ts';
import { readDocument } from './read-document.ts';
import { type FilePart, readFileParts } from './read-file-parts.ts';

const mannequin = await readCommittedMannequin();
/** The committed T-shirt, as the mannequin wears it. */
const tee = await readFileParts(await readDocument(readGlb(new Uint8Array(readFileSync('assets/tee.glb')))));
vi.setConfig({ testTimeout: 120_000 });

/** The T-shirt without its skin, shifted by metres and then scaled. */
function teeOf(scale: number, shift: readonly [number, number, number] = [0, 0, 0]): FilePart[] {
  return tee.parts.map((part) => ({
    ...part,
    positions: part.positions.map((value, i) => scale * (value + shift[i % 3])),
    normals: part.normals.slice(),
    joints: null,
    sizes: {},
  }));
}

/** The largest distance between the places of two lists of meshes, metres. */
function largestError(parts: readonly { positions: Float32Array }[], wanted: readonly FilePart[]): number {
  return Math.max(
    ...parts.map(({ positions }, p) =>
      positions.reduce((worst, value, i) => Math.max(worst, Math.abs(value - wanted[p].positions[i])), 0),
    ),
  );
}

it('leaves a garment where it is that lies on the mannequin, and skins it to the bones beneath', async () => {
  const warnings: string[] = [];
  const { parts, joints } = await placeUnskinned(teeOf(1), mannequin, warnings);
  expect(largestError(parts, teeOf(1))).toBe(0);
  expect(joints).toBeNull();
  expect(warnings).toEqual([expect.stringMatching(/no bones/)]);
  const bones = new Set(
    parts.flatMap(({ skinIndices, skinWeights }) => Array.from(skinIndices).filter((_, k) => skinWeights[k] > 0.5)),
  );
  for (const bone of ['upperChest', 'leftUpperArm', 'rightUpperArm'] as const) expect(bones).toContain(boneIndex[bone]);
});

it('scales a garment in centimetres and hangs it on the body, from where it lies, to 4 cm', async () => {
  const warnings: string[] = [];
  const { parts } = await placeUnskinned(teeOf(100, [2, -0.8, 1]), mannequin, warnings);
  expect(warnings[0]).toMatch(/centimetres/);
  expect(warnings).toContainEqual(expect.stringMatching(/stands by itself/));
  expect(largestError(parts, teeOf(1))).toBeLessThan(0.04);
});

it('returns the joints of the body of another size that a garment was modelled on', async () => {
  const warnings: string[] = [];
  const { joints } = await placeUnskinned(teeOf(1.12), mannequin, warnings);
  // A size is known to about 4 per cent.
  const [, percent] = /modelled on a body of (\d+) %/.exec(warnings[0])!;
  expect(Math.abs(Math.log(Number(percent) / 112))).toBeLessThan(0.04);
  expect(joints![3 * boneIndex.neck + 1] / mannequin.joints[3 * boneIndex.neck + 1]).toBeCloseTo(1.12, 1);
});

it("refuses meshes that have a garment's size in no unit", async () => {
  await expect(placeUnskinned(teeOf(1e9), mannequin, [])).rejects.toMatchObject({
    code: 'garment-invalid',
    message: expect.stringMatching(/export in metres/),
  });
});
