import { ShaderChunk, type Texture, type WebGLProgramParametersWithUniforms } from 'three';
import { replaceOnce } from '../math/replace-once.ts';

/**
 * Patches a lit shader of cloth so that it is drawn in the light that the picture shows (`SeenLight`). Where that is
 * sure, the shadow map does not darken the cloth: the picture has these shadows already. Apply it after
 * `ObstacleSight.discardHidden`, whose variable `clothUv` tells the place in the picture, from the top.
 *
 * @param seenLight texture of `SeenLight`.
 */
export function applySeenLight(shader: WebGLProgramParametersWithUniforms, seenLight: { value: Texture }): void {
  shader.uniforms.seenLight = seenLight;
  const lights = replaceOnce(
    ShaderChunk.lights_fragment_begin,
    'directionalLightShadow.shadowIntensity',
    'directionalLightShadow.shadowIntensity * (1.0 - seenLightHere.g)',
  );
  shader.fragmentShader = replaceOnce(
    replaceOnce(
      replaceOnce(shader.fragmentShader, '#include <common>', '#include <common>\nuniform sampler2D seenLight;'),
      '#include <lights_fragment_begin>',
      `vec2 seenLightHere = texture2D(seenLight, vec2(clothUv.x, 1.0 - clothUv.y)).rg;\n${lights}`,
    ),
    '#include <lights_fragment_end>',
    `#include <lights_fragment_end>
      float seenShare = exp(seenLightHere.r);
      reflectedLight.directDiffuse *= seenShare;
      reflectedLight.indirectDiffuse *= seenShare;`,
  );
}
