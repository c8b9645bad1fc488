import type { Texture, WebGLProgramParametersWithUniforms } from 'three';
import type { Garment } from '../garment/garment.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { replaceOnce } from '../math/replace-once.ts';

/**
 * Farthest distance, metres, between the drawn cloth's outline and the person's outline in the picture at which they
 * are compared: the usual error of a solved body, and the thickness of clothes.
 */
const REACH_METRES = 0.03;
/** Distance of the person's outline from the skin, metres: the fabric of clothes that lie on the body. */
const OWN_CLOTHES_METRES = 0.002;
/** Clearance of cloth of which the nearest skin is not known, metres: loose. */
const UNKNOWN_CLEARANCE_METRES = 1;
/**
 * Cosines between the cloth's outward direction and the line of sight: up to the first a vertex is on the outline, and
 * from the second on it keeps its place. Between them the cloth is stretched evenly.
 */
const ON_OUTLINE = { from: 0.2, to: 0.6 };
/** Intervals of the search across the outline, from REACH_METRES within to REACH_METRES beyond. */
const INTERVALS = 8;
/** Coverage by the person, 0..1: inside the outline above `inside`, outside below `outside`. */
const COVERAGE = { outside: 0.2, either: 0.5, inside: 0.8 };

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
 * garment lies on the body. Vertices along the garment's outline search the picture's outline across it. Where the
 * clothes that are seen end is where the body ends, give or take their thickness, so that the garment has to end its
 * own clearance beyond that. The distance between the two is an error of the solved body, by which the vertex moves.
 * Without it a slim body leaves a rim of own clothes, and a wide one lets the garment look pasted.
 *
 * Loose cloth keeps its clearance. No garment is moved beyond the outline: the clothes that are seen may be loose. Where
 * the two are far apart nothing moves.
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
      float personAt(vec2 clip) {
        vec2 place = 0.5 + vec2(0.5, -0.5) * clip;
        if (!areClassesKnown) return texture2D(outlineMask, place).r;
        return min(1.0, dot(texture2D(outlineClasses, place), vec4(1.0)));
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
        float inside = personAt(middle - reach);
        float outside = personAt(middle + reach);
        onOutline *= smoothstep(${COVERAGE.either}, ${COVERAGE.inside}, inside)
          * (1.0 - smoothstep(${COVERAGE.outside}, ${COVERAGE.either}, outside));
        if (onOutline > 0.0) {
          float covered = 0.5 * (inside + outside);
          for (int i = 1; i < ${INTERVALS}; i++)
            covered += personAt(middle + (float(i) * ${(2 / INTERVALS).toFixed(4)} - 1.0) * reach);
          float toOutlineMetres = (covered * ${(2 / INTERVALS).toFixed(4)} - 1.0) * ${REACH_METRES};
          float wantedMetres = toOutlineMetres + clearanceMetres - ${OWN_CLOTHES_METRES};
          mvPosition.xy += across * onOutline
            * clamp(wantedMetres, -${REACH_METRES}, max(0.0, toOutlineMetres));
          gl_Position = projectionMatrix * mvPosition;
        }
      }`,
  );
}
