import type { Texture, WebGLProgramParametersWithUniforms } from 'three';
import type { Garment } from '../garment/garment.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { replaceOnce } from '../math/replace-once.ts';

/**
 * Farthest distance, metres, between the drawn cloth's outline and the person's outline in the picture at which they
 * are compared: the usual error of a solved body, and the thickness of clothes.
 */
const REACH_METRES = 0.03;
/** Share of REACH_METRES up to which cloth follows the picture's outline wholly; up to REACH_METRES it does so less. */
const WHOLLY = 0.7;
/** Distance of the person's outline from the skin where no cloth is seen, metres: the error of an outline. */
const BARE_METRES = 0.002;
/**
 * The clothes that are seen count as standing as far off the skin as the garment, at most by this, metres: a tee on
 * both sides of the comparison. Only a garment that is looser reaches beyond their outline.
 */
const OWN_CLEARANCE_METRES = 0.02;
/** Clearance of cloth of which the nearest skin is not known, metres: loose. */
const UNKNOWN_CLEARANCE_METRES = 1;
/**
 * Cosines between the cloth's outward direction and the line of sight: up to the first a vertex is on the outline, and
 * from the second on it keeps its place. Between them the cloth is stretched evenly.
 */
const ON_OUTLINE = { from: 0.2, to: 0.6 };
/** Intervals of the search across the outline, from REACH_METRES within to REACH_METRES beyond: of 5 mm. */
const INTERVALS = 12;
/** Coverage by the person, 0..1, at their outline. */
const OUTLINE_COVERAGE = 0.5;
/** Distance within the outline at which the picture tells clothes from bare skin, metres: beyond the edge's blur. */
const WITHIN_METRES = 0.006;
/** Shares of own clothes there, 0..1: below the first skin is seen, above the second clothes. */
const CLOTHED = { from: 0.3, to: 0.7 };

/** Inputs of `reachOutline`. Textures span the picture, their first row at the top. */
export interface OutlineInputs {
  /** `SharpClasses`: the sum of its channels is the coverage by the person. */
  classes: { uniform: { value: Texture }; isKnown: { value: boolean } };
  /** The person's mask: red is the coverage. Read where the frame has no classes. */
  person: { value: Texture };
}

/**
 * Computes the attribute `clearanceMetres` of cloth: how far each vertex stands off the skin.
 *
 * @param garment its binding tells each vertex's nearest vertex of the mannequin.
 * @param part number of the part, and its fitted vertices in the rest pose, 3 × vertices, metres.
 * @param skin the mannequin in the shopper's shape, rest pose: 3 × vertices, metres, and normals; null: not known yet.
 * @param target receives the distances, one per vertex, metres; below 0 inside the body.
 */
export function measureClearances(
  { binding: { firsts, weld, skinVertices } }: Pick<Garment, 'binding'>,
  { part, positions }: { part: number; positions: Float32Array },
  skin: Pick<MannequinShape, 'positions' | 'normals'> | null,
  target: Float32Array,
): void {
  for (let v = 0; v < target.length; v++) {
    const nearest = skinVertices[weld.welded[firsts[part] + v]];
    target[v] = UNKNOWN_CLEARANCE_METRES;
    if (!skin || nearest < 0) continue;
    target[v] = 0;
    for (let axis = 0; axis < 3; axis++) {
      const n = 3 * nearest + axis;
      target[v] += (positions[3 * v + axis] - skin.positions[n]) * skin.normals[n];
    }
  }
}

/**
 * Patches a shader of cloth so that the garment's outline agrees with the person's outline in the picture, where the
 * garment lies on the body. Vertices along the garment's outline search the picture's outline across it: the nearest
 * place where the person ends outwards, so that the gap between two legs has two. There the body ends, give or take
 * the clothes that are seen, and the garment has to end its own clearance beyond the body. The difference is an error
 * of the solved body, by which the vertex moves. Without it a slim body leaves a rim of own clothes, and a wide one lets
 * the garment look pasted.
 *
 * The picture does not tell how loose the own clothes are: they count as like the garment, which then ends where they
 * end. A garment that is looser than OWN_CLEARANCE_METRES reaches beyond them by the difference, and on bare skin it
 * keeps its whole clearance. No garment is moved beyond the outline. Where the two are far apart nothing moves.
 *
 * The geometry needs the attribute `clearanceMetres` (`measureClearances`). Apply it right before `shiftDepth`, whose
 * variable `posedOutward` it reads.
 */
export function reachOutline(shader: WebGLProgramParametersWithUniforms, { classes, person }: OutlineInputs): void {
  Object.assign(shader.uniforms, {
    outlineClasses: classes.uniform,
    areClassesKnown: classes.isKnown,
    outlineMask: person,
  });
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>
      attribute float clearanceMetres;
      uniform sampler2D outlineClasses;
      uniform sampler2D outlineMask;
      uniform bool areClassesKnown;
      vec2 placeOf(vec2 clip) { return 0.5 + vec2(0.5, -0.5) * clip; }
      float personAt(vec2 clip) {
        if (!areClassesKnown) return texture2D(outlineMask, placeOf(clip)).r;
        return min(1.0, dot(texture2D(outlineClasses, placeOf(clip)), vec4(1.0)));
      }
      // How far beyond \`middle\` the person ends, as a share of \`reach\`; 2 if they do not end within it.
      float findOutline(vec2 middle, vec2 reach) {
        float nearest = 2.0;
        float before = personAt(middle - reach);
        for (int i = 1; i <= ${INTERVALS}; i++) {
          float along = float(i) * ${(2 / INTERVALS).toFixed(4)} - 1.0;
          float here = personAt(middle + along * reach);
          if (before >= ${OUTLINE_COVERAGE} && here < ${OUTLINE_COVERAGE}) {
            float end = along - ${(2 / INTERVALS).toFixed(4)} * (${OUTLINE_COVERAGE} - here) / (before - here);
            if (abs(end) < abs(nearest)) nearest = end;
          }
          before = here;
        }
        return nearest;
      }`,
    ),
    '#include <project_vertex>',
    `#include <project_vertex>
      float facing = abs(dot(posedOutward, normalize(mvPosition.xyz)));
      float onOutline = 1.0 - smoothstep(${ON_OUTLINE.from}, ${ON_OUTLINE.to}, facing);
      if (onOutline > 0.0) {
        vec2 across = normalize(posedOutward.xy + 1e-6);
        vec2 middle = gl_Position.xy / gl_Position.w;
        vec4 beyond = projectionMatrix * (mvPosition + vec4(${REACH_METRES} * across, 0.0, 0.0));
        vec2 reach = beyond.xy / beyond.w - middle;
        float end = findOutline(middle, reach);
        onOutline *= 1.0 - smoothstep(${WHOLLY}, 1.0, abs(end));
        if (onOutline > 0.0) {
          vec2 within = middle + (end - ${(WITHIN_METRES / REACH_METRES).toFixed(3)}) * reach;
          vec2 own = areClassesKnown ? texture2D(outlineClasses, placeOf(within)).ba : vec2(1.0, 0.0);
          float ownClearance = mix(${BARE_METRES}, clamp(clearanceMetres, ${BARE_METRES}, ${OWN_CLEARANCE_METRES}),
            smoothstep(${CLOTHED.from}, ${CLOTHED.to}, own.x + own.y));
          float toOutlineMetres = end * ${REACH_METRES};
          float wantedMetres = toOutlineMetres + max(0.0, clearanceMetres - ownClearance);
          mvPosition.xy += across * onOutline
            * clamp(wantedMetres, -${REACH_METRES}, max(0.0, toOutlineMetres));
          gl_Position = projectionMatrix * mvPosition;
        }
      }`,
  );
}
