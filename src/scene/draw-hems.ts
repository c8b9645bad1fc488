import type { WebGLProgramParametersWithUniforms } from 'three';
import { replaceOnce } from '../math/replace-once.ts';

/** Distance of a hem's seam from the edge, metres: 2 cm, as on shirts. */
const SEAM_METRES = 0.02;
/** Half-width and depth of the groove that the thread pulls, metres. */
const GROOVE_METRES = 0.0016;
const GROOVE_DEPTH_METRES = 0.0008;
/** Share of the light that the groove takes away. */
const GROOVE_SHADE = 0.22;
/** Radius in which the cloth turns at the edge, where it is folded over, metres. */
const TURN_METRES = 0.003;

/**
 * Patches a lit shader so that cloth has a hem where it ends: a round edge, and a seam beside it. Geometry needs the
 * attribute `hemMetres`, the distance from the edge (`measureHems`). The fragment shader needs `tiltNormalGlsl`.
 */
export function drawHems(shader: WebGLProgramParametersWithUniforms): void {
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      '#include <common>\nattribute float hemMetres;\nvarying float fromEdgeMetres;',
    ),
    '#include <project_vertex>',
    '#include <project_vertex>\nfromEdgeMetres = hemMetres;',
  );
  shader.fragmentShader = replaceOnce(
    replaceOnce(
      replaceOnce(shader.fragmentShader, '#include <common>', '#include <common>\nvarying float fromEdgeMetres;'),
      '#include <normal_fragment_maps>',
      `#include <normal_fragment_maps>
      vec2 fromEdgeRise = vec2(dFdx(fromEdgeMetres), dFdy(fromEdgeMetres));
      float pixelMetres = length(fromEdgeRise);
      // Not narrower than a pixel, and then shallower.
      float grooveMetres = max(${GROOVE_METRES}, 0.7 * pixelMetres);
      float turnMetres = max(${TURN_METRES}, pixelMetres);
      float fromSeam = (fromEdgeMetres - ${SEAM_METRES}) / grooveMetres;
      float groove = ${GROOVE_METRES} / grooveMetres * exp(-fromSeam * fromSeam);
      float hemSlope =
        2.0 * fromSeam * groove * ${GROOVE_DEPTH_METRES} / ${GROOVE_METRES} +
        max(0.0, 1.0 - fromEdgeMetres / turnMetres);
      normal = tiltNormal(normal, faceDirection * hemSlope * fromEdgeRise);`,
    ),
    '#include <lights_fragment_end>',
    `#include <lights_fragment_end>
      reflectedLight.indirectDiffuse *= 1.0 - ${GROOVE_SHADE} * groove;
      reflectedLight.directDiffuse *= 1.0 - ${GROOVE_SHADE} * groove;`,
  );
}
