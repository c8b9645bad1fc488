import {
  MeshStandardMaterial,
  ShaderChunk,
  ShaderLib,
  Texture,
  type WebGLProgramParametersWithUniforms,
  type WebGLRenderer,
} from 'three';
import { expect, it } from 'vitest';
import { createFlatMaterial } from './create-flat-material.ts';

/** three.js's present shader of the flat material, patched as its renderer patches it. */
function patchedFragmentShader(source: MeshStandardMaterial, fragmentShader = ShaderLib.basic.fragmentShader): string {
  const shader = { uniforms: {}, vertexShader: ShaderLib.basic.vertexShader, fragmentShader };
  createFlatMaterial(source, '#ffffff').onBeforeCompile(
    shader as unknown as WebGLProgramParametersWithUniforms,
    null as unknown as WebGLRenderer,
  );
  return shader.fragmentShader;
}

const cutByMap = new MeshStandardMaterial({ alphaTest: 0.5, map: new Texture() });

it("writes one colour where a map cuts, in three.js's present shader", () => {
  const text = patchedFragmentShader(cutByMap);
  const patch = text.indexOf('outgoingLight = diffuse;');
  expect(text.indexOf('uniform vec3 diffuse;')).toBeGreaterThanOrEqual(0);
  expect(text.indexOf('vec3 outgoingLight =')).toBeGreaterThanOrEqual(0);
  expect(text.indexOf('vec3 outgoingLight =')).toBeLessThan(patch);
  expect(ShaderChunk.opaque_fragment).toContain('gl_FragColor = vec4( outgoingLight,');
});

it('leaves the shader of a material without a cutting map as it is', () => {
  expect(patchedFragmentShader(new MeshStandardMaterial())).toBe(ShaderLib.basic.fragmentShader);
});

it('throws and names the text that an upgrade of three.js moved', () => {
  const include = '#include <opaque_fragment>';
  expect(() => patchedFragmentShader(cutByMap, ShaderLib.basic.fragmentShader.replace(include, ''))).toThrow(include);
});
