import {
  type Material,
  MeshBasicMaterial,
  MeshDepthMaterial,
  MeshStandardMaterial,
  ShaderChunk,
  ShaderLib,
  type WebGLProgramParametersWithUniforms,
  type WebGLRenderer,
} from 'three';
import { expect } from 'vitest';

interface PatchedShader {
  uniforms: Record<string, { value: unknown }>;
  /** GLSL with all chunks of three.js inserted. */
  vertexShader: string;
  fragmentShader: string;
}

/**
 * Applies a material's patch to the source of three.js's present shader of that material, as its renderer does.
 *
 * @param change a change to that source beforehand, as an upgrade might make it.
 */
export function patchMaterial(material: Material, change = (text: string): string => text): PatchedShader {
  const { vertexShader, fragmentShader } = ShaderLib[shaderOf(material)];
  const shader: PatchedShader = {
    uniforms: {},
    vertexShader: change(vertexShader),
    fragmentShader: change(fragmentShader),
  };
  material.onBeforeCompile(shader as unknown as WebGLProgramParametersWithUniforms, null as unknown as WebGLRenderer);
  return {
    ...shader,
    vertexShader: insertChunks(shader.vertexShader),
    fragmentShader: insertChunks(shader.fragmentShader),
  };
}

/** Expects each of `texts` once or more in `source`, the first occurrences in this order. */
export function expectInOrder(source: string, texts: readonly string[]): void {
  let previous = -1;
  for (const text of texts) {
    const index = source.indexOf(text);
    expect(index, `place of "${text}"`).toBeGreaterThan(previous);
    previous = index;
  }
}

function shaderOf(material: Material): 'physical' | 'basic' | 'depth' {
  if (material instanceof MeshStandardMaterial) return 'physical';
  if (material instanceof MeshBasicMaterial) return 'basic';
  if (material instanceof MeshDepthMaterial) return 'depth';
  throw new TypeError(`no shader known for ${material.type}`);
}

function insertChunks(text: string): string {
  return text.replace(/#include <(\w+)>/g, (_, name: keyof typeof ShaderChunk) => insertChunks(ShaderChunk[name]));
}
