import type { WebGLProgramParametersWithUniforms } from 'three';
import type { PosedBody } from '../body/body.ts';
import { BONE_COUNT, type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { replaceOnce } from '../math/replace-once.ts';
import { bringArmsForward } from './bring-arms-forward.ts';
import type { Pass } from './pass.ts';

/**
 * Computes how much of the light from all sides reaches a place on cloth: arms, head, trunk and legs hide a part of the
 * room from it. So a trunk is darker beside and under its arms, a collar under the chin, a sleeve at the side of the
 * trunk. Input: the posed joints (camera space: metres, +x right in the picture, +y up, −z away from the camera). Output:
 * the varying `bodyOpenness`, 0..1, in shaders that `patch` has patched. It is computed for each vertex, since such shade
 * is soft.
 *
 * 1. `takeBody` places capsules (cylinders with round ends) in the limbs.
 * 2. The vertex shader multiplies the shares of light that the capsules let through.
 */

/** A capsule: from one joint to another, continued beyond the second by a share of their distance; radius, metres. */
interface Limb {
  from: BoneName;
  to: BoneName;
  beyond: number;
  radiusMetres: number;
}

/** Radii of an adult of mean shape. A limb need not be exact: its shade is soft, and cloth on it faces away from it. */
const LIMBS: readonly Limb[] = [
  // The head's joint lies at the top of the neck: the face is before it, as far as the neck is long.
  { from: 'neck', to: 'head', beyond: 1.1, radiusMetres: 0.08 },
  { from: 'hips', to: 'upperChest', beyond: 0, radiusMetres: 0.12 },
  { from: 'leftUpperArm', to: 'leftLowerArm', beyond: 0, radiusMetres: 0.045 },
  { from: 'rightUpperArm', to: 'rightLowerArm', beyond: 0, radiusMetres: 0.045 },
  // Up to the middle of the hand.
  { from: 'leftLowerArm', to: 'leftHand', beyond: 0.35, radiusMetres: 0.038 },
  { from: 'rightLowerArm', to: 'rightHand', beyond: 0.35, radiusMetres: 0.038 },
  { from: 'leftUpperLeg', to: 'leftLowerLeg', beyond: 0, radiusMetres: 0.065 },
  { from: 'rightUpperLeg', to: 'rightLowerLeg', beyond: 0, radiusMetres: 0.065 },
  { from: 'leftLowerLeg', to: 'leftFoot', beyond: 0, radiusMetres: 0.045 },
  { from: 'rightLowerLeg', to: 'rightFoot', beyond: 0, radiusMetres: 0.045 },
];
/** Least distance of cloth from a limb's axis, as a multiple of its radius: cloth may dip into a guessed limb. */
const MIN_DISTANCE = 1.1;
/** Share of the hidden light that comes from the hiding limb itself: skin and clothes reflect as much. */
const REFLECTED_SHARE = 0.35;
/** Share of the direct light that is hidden like light from all sides: lamps and windows are large. */
const DIRECT_SHARE = 0.4;

/** The pass (a step of the stage's drawing) that places the limbs' capsules; it draws nothing itself. */
export class BodyOpenness implements Pass {
  readonly layers = [];
  /** 4 × limbs: beginning of the capsule, camera space, metres, and its radius; and 4 × limbs: its end, and 0. */
  readonly uniforms = {
    limbBegins: { value: new Float32Array(4 * LIMBS.length) },
    limbEnds: { value: new Float32Array(4 * LIMBS.length) },
  };
  /** Scratch: factor on the distance of each bone from the camera, as in `BodyBones`. */
  readonly #nearness = new Float32Array(BONE_COUNT).fill(1);

  /** Step 1. */
  takeBody(body: PosedBody): void {
    const { positions } = body;
    bringArmsForward(body, this.#nearness);
    const { limbBegins, limbEnds } = this.uniforms;
    for (let l = 0; l < LIMBS.length; l++) {
      const { from, to, beyond, radiusMetres } = LIMBS[l];
      const [a, b] = [boneIndex[from], boneIndex[to]];
      for (let k = 0; k < 3; k++) {
        const begin = positions[3 * a + k] * this.#nearness[a];
        const end = positions[3 * b + k] * this.#nearness[b];
        limbBegins.value[4 * l + k] = begin;
        limbEnds.value[4 * l + k] = end + beyond * (end - begin);
      }
      limbBegins.value[4 * l + 3] = radiusMetres;
    }
  }

  /**
   * Step 2: patches a lit shader of cloth. Apply it after `BodyBones.poseVertices`, and before the patches
   * that declare `posedOutward`, `outerSide` and `seenFromInside`: cloth seen from inside. Where `SeenLight` is sure, the
   * picture shows this shade already: `seenLightHere.g`, which `applySeenLight` declares.
   */
  patch(shader: WebGLProgramParametersWithUniforms): void {
    Object.assign(shader.uniforms, this.uniforms);
    shader.vertexShader = replaceOnce(
      replaceOnce(shader.vertexShader, '#include <common>', `#include <common>\n${opennessGlsl}`),
      '#include <project_vertex>',
      `#include <project_vertex>
      // Cloth that is folded over is shaded as the cloth around it.
      bodyOpenness = opennessAt(transformed, normalize(outerSide < 0.0 ? posedOutward : objectNormal));`,
    );
    shader.fragmentShader = replaceOnce(
      replaceOnce(shader.fragmentShader, '#include <common>', '#include <common>\nvarying float bodyOpenness;'),
      '#include <lights_fragment_end>',
      `#include <lights_fragment_end>
      // The inside of cloth faces the other way, and is shaded as an inside already.
      float openness = mix(bodyOpenness, 1.0, max(seenFromInside, max(${REFLECTED_SHARE}, seenLightHere.g)));
      reflectedLight.indirectDiffuse *= openness;
      reflectedLight.directDiffuse *= mix(1.0, openness, ${DIRECT_SHARE});`,
    );
  }
}

/**
 * GLSL of `opennessAt`. A long cylinder of radius r at the distance d hides the share cos · r / d of the light on a
 * surface that is turned to it by the angle; a shorter one less, by the share of its length that is seen.
 */
const opennessGlsl = /* glsl */ `
  uniform vec4 limbBegins[${LIMBS.length}];
  uniform vec4 limbEnds[${LIMBS.length}];
  varying float bodyOpenness;
  float opennessAt(vec3 place, vec3 normal) {
    float open = 1.0;
    for (int i = 0; i < ${LIMBS.length}; i++) {
      float radius = limbBegins[i].w;
      vec3 axis = limbEnds[i].xyz - limbBegins[i].xyz;
      float lengthSquared = max(dot(axis, axis), 1e-6);
      float along = clamp(dot(place - limbBegins[i].xyz, axis) / lengthSquared, 0.0, 1.0);
      vec3 towards = limbBegins[i].xyz + along * axis - place;
      float distance = length(towards);
      float facing = dot(towards, normal) / max(distance, 1e-4);
      distance = max(distance, ${MIN_DISTANCE} * radius);
      float halfLength = 0.5 * sqrt(lengthSquared) + radius;
      open *= 1.0 - max(0.0, facing) * radius / distance
        * halfLength * inversesqrt(halfLength * halfLength + distance * distance);
    }
    return open;
  }`;
