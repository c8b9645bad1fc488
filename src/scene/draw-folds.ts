import type { WebGLProgramParametersWithUniforms } from 'three';
import type { GarmentManifest } from '../garment/garment.ts';
import { replaceOnce } from '../math/replace-once.ts';

/**
 * Distance between two folds of single jersey of `JERSEY_WEIGHT`, metres: some two edges of the simulated mesh, whose own
 * folds are longer. With 0.042 cloth in a lap looks like crumpled foil.
 */
const JERSEY_FOLD_METRES = 0.06;
const JERSEY_WEIGHT = 160;
/** A fabric that stretches less is woven, per cent: it folds sharper than a knit. */
const KNIT_STRETCH = 10;
/** How sharp crests are: 0 is a sine, near 1 a crease. */
const SHARPNESS = { knit: 0.15, woven: 0.55 };
/** How dark the bottom of a fold is: the share of light that comes from all sides is 1 / (1 + this · its slope) there. */
const FOLD_SHADE = 0.3;

/** Returns the uniforms of `drawFolds` for a fabric. */
export function createFoldUniforms({ stretch, weight }: GarmentManifest['fabric']): Record<string, { value: number }> {
  const isKnit = stretch >= KNIT_STRETCH;
  // The length at which weight and bending stiffness balance; stiffness goes by the square of the weight.
  const metres = JERSEY_FOLD_METRES * Math.cbrt(weight / JERSEY_WEIGHT);
  return {
    foldWaveNumber: { value: (2 * Math.PI) / metres },
    foldSharpness: { value: isKnit ? SHARPNESS.knit : SHARPNESS.woven },
  };
}

/**
 * Wave numbers on the sums and differences of axes, as shares of the fabric's. Like the other frequencies and phases in
 * the shader, they are multiples of each other nowhere, so that the pattern does not repeat on a garment.
 */
const WAVES_A = 'vec3(0.93, 0.7, 0.59)';
const WAVES_B = 'vec3(0.81, 0.63, 0.87)';
/** By how much crests bend to both sides of a straight line, radians of the wave. With twice of it they break into dents. */
const CREST_BEND = 0.9;
/**
 * Slopes s are eased to s / (1 + this · s): cloth that is pushed together a lot makes folds that are large enough for the
 * mesh, and waves as steep as all of it look like dark dimples.
 */
const EASING = 0.8;
/** Largest factor on the slopes, where a wave is at its strongest: folds take turns, and the mean is about half of it. */
const WAVE_STRENGTH = 1.5;

/** What the vertex shader gives to the fragment shader. */
const varyings = /* glsl */ `
  uniform float foldWaveNumber;
  varying vec3 foldPlace;
  varying vec3 foldSlopesA;
  varying vec3 foldSlopesB;`;

/**
 * Patches a lit shader so that cloth lies in folds where it is pushed together: waves on the six `foldAxes`, as steep as
 * the attributes `foldsA` (axes 0 to 2) and `foldsB` (3 to 5) say. The waves are fixed to the cloth: their phases are
 * those of the attribute `modelledPlace`, the vertex's place in the file, metres.
 *
 * 1. The vertex shader lets each wave come and go, so that folds begin and end.
 * 2. The fragment shader bends the waves' crests, tilts the normal by the sum of the slopes, and darkens the bottoms of
 *    the folds. Waves that are finer than two pixels fade out.
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
      ${varyings}`,
    ),
    '#include <project_vertex>',
    `#include <project_vertex>
      foldPlace = foldWaveNumber * modelledPlace;
      vec3 sums = foldPlace + foldPlace.yzx;
      vec3 differences = foldPlace - foldPlace.yzx;
      foldSlopesA = foldsA / (1.0 + ${EASING} * foldsA) * ${WAVE_STRENGTH} * smoothstep(-0.9, 1.1,
        sin(0.31 * differences.zxy + vec3(2.0, 0.0, 1.0)) + 0.5 * sin(0.23 * sums + vec3(1.0, 5.0, 3.0)));
      foldSlopesB = foldsB / (1.0 + ${EASING} * foldsB) * ${WAVE_STRENGTH} * smoothstep(-0.9, 1.1,
        sin(0.27 * sums.yzx + vec3(5.0, 3.0, 2.0)) + 0.5 * sin(0.21 * differences + vec3(4.0, 2.0, 0.0)));`,
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
      vec3 placeToRight = dFdx(foldPlace);
      vec3 placeUpwards = dFdy(foldPlace);
      float foldDepth = 0.0;
      vec2 foldRise = vec2(0.0);
      if (dot(foldSlopesA + foldSlopesB, vec3(1.0)) > 0.005) {
        vec3 sums = foldPlace + foldPlace.yzx;
        vec3 differences = foldPlace - foldPlace.yzx;
        vec3 phasesA = sums * ${WAVES_A} + ${CREST_BEND} * sin(0.33 * differences.yzx + vec3(0.0, 2.0, 4.0));
        vec3 phasesB = differences * ${WAVES_B} + ${CREST_BEND} * sin(0.29 * sums.zxy + vec3(1.0, 3.0, 5.0));
        // By how much the phases of straight crests differ to the next pixel: across the crests they rise alike.
        vec3 toRightA = (placeToRight + placeToRight.yzx) * ${WAVES_A};
        vec3 toRightB = (placeToRight - placeToRight.yzx) * ${WAVES_B};
        vec3 upwardsA = (placeUpwards + placeUpwards.yzx) * ${WAVES_A};
        vec3 upwardsB = (placeUpwards - placeUpwards.yzx) * ${WAVES_B};
        vec3 slopesA = foldSlopesA * (1.0 - smoothstep(1.0, 3.0, abs(toRightA) + abs(upwardsA)));
        vec3 slopesB = foldSlopesB * (1.0 - smoothstep(1.0, 3.0, abs(toRightB) + abs(upwardsB)));
        vec3 heightsA = cos(phasesA);
        vec3 heightsB = cos(phasesB);
        // What the height loses over 1 radian of each wave, metres.
        vec3 fallA = slopesA * sin(phasesA) / ((1.0 - foldSharpness * heightsA) * foldWaveNumber * ${WAVES_A});
        vec3 fallB = slopesB * sin(phasesB) / ((1.0 - foldSharpness * heightsB) * foldWaveNumber * ${WAVES_B});
        foldRise = -vec2(
          dot(fallA, toRightA) + dot(fallB, toRightB),
          dot(fallA, upwardsA) + dot(fallB, upwardsB)
        );
        foldDepth = 0.5 * (dot(slopesA, 1.0 - heightsA) + dot(slopesB, 1.0 - heightsB));
      }
      normal = tiltNormal(normal, faceDirection * foldRise);`,
    ),
    '#include <lights_fragment_end>',
    `#include <lights_fragment_end>
      float foldOpenness = 1.0 / (1.0 + ${FOLD_SHADE} * foldDepth);
      reflectedLight.indirectDiffuse *= foldOpenness;
      reflectedLight.directDiffuse *= mix(1.0, foldOpenness, 0.5);`,
  );
}
