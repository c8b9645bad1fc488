import { MeshBasicMaterial, Texture } from 'three';
import { expect, it } from 'vitest';
import type { Garment } from '../garment/garment.ts';
import { patchMaterial } from './patch-material.test-helper.ts';
import { measureClearances, reachOutline } from './reach-outline.ts';

/** Two parts of one and three vertices; the last two vertices of the second are the same place of the cloth. */
const garment = {
  binding: {
    firsts: [0, 1],
    weld: { welded: Uint32Array.of(0, 1, 2, 2), count: 3 },
    skinVertices: Int32Array.of(0, -1, 1),
  },
} as unknown as Garment;
const skin = { positions: Float32Array.of(0, 0, 0, 0, 1, 0), normals: Float32Array.of(0, 0, 1, 1, 0, 0) };
const positions = Float32Array.of(0, 0, 0, 0.03, 5, 5, -0.01, 1, 0);

it('measures how far cloth stands off the nearest skin, along its normal', () => {
  const target = new Float32Array(3);
  measureClearances(garment, { part: 1, positions }, skin, target);
  expect(target[1]).toBeCloseTo(0.03, 6);
  expect(target[2]).toBeCloseTo(-0.01, 6);
});

it('takes cloth for loose where no skin is near, or none is known yet', () => {
  const target = new Float32Array(3);
  measureClearances(garment, { part: 1, positions }, skin, target);
  expect(target[0]).toBeGreaterThan(0.5);
  measureClearances(garment, { part: 1, positions }, null, target);
  for (const clearance of target) expect(clearance).toBeGreaterThan(0.5);
});

it('gives a value to each uniform that it declares, patched into the installed three.js', () => {
  const inputs = {
    classes: { uniform: { value: new Texture() }, isKnown: { value: true } },
    coarseClasses: { value: new Texture() },
    person: { value: new Texture() },
  };
  const material = new MeshBasicMaterial();
  material.onBeforeCompile = (shader) => reachOutline(shader, inputs);
  const { vertexShader, uniforms } = patchMaterial(material);
  for (const name of ['outlineClasses', 'areClassesKnown', 'outlineMask']) {
    expect(vertexShader).toContain(` ${name};`);
    expect(uniforms, name).toHaveProperty(name);
  }
});
