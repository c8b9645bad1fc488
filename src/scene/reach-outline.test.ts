import { MeshBasicMaterial } from 'three';
import { expect, it } from 'vitest';
import { createOutlineInputs } from './create-outline-inputs.test-helper.ts';
import { patchMaterial } from './patch-material.test-helper.ts';
import { reachOutline } from './reach-outline.ts';
import { showBackdrop } from './show-backdrop.ts';

it('gives a value to each uniform that it declares, patched into the installed three.js', () => {
  const inputs = createOutlineInputs();
  const material = new MeshBasicMaterial();
  material.onBeforeCompile = (shader) => {
    reachOutline(shader, inputs);
    showBackdrop(shader, inputs.backdrop);
  };
  const { vertexShader, fragmentShader, uniforms } = patchMaterial(material);
  for (const name of ['outlineClasses', 'coarseClasses', 'personWeights', 'areClassesKnown', 'limbLines[5]']) {
    expect(vertexShader).toContain(` ${name};`);
    expect(uniforms, name).toHaveProperty([name.replace(/\[.*/, '')]);
  }
  for (const name of ['isBackdropKnown', 'isBackdropShown', 'backgroundPlate', 'behindPerson']) {
    expect(fragmentShader).toContain(` ${name};`);
    expect(uniforms, name).toHaveProperty(name);
  }
});
