import type { WebGLProgramParametersWithUniforms } from 'three';
import type { GarmentManifest } from '../garment/garment.ts';
import { replaceOnce } from '../math/replace-once.ts';

/** Distance between two folds of single jersey of `JERSEY_WEIGHT`, metres. */
const JERSEY_FOLD_METRES = 0.042;
const JERSEY_WEIGHT = 160;
/** A fabric that stretches less is woven, per cent: it folds sharper than a knit. */
const KNIT_STRETCH = 10;
/** How dark the bottom of a fold is: the share of light that comes from all sides is 1 / (1 + this · its slope) there. */
const FOLD_SHADE = 0.6;

/** Returns the uniforms of `drawFolds` for a fabric. */
export function createFoldUniforms({ stretch, weight }: GarmentManifest['fabric']): Record<string, { value: number }> {
  const isKnit = stretch >= KNIT_STRETCH;
  // The length at which weight and bending stiffness balance; stiffness goes by the square of the weight.
  const metres = JERSEY_FOLD_METRES * Math.cbrt(weight / JERSEY_WEIGHT);
  return { foldWaveNumber: { value: (2 * Math.PI) / metres }, foldSharpness: { value: isKnit ? 0.15 : 0.55 } };
}

/** What the vertex shader gives to the fragment shader: phases and slopes along the sums and differences of axes. */
const varyings = /* glsl */ `
  varying vec3 foldPhasesA;
  varying vec3 foldPhasesB;
  varying vec3 foldSlopesA;
  varying vec3 foldSlopesB;
  varying vec3 posedX;
  varying vec3 posedY;
  varying vec3 posedZ;`;

/**
 * Patches a lit shader so that cloth lies in folds where it is pushed together: waves on the six `foldAxes`, as steep as
 * the attributes `foldsA` (axes 0 to 2) and `foldsB` (3 to 5) say. The waves are fixed to the cloth: their phases are
 * those of the attribute `modelledPlace`, the vertex's place in the file, metres. Call it after `poseVertices`.
 *
 * 1. The vertex shader bends the waves' crests, and lets each wave come and go, so that folds begin and end.
 * 2. The fragment shader tilts the normal by the sum of the slopes, and darkens the bottoms of the folds. Waves that are
 *    finer than two pixels fade out.
 */
export function drawFolds(
  shader: WebGLProgramParametersWithUniforms,
  uniforms: Record<string, { value: number }>,
): void {
  Object.assign(shader.uniforms, uniforms);
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>
      attribute vec3 modelledPlace;
      attribute vec3 foldsA;
      attribute vec3 foldsB;
      uniform float foldWaveNumber;
      ${varyings}`,
    ),
    '#include <project_vertex>',
    `#include <project_vertex>
      vec3 foldPlace = foldWaveNumber * modelledPlace;
      vec3 sums = foldPlace + foldPlace.yzx;
      vec3 differences = foldPlace - foldPlace.yzx;
      foldPhasesA = sums * vec3(0.93, 0.7, 0.59) + 1.8 * sin(0.33 * differences.yzx + vec3(0.0, 2.0, 4.0));
      foldPhasesB = differences * vec3(0.81, 0.63, 0.87) + 1.8 * sin(0.29 * sums.zxy + vec3(1.0, 3.0, 5.0));
      foldSlopesA = foldsA * 1.3 * smoothstep(-0.9, 1.1,
        sin(0.31 * differences.zxy + vec3(2.0, 0.0, 1.0)) + 0.5 * sin(0.23 * sums + vec3(1.0, 5.0, 3.0)));
      foldSlopesB = foldsB * 1.3 * smoothstep(-0.9, 1.1,
        sin(0.27 * sums.yzx + vec3(5.0, 3.0, 2.0)) + 0.5 * sin(0.21 * differences + vec3(4.0, 2.0, 0.0)));
      posedX = vec3(poseRowX.x, poseRowY.x, poseRowZ.x);
      posedY = vec3(poseRowX.y, poseRowY.y, poseRowZ.y);
      posedZ = vec3(poseRowX.z, poseRowY.z, poseRowZ.z);`,
  );
  shader.fragmentShader = replaceOnce(
    replaceOnce(
      replaceOnce(
        shader.fragmentShader,
        '#include <common>',
        `#include <common>
        uniform float foldSharpness;
        ${varyings}`,
      ),
      '#include <normal_fragment_maps>',
      `#include <normal_fragment_maps>
      vec3 foldPixelsA = fwidth(foldPhasesA);
      vec3 foldPixelsB = fwidth(foldPhasesB);
      float foldDepth = 0.0;
      if (dot(foldSlopesA + foldSlopesB, vec3(1.0)) > 0.01) {
        vec3 slopesA = foldSlopesA * (1.0 - smoothstep(1.0, 3.0, foldPixelsA));
        vec3 slopesB = foldSlopesB * (1.0 - smoothstep(1.0, 3.0, foldPixelsB));
        vec3 heightsA = cos(foldPhasesA);
        vec3 heightsB = cos(foldPhasesB);
        vec3 a = slopesA * sin(foldPhasesA) / (1.0 - foldSharpness * heightsA);
        vec3 b = slopesB * sin(foldPhasesB) / (1.0 - foldSharpness * heightsB);
        // Each axis is the sum or difference of two of x, y and z.
        vec3 rise = a + a.zxy + b - b.zxy;
        vec3 tilt = posedX * rise.x + posedY * rise.y + posedZ * rise.z;
        normal = normalize(normal + faceDirection * (tilt - normal * dot(normal, tilt)));
        foldDepth = 0.5 * (dot(slopesA, 1.0 - heightsA) + dot(slopesB, 1.0 - heightsB));
      }`,
    ),
    '#include <lights_fragment_end>',
    `#include <lights_fragment_end>
      float foldOpenness = 1.0 / (1.0 + ${FOLD_SHADE} * foldDepth);
      reflectedLight.indirectDiffuse *= foldOpenness;
      reflectedLight.directDiffuse *= mix(1.0, foldOpenness, 0.5);`,
  );
}
