import type { WebGLProgramParametersWithUniforms } from 'three';
import { replaceOnce } from '../math/replace-once.ts';
import { type BareLimbs, bareLimbsGlsl } from './bare-limbs.ts';
import { type BoneShifts, boneShiftsGlsl } from './bone-shifts.ts';
import { LEAST_COVERAGE } from './obstacle-sight.ts';
import { personGlsl } from './person-glsl.ts';
import type { PersonOutline } from './person-outline.ts';
import type { Backdrop } from './show-backdrop.ts';

/**
 * Lets garments end where the picture shows that the person ends. Input: cloth posed in camera space (metres), its
 * clearance from the skin, and the person's outline in the picture. Output: a patch for the shaders of cloth.
 *
 * 1. In the vertex shader, vertices along the garment's outline search the picture's outline and move to it.
 * 2. In the fragment shader, tight cloth ends in a smooth, soft edge at the person's outline. Beyond it the mesh of the
 *    cloth shows the background in place of own clothes (`showBackdrop`).
 */

/**
 * Farthest distances, metres, at which the picture's outline is searched from the drawn cloth's outline: towards the
 * body, where cloth hangs lower between the legs than it does in the picture, and away from it. They are the usual
 * error of a solved body, and the thickness of clothes.
 */
const REACH_METRES = { inwards: 0.05, outwards: 0.05 };
/** Step of the search, metres. */
const STEP_METRES = 0.005;
const STEPS = Math.round((REACH_METRES.inwards + REACH_METRES.outwards) / STEP_METRES);
/** Result of the search that found no outline, metres. */
const NOT_FOUND_METRES = 1;
/**
 * Distances, metres, up to which cloth follows the picture's outline wholly. From there to the whole reach it does so ever
 * less, slowly outwards: a vertex beside one that finds no outline must not stick out like a tooth.
 */
const WHOLLY_METRES = { inwards: 0.035, outwards: 0.02 };
/**
 * Skin, 0..1, beyond which the search outwards ends: an arm lies beside the cloth, and its outline is not the cloth's.
 * Bare skin of the trunk does not end the search from cloth of the trunk, which goes on with it.
 */
const SKIN_BESIDE = 0.5;
/** Share of a vertex's bones from which it is cloth of the trunk. */
const OF_TRUNK = 0.5;
/** Distance of the person's outline from the skin where the skin is bare or clothes are tight, metres: a jersey's thickness. */
const BARE_METRES = 0.002;
/**
 * Distance, metres, by which own clothes stand off farther than the garment (`BoneShifts`) at which half of it is left
 * out. Below, it is as likely an error of the solved body. Clothes that are like the garment differ from it by 5 mm;
 * with a suit or wide trousers under it the garment ends 10 to 20 mm within them.
 */
const LOOSER_METRES = 0.012;
/** How fast the share that is left out rises there. */
const LOOSER_POWER = 4;
/** Tightness of own clothes (`BoneShifts`) up to which they count as like the garment, and from which as tight. */
const TIGHT = { from: 0.5, to: 0.9 };
/** From and up to this tightness, 0..1, cloth beyond the person's outline has an edge of its own, without a rim. */
const NO_RIM = { from: 0.1, to: 0.4 };
/** From this tightness on, 0..1, the place at which cloth is cut moves outwards; beyond the second it is not cut. */
const UNCUT = { from: 0.4, to: 0.7 };
/** How far it moves, metres: less than the breadth of a wrist, across which the place must not lie. */
const UNCUT_METRES = 0.02;
/**
 * Farthest distance, metres, at which cloth follows the picture beyond the outline that fits all bones (`BoneShifts`):
 * the usual folds of clothes. What sticks out farther is a lump of own clothes, a collar's tip, another part's outline.
 */
const LUMP_METRES = 0.006;
/** Distances within the person's outline, metres, from which and up to which cloth ends in an edge of its own. */
const WITHIN_PERSON_METRES = { from: 0.002, to: 0.006 };
/** Distance beyond the picture's outline to which tight cloth reaches, metres: all of the outline's soft edge. */
const EDGE_METRES = 0.003;
/**
 * Distance beyond it to which the mesh of tight cloth reaches, texels of the coarse classes: the error of their outline,
 * and the camera's own blur. There the picture mixes own clothes with the background.
 */
const RIM_TEXELS = 2;
/** Only vertices on the very outline reach that far, by the cosine of `ON_OUTLINE`: the cloth itself is not stretched. */
const ON_RIM = { from: 0.1, to: 0.3 };
/**
 * Cosines between the cloth's outward direction and the line of sight: up to the first a vertex is on the outline, and
 * from the second on it keeps its place. Between them the cloth is stretched evenly.
 */
const ON_OUTLINE = { from: 0.3, to: 0.8 };
/** Cosine of `ON_OUTLINE` from which cloth on the far side of the body is behind all skin. */
const FAR_SIDE_COSINE = 0.3;
/** Cloth that faces the camera by a cosine below the first is cut at the outline, above the second it never is. */
const CUT_COSINE = { from: 0.75, to: 0.9 };
/** Blurred coverage, 0..1, below which the person is farther than the blur reaches, and from which they are within it. */
const NEAR_COVERAGE = { from: 0.05, to: 0.25 };
/** From this distance from the person on, metres, cloth is not cut: the picture does not show them where they are. */
const ELSEWHERE_METRES = 0.12;
/** Coverage by the person, 0..1, at their outline. */
const OUTLINE_COVERAGE = 0.5;
/** Radius in which the outline is smoothed, texels of the coarse classes: their noise makes it serrated by a texel. */
const SMOOTH_TEXELS = 0.7;
const SMOOTH_SAMPLES = 12;
/** Smoothed coverage by the person from which and up to which tight cloth fades: as soft as the camera draws an edge. */
const EDGE_COVERAGE = { from: 0.2, to: 0.8 };
/**
 * The same where the background is not known: cloth then covers all pixels of the edge. Beside cloth that fades there
 * the camera's pixels would show a rim of own clothes.
 */
const WIDE_COVERAGE = { from: 0.05, to: 0.5 };
/** Blurred coverage by the person from which the outline is farther than the blur reaches. */
const WHOLLY_WITHIN = 0.98;
/**
 * Distance within the outline at which the picture tells clothes from bare skin, and over which it is blurred, metres:
 * where own clothes end above bare skin the outline changes without a step.
 */
const WITHIN_METRES = 0.01;
/** Shares of skin and hair there, 0..1: below the first clothes are seen, above the second bare skin. */
const BARE = { from: 0.3, to: 0.7 };

/** Inputs of `reachOutline`: where the person is, where their arms and neck are, and what is behind them. */
export type OutlineInputs = PersonOutline['uniforms'] &
  BareLimbs['uniforms'] &
  BoneShifts['uniforms'] & { backdrop: Backdrop };

/**
 * Patches a shader of cloth so that the garment's outline agrees with the person's outline in the picture, where the
 * garment lies on the body. Vertices along the garment's outline search the picture's outline across it: the nearest
 * place where the person ends outwards, so that the gap between two legs has two. There the body ends, give or take
 * the clothes that are seen, and the garment has to end its own clearance beyond the body. The difference is an error
 * of the solved body, by which the vertex moves. Without it a slim body leaves a rim of own clothes, and a wide one lets
 * the garment look pasted. Cloth that bridges a gap between moved vertices, and the pixels of the outline itself, are
 * left to the fragment shader: there tight cloth covers as much of a pixel as the person does. Beyond, as far as the
 * picture may show own clothes, the cloth's mesh shows the background (`showBackdrop`).
 *
 * How far beyond the person's outline the garment ends depends on what is seen there. Over bare skin it ends by its
 * own clearance beyond. Own clothes count as like the garment, which then ends where they end, but for two cases
 * (`BoneShifts`): over tight ones it ends as over bare skin, and within those that stand off much farther it ends where
 * it would hang. Beyond tight clothes and skin loose cloth is in front of the background, and simply drawn. Where person
 * and garment are far apart nothing moves.
 *
 * What sticks out beyond the outline that fits all bones by more than folds do is not followed. There the garment has an
 * edge of its own, and own clothes beside it are erased.
 *
 * The geometry needs the attribute `clearanceMetres` (`GarmentFit.clearances`). Apply it right before `shiftDepth`, whose
 * variable `posedOutward` it reads, after `BodyBones.poseVertices`, whose attributes it reads, and after `ObstacleSight.discardHidden`, whose variables `clothUv` and
 * `clothCoverage` it uses.
 */
export function reachOutline(shader: WebGLProgramParametersWithUniforms, { backdrop, ...person }: OutlineInputs): void {
  Object.assign(shader.uniforms, person, {
    isBackdropKnown: backdrop.isKnown,
    isBackdropShown: backdrop.isShown,
  });
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>
      attribute float clearanceMetres;
      ${personGlsl}
      ${bareLimbsGlsl}
      ${boneShiftsGlsl}
      vec2 placeOf(vec2 clip) { return 0.5 + vec2(0.5, -0.5) * clip; }
      float personAt(vec2 clip) { return coverageOf(classesAt(placeOf(clip))); }
      // How far beyond \`middle\` the person ends, metres; \`perMetre\`: clip space for a metre away from the body; \`depth\`:
      // the vertex's, metres.
      float findOutline(vec2 middle, vec2 perMetre, bool isTrunk, float depth) {
        vec2 rays = 1.0 / vec2(projectionMatrix[0][0], projectionMatrix[1][1]);
        float nearest = ${glsl(NOT_FOUND_METRES)};
        float before = personAt(middle - ${glsl(REACH_METRES.inwards)} * perMetre);
        for (int i = 1; i <= ${STEPS}; i++) {
          float metres = float(i) * ${glsl(STEP_METRES)} - ${glsl(REACH_METRES.inwards)};
          vec2 clip = middle + metres * perMetre;
          vec4 seen = classesAt(placeOf(clip));
          if (areClassesKnown && metres > 0.0 && seen.g > ${SKIN_BESIDE} && !(isTrunk && !isLimbAt(clip * rays, depth)))
            break;
          float here = coverageOf(seen);
          if (before >= ${OUTLINE_COVERAGE} && here < ${OUTLINE_COVERAGE}) {
            float end = metres - ${glsl(STEP_METRES)} * (${OUTLINE_COVERAGE} - here) / (before - here);
            if (abs(end) < abs(nearest)) nearest = end;
          }
          before = here;
        }
        return nearest;
      }`,
    ),
    '#include <project_vertex>',
    `#include <project_vertex>
      outlineFacing = dot(posedOutward, normalize(mvPosition.xyz));
      float onOutline = 1.0 - smoothstep(${glsl(ON_OUTLINE.from)}, ${glsl(ON_OUTLINE.to)}, abs(outlineFacing));
      vec2 across = normalize(posedOutward.xy + 1e-6);
      vec2 middle = gl_Position.xy / gl_Position.w;
      vec4 beyond = projectionMatrix * (mvPosition + vec4(${glsl(STEP_METRES)} * across, 0.0, 0.0));
      vec2 perMetre = (beyond.xy / beyond.w - middle) / ${glsl(STEP_METRES)};
      sidesPerMetre = 0.5 * projectionMatrix[1][1] / gl_Position.w;
      bool isTrunk = trunkShare(boneIndices, boneWeights) > ${OF_TRUNK};
      float end = onOutline > 0.0 ? findOutline(middle, perMetre, isTrunk, -mvPosition.z) : ${glsl(NOT_FOUND_METRES)};
      onOutline *= end > 0.0
        ? 1.0 - smoothstep(${glsl(WHOLLY_METRES.outwards)}, ${glsl(REACH_METRES.outwards)}, end)
        : 1.0 - smoothstep(${glsl(WHOLLY_METRES.inwards)}, ${glsl(REACH_METRES.inwards)}, -end);
      // Where no outline was found, what is seen around decides; where there is nothing, the cloth keeps its place.
      vec4 seen = vec4(0.0, 1.0, 0.0, 0.0);
      if (areClassesKnown) {
        seen = onOutline > 0.0
          ? classesAround(placeOf(middle + (end - ${glsl(WITHIN_METRES)}) * perMetre), ${glsl(WITHIN_METRES)})
          : classesAround(placeOf(middle), ${glsl(REACH_METRES.inwards)});
        seen /= max(coverageOf(seen), 0.01);
        if (coverageOf(seen) < ${OUTLINE_COVERAGE}) seen.g = 1.0;
      }
      float isBare = smoothstep(${BARE.from}, ${BARE.to}, seen.r + seen.g);
      vec2 isTight = smoothstep(${TIGHT.from}, ${TIGHT.to}, ownTightness);
      float tight = mix(dot(isTight, seen.ba) / max(seen.b + seen.a, 0.01), 1.0, isBare);
      vec4 shift = shiftOf(boneIndices, boneWeights);
      float looser = (1.0 - isBare) * shift.w;
      // How far the outline that fits all bones is beyond the garment's, and the garment's beyond the person's in the end.
      float fitted = dot(shift.xy, across) + shift.z * length(posedOutward.xy) + looser - tight * clearanceMetres;
      float leftOut = 1.0 - 1.0 / (1.0 + pow(abs(looser) / ${glsl(LOOSER_METRES)}, ${glsl(LOOSER_POWER)}));
      float standOff = tight * max(0.0, clearanceMetres - ${glsl(BARE_METRES)}) - leftOut * looser;
      isUncut = smoothstep(${UNCUT.from}, ${UNCUT.to}, tight);
      looseUv = 0.5 * (max(0.0, standOff) + ${glsl(UNCUT_METRES)} * isUncut) * perMetre * vec2(1.0, -1.0);
      if (onOutline > 0.0) {
        float smoothEnd = min(end, fitted + ${glsl(LUMP_METRES)}) + min(0.0, standOff);
        float movedMetres = clamp(smoothEnd + max(${EDGE_METRES}, standOff),
          -${glsl(REACH_METRES.inwards)}, max(0.0, end) + ${EDGE_METRES});
        movedMetres += ${glsl(RIM_TEXELS)} * metresPerTexel() * (1.0 - smoothstep(${NO_RIM.from}, ${NO_RIM.to}, tight))
          * (1.0 - smoothstep(${glsl(WITHIN_PERSON_METRES.from)}, ${glsl(WITHIN_PERSON_METRES.to)}, end - smoothEnd))
          * (1.0 - smoothstep(${ON_RIM.from}, ${ON_RIM.to}, abs(outlineFacing)));
        mvPosition.xy += across * onOutline * movedMetres;
        gl_Position = projectionMatrix * mvPosition;
      }`,
  );
  shader.fragmentShader = replaceOnce(
    replaceOnce(
      shader.fragmentShader,
      '#include <common>',
      `#include <common>
      ${personGlsl}
      uniform bool isBackdropKnown;
      uniform bool isBackdropShown;
      // Coverage by the person around a place, without the noise along their outline.
      float smoothCoverage(vec2 place) {
        vec2 radius = ${SMOOTH_TEXELS} / vec2(textureSize(coarseClasses, 0));
        float sum = coverageOf(classesAt(place));
        for (int i = 0; i < ${SMOOTH_SAMPLES}; i++) {
          // Even spread over the disc by the golden angle: https://en.wikipedia.org/wiki/Fermat%27s_spiral
          float angle = 2.399963 * float(i);
          sum += coverageOf(classesAt(place + radius * sqrt((float(i) + 1.0) / ${SMOOTH_SAMPLES}.0) * vec2(cos(angle), sin(angle))));
        }
        return sum / ${SMOOTH_SAMPLES + 1}.0;
      }
      // Whether the person is within a distance in any direction, 0..1.
      float isPersonWithin(float metres, vec2 place) {
        return smoothstep(${NEAR_COVERAGE.from}, ${NEAR_COVERAGE.to}, coverageOf(classesAround(place, metres)));
      }`,
    ),
    '#include <map_fragment>',
    `// Share of the pixel that cloth covers; the rest of what is drawn is the backdrop.
      float clothShare = 1.0;
      // Each loop runs once, or not at all. A renderer without a GPU runs both sides of a condition for all pixels, but
      // leaves a loop that has nothing to do.
      float isCut = (1.0 - smoothstep(${CUT_COSINE.from}, ${CUT_COSINE.to}, -outlineFacing)) * (isUncut < 0.99 ? 1.0 : 0.0);
      for (float done = 0.0; done < isCut; done += 1.0) {
        float texel = metresPerTexel();
        // Loose cloth ends as far beyond the person.
        vec2 inwards = clothUv - looseUv;
        for (float within = coverageOf(classesAround(inwards, texel)); within < ${WHOLLY_WITHIN}; within += 1.0) {
          // Colours alike on both sides of the outline may give single pixels beyond it to the person.
          float covered = smoothCoverage(inwards) * smoothstep(0.0, ${NEAR_COVERAGE.to}, within);
          float person = isBackdropKnown
            ? smoothstep(${EDGE_COVERAGE.from}, ${EDGE_COVERAGE.to}, covered)
            : smoothstep(${WIDE_COVERAGE.from}, ${WIDE_COVERAGE.to}, covered);
          clothShare = 1.0 - isCut * isPersonWithin(${ELSEWHERE_METRES}, clothUv) * (1.0 - person);
          float drawn = isBackdropShown
            ? max(clothShare, isPersonWithin(${glsl(RIM_TEXELS)} * texel, clothUv)) : clothShare;
          clothShare /= max(drawn, 0.01);
          clothCoverage *= drawn;
        }
      }
      // The far side of a garment is behind all skin that the picture shows: an arm in its sleeve, a neck in its collar.
      for (float facing = outlineFacing; facing > 0.0; facing -= 1.0)
        clothCoverage *= 1.0 - smoothstep(0.0, ${FAR_SIDE_COSINE}, facing)
          * smoothstep(${BARE.from}, ${BARE.to}, classesAt(clothUv).g);
      if (clothCoverage < ${LEAST_COVERAGE}) discard;
      #include <map_fragment>`,
  );
}

/** Writes a number as GLSL's float. */
function glsl(value: number): string {
  return value.toFixed(4);
}
