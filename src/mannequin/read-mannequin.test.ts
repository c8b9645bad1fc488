import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { BONE_COUNT, boneIndex, type Mannequin, MORPH_COUNT, morphNames } from './mannequin.ts';
import { readMannequin } from './read-mannequin.ts';

let bytes: ArrayBuffer;
let mannequin: Mannequin;

beforeAll(async () => {
  const file = await readFile('assets/mannequin.glb');
  bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
  mannequin = await readMannequin(bytes);
});

describe('the committed mannequin', () => {
  it('weighs less than 1.2 MB and has 8,000 to 15,000 triangles', () => {
    expect(bytes.byteLength).toBeLessThan(1.2e6);
    expect(mannequin.indices.length / 3).toBeGreaterThan(8000);
    expect(mannequin.indices.length / 3).toBeLessThan(15000);
  });

  it('is one closed surface with the Euler characteristic of a sphere', () => {
    const edges = new Map<number, number>();
    const count = mannequin.positions.length / 3;
    for (let f = 0; f < mannequin.indices.length; f += 3)
      for (let k = 0; k < 3; k++) {
        const key = mannequin.indices[f + k] * count + mannequin.indices[f + ((k + 1) % 3)];
        edges.set(key, (edges.get(key) ?? 0) + 1);
      }
    for (const [key, times] of edges) {
      const back = (key % count) * count + Math.floor(key / count);
      expect(times === 1 && edges.get(back) === 1).toBe(true);
    }
    expect(count - edges.size / 2 + mannequin.indices.length / 3).toBe(2);
  });

  it('faces outwards: it encloses 60 to 90 litres', () => {
    const { positions: p, indices } = mannequin;
    let volume = 0;
    for (let f = 0; f < indices.length; f += 3) {
      const [a, b, c] = [3 * indices[f], 3 * indices[f + 1], 3 * indices[f + 2]];
      volume +=
        (p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1]) +
          p[a + 1] * (p[b + 2] * p[c] - p[b] * p[c + 2]) +
          p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c])) /
        6;
    }
    expect(volume).toBeGreaterThan(0.06);
    expect(volume).toBeLessThan(0.09);
  });

  it('has weights that sum to 1 over known bones', () => {
    for (let v = 0; v < mannequin.skinWeights.length; v += 4) {
      let sum = 0;
      for (let i = 0; i < 4; i++) {
        sum += mannequin.skinWeights[v + i];
        expect(mannequin.skinIndices[v + i]).toBeLessThan(BONE_COUNT);
      }
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it('stands on the floor with the arms 45° down, faces +z, and is as tall as its statureMetres', () => {
    const ys = Array.from(mannequin.positions).filter((_, i) => i % 3 === 1);
    expect(Math.min(...ys)).toBeCloseTo(0, 3);
    expect(Math.max(...ys)).toBeCloseTo(mannequin.statureMetres, 4);
    const { leftUpperArm, leftHand } = boneIndex;
    const [upper, hand] = [leftUpperArm, leftHand].map((b) => mannequin.joints.slice(3 * b, 3 * b + 3));
    expect(Math.atan2(upper[1] - hand[1], hand[0] - upper[0])).toBeCloseTo(Math.PI / 4, 2);
    const nose = mannequin.sites.find((site) => site.landmark === 0)!;
    expect(nose.offset[2]).toBeGreaterThan(0.1);
  });

  it('has all morphs, sites and presets', () => {
    expect(mannequin.morphs.map((morph) => morph.name)).toEqual([...morphNames]);
    for (const morph of mannequin.morphs) {
      expect(morph.positions.length).toBe(mannequin.positions.length);
      expect(morph.joints.length).toBe(3 * BONE_COUNT);
      expect(morph.cmPerUnit).toBeGreaterThan(0.5);
      expect(Math.max(...morph.positions.map(Math.abs))).toBeGreaterThan(0.002);
    }
    expect(mannequin.sites.map((site) => site.landmark)).toEqual(Array.from({ length: 33 }, (_, i) => i));
    expect(Object.keys(mannequin.presets)).toEqual([
      'female-5',
      'female-50',
      'female-95',
      'male-5',
      'male-50',
      'male-95',
    ]);
    for (const weights of Object.values(mannequin.presets)) expect(weights.length).toBe(MORPH_COUNT);
  });
});

describe('readMannequin', () => {
  it('rejects bytes that are not the mannequin with model-unreachable', async () => {
    await expect(readMannequin(new ArrayBuffer(64))).rejects.toThrow(
      expect.objectContaining({ code: 'model-unreachable' }),
    );
    await expect(readMannequin(bytes.slice(0, 5000))).rejects.toThrow(
      expect.objectContaining({ code: 'model-unreachable' }),
    );
  });

  it('refuses a morph that displaces fewer joints than there are, which would make every joint NaN', async () => {
    const short = editHeader(bytes, (text) => text.replace(/("name":"waist".*?"joints":\[)[^,]*,[^,]*,[^,]*,/, '$1'));
    await expect(readMannequin(short)).rejects.toThrow(
      expect.objectContaining({
        code: 'model-unreachable',
        cause: expect.objectContaining({ message: expect.stringMatching(/morph waist displaces another number/) }),
      }),
    );
  });
});

/** The same GLB with its JSON header changed, filled up with spaces to its old length. */
function editHeader(glb: ArrayBuffer, edit: (text: string) => string): ArrayBuffer {
  const copy = new Uint8Array(glb.slice(0));
  const length = new DataView(glb).getUint32(12, true);
  const header = edit(new TextDecoder().decode(copy.subarray(20, 20 + length)));
  copy.set(new TextEncoder().encode(header.padEnd(length)), 20);
  return copy.buffer;
}
