import { MeshBasicMaterial, Texture } from 'three';
import { expect, it } from 'vitest';
import { patchMaterial } from './patch-material.test-helper.ts';
import { reachOutline } from './reach-outline.ts';

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
