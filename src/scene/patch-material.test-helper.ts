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

/** A material's shader after its patch. */
interface PatchedShader {
  /** Name → the uniform that the patch has added. */
  uniforms: Record<string, { value: unknown }>;
  /** GLSL of both shaders, with the chunks of three.js inserted. */
  vertexShader: string;
  fragmentShader: string;
}

/**
 * Applies a material's patch (`onBeforeCompile`) to the shader that the installed three.js has for the material, as
 * three.js's renderer does.
 *
 * @param change changes three.js's source before the patch, as an upgrade of three.js might.
 */
export function patchMaterial(material: Material, change = (text: string): string => text): PatchedShader {
  const { vertexShader, fragmentShader } = ShaderLib[findShaderName(material)];
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

/**
 * Expects `source` to contain each of `texts`, with the first occurrences in this order. Any run of blanks and line
 * ends in `source` counts as one blank.
 */
export function expectInOrder(source: string, texts: readonly string[]): void {
  const line = source.replace(/\s+/g, ' ');
  let previous = -1;
  for (const text of texts) {
    const index = line.indexOf(text);
    expect(index, `index of "${text}"`).toBeGreaterThan(previous);
    previous = index;
  }
}

/** Name of three.js's shader for a material, in `ShaderLib`. */
function findShaderName(material: Material): 'physical' | 'basic' | 'depth' {
  if (material instanceof MeshStandardMaterial) return 'physical';
  if (material instanceof MeshBasicMaterial) return 'basic';
  if (material instanceof MeshDepthMaterial) return 'depth';
  throw new TypeError(`this helper knows no shader for ${material.type}: add the material's class`);
}

/** Replaces each `#include <chunk>` by the chunk's source, chunks within chunks too. */
function insertChunks(text: string): string {
  return text.replace(/#include <(\w+)>/g, (_, name: keyof typeof ShaderChunk) => insertChunks(ShaderChunk[name]));
}
