import type { Texture, WebGLProgramParametersWithUniforms } from 'three';
import { replaceOnce } from '../math/replace-once.ts';

/** What is behind the person, sRGB. Textures span the picture, their first row at the bottom. */
export interface Backdrop {
  /** Background that was seen; alpha is how well it is known, 0..1. */
  plate: { value: Texture | null };
  /** Background that is guessed from around the person. */
  behind: { value: Texture | null };
  /** Whether it is known, and replaces own clothes. */
  isKnown: { value: boolean };
  /** Whether it does so in the picture that is drawn: a picture of the garments alone has no background. */
  isShown: { value: boolean };
}

/**
 * Patches a shader of cloth so that pixels of the garment's outline mix cloth with the background, and never with the
 * camera's pixel, which shows own clothes there. Apply it after `reachOutline` and after all that changes the colour of
 * cloth; the colour has sRGB values by then.
 */
export function showBackdrop(shader: WebGLProgramParametersWithUniforms, { plate, behind }: Backdrop): void {
  Object.assign(shader.uniforms, { backgroundPlate: plate, behindPerson: behind });
  shader.fragmentShader = replaceOnce(
    replaceOnce(
      shader.fragmentShader,
      '#include <common>',
      `#include <common>
      uniform sampler2D backgroundPlate;
      uniform sampler2D behindPerson;`,
    ),
    '#include <colorspace_fragment>',
    `#include <colorspace_fragment>
      for (float done = clothShare; isBackdropShown && done < 1.0; done += 1.0) {
        vec2 place = vec2(clothUv.x, 1.0 - clothUv.y);
        vec4 known = texture2D(backgroundPlate, place);
        vec3 background = mix(texture2D(behindPerson, place).rgb, known.rgb, smoothstep(0.6, 0.95, known.a));
        gl_FragColor.rgb = mix(background, gl_FragColor.rgb, clothShare);
      }`,
  );
}
