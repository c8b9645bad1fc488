import { MeshStandardMaterial } from 'three';
import { describe, expect, it } from 'vitest';
import { createClothMaterial } from './cloth-material.ts';
import { createClothSupport } from './create-cloth-support.test-helper.ts';
import { createFoldUniforms } from './draw-folds.ts';
import { expectInOrder, patchMaterial } from './patch-material.test-helper.ts';

describe('the folds of cloth', () => {
  it('tilt the normal before it is lit, and darken the light, patched into the installed three.js', () => {
    const support = createClothSupport();
    const fabric = { stretch: 20, weight: 160 };
    const { vertexShader, fragmentShader, uniforms } = patchMaterial(
      createClothMaterial(new MeshStandardMaterial(), support, fabric),
    );
    expectInOrder(vertexShader, ['attribute vec3 foldsA;', 'void main()', 'foldPlace =', 'foldSlopesB =']);
    expectInOrder(fragmentShader, [
      'varying vec3 foldPlace;',
      'vec3 normal = normalize( vNormal )',
      'normal = tiltNormal(normal, faceDirection * foldRise)',
      'reflectedLight.indirectDiffuse *= foldOpenness',
      'vec3 totalDiffuse = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse',
    ]);
    expect(uniforms).toMatchObject(createFoldUniforms(fabric));
  });

  it('are farther apart in heavier cloth, and sharper in a woven fabric than in a knit', () => {
    const of = (stretch: number, weight: number) => createFoldUniforms({ stretch, weight });
    expect(of(20, 400).foldWaveNumber.value).toBeLessThan(of(20, 160).foldWaveNumber.value);
    expect(of(2, 160).foldSharpness.value).toBeGreaterThan(of(20, 160).foldSharpness.value);
  });
});
