import type { WebGLProgramParametersWithUniforms } from 'three';
import { replaceOnce } from '../math/replace-once.ts';

/** Linear value of a channel from which cameras' tone curves ease into white. Below it a colour stays as it is. */
const KNEE = 0.7;

/**
 * Patches a lit shader so that bright cloth eases into white as a camera's tone curve does, and is never cut off: folds
 * of a white garment in bright light would vanish, and it would look like paper. The slope is 1 at `KNEE`, and white is
 * reached in infinite light.
 */
export function easeIntoWhite(shader: WebGLProgramParametersWithUniforms): void {
  shader.fragmentShader = replaceOnce(
    shader.fragmentShader,
    '#include <opaque_fragment>',
    `outgoingLight = min(outgoingLight, ${KNEE}) +
      ${(1 - KNEE).toFixed(2)} * (1.0 - exp(-max(outgoingLight - ${KNEE}, 0.0) / ${(1 - KNEE).toFixed(2)}));
    #include <opaque_fragment>`,
  );
}
