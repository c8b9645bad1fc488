import { MeshStandardMaterial, Texture } from 'three';
import { expect, it } from 'vitest';
import { bindTubeGarment, makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { computeOutward } from './compute-outward.ts';
import { HEM_REACH_METRES, measureHems } from './measure-hems.ts';

const mannequin = makeTubeMannequin(makeTube(0.1, 0.8, 1.5));

/** Hems of a garment of these tubes, by part, and the heights of its vertices, metres. */
async function hemsOf(...tubes: ReturnType<typeof makeTube>[]): Promise<{ hems: Float32Array[]; heights: number[] }> {
  const garment = await bindTubeGarment(makeTubeGarment(tubes), mannequin);
  const outward = garment.parts.map((_, p) => computeOutward(garment, p, mannequin.normals));
  const heights = [...garment.parts[0].positions].filter((_, k) => k % 3 === 1);
  return { hems: measureHems(garment, outward), heights };
}

it('are measured from both ends of a tube, also across a seam of the texture', async () => {
  const { hems, heights } = await hemsOf(makeTube(0.12, 0.9, 1.4, true));
  heights.forEach((y, v) => {
    const expected = Math.min(y - 0.9, 1.4 - y, HEM_REACH_METRES);
    expect(hems[0][v], `height ${y}`).toBeCloseTo(expected, 3);
  });
});

it('are none where cloth is folded over: its edges lie within, and face the body', async () => {
  const outer = makeTube(0.12, 0.9, 1.4);
  const inner = makeTube(0.115, 0.9, 1.4);
  inner.normals = inner.normals.map((value) => -value);
  const { hems } = await hemsOf(outer, inner);
  expect(Math.min(...hems[0])).toBe(0);
  expect(Math.min(...hems[1])).toBe(Math.fround(HEM_REACH_METRES));
});

it('are none where the part has a texture, which shows its own', async () => {
  const garment = await bindTubeGarment(makeTubeGarment([makeTube(0.12, 0.9, 1.4)]), mannequin);
  const outward = [computeOutward(garment, 0, mannequin.normals)];
  const nearest = (map: Texture | null): number => {
    garment.parts[0].material = new MeshStandardMaterial({ map });
    return Math.min(...measureHems(garment, outward)[0]);
  };
  expect(nearest(null)).toBe(0);
  expect(nearest(new Texture())).toBe(Math.fround(HEM_REACH_METRES));
});

it('are none along a short edge, as around a button', async () => {
  const { hems } = await hemsOf(makeTube(0.12, 0.9, 1.4), makeTube(0.01, 1.1, 1.11));
  expect(Math.min(...hems[1])).toBe(Math.fround(HEM_REACH_METRES));
});
