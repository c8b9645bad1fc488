import { ShaderLib, type WebGLProgramParametersWithUniforms } from 'three';
import { expect, it } from 'vitest';
import { easeIntoWhite } from './ease-into-white.ts';
import { expectInOrder } from './patch-material.test-helper.ts';

/** The patched fragment shader of the installed three.js. */
function patched(): string {
  const { vertexShader, fragmentShader } = ShaderLib.physical;
  const shader = { uniforms: {}, vertexShader, fragmentShader };
  easeIntoWhite(shader as unknown as WebGLProgramParametersWithUniforms);
  return shader.fragmentShader;
}

/** Evaluates the patch's formula for one channel. */
function ease(light: number): number {
  const formula = /outgoingLight = (min[^;]*);/.exec(patched())?.[1] ?? '';
  const run = new Function('outgoingLight', 'min', 'max', 'exp', `return ${formula}`);
  return run(light, Math.min, Math.max, Math.exp);
}

it('changes the light after all lamps and before the colour of the pixel', () => {
  expectInOrder(patched(), ['#include <lights_fragment_end>', 'outgoingLight = min(', '#include <opaque_fragment>']);
});

it('keeps middle tones, and keeps differences in light that is brighter than white', () => {
  for (const light of [0, 0.2, 0.5, 0.7]) expect(ease(light)).toBeCloseTo(light, 6);
  for (let light = 0.7; light < 2; light += 0.1) {
    expect(ease(light + 0.1)).toBeGreaterThan(ease(light));
    expect(ease(light)).toBeLessThan(1);
  }
  // No crease in the curve.
  expect((ease(0.701) - ease(0.7)) / 0.001).toBeCloseTo(1, 2);
});
