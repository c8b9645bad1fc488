import type { WebGLProgramParametersWithUniforms } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { GarmentPart } from '../garment/garment.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { isBoneIn } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { replaceOnce } from '../math/replace-once.ts';
import type { PersonMask, TrackedFrame } from '../tracking/tracker.ts';
import { coordinateBetween } from './coordinate-between.ts';
import type { Pass } from './pass.ts';
import type { PersonTexture } from './person-texture.ts';

/**
 * Leaves out cloth behind an object: a desk, a chair, a bag. Input: the posed joints (camera space: metres, +x right in
 * the picture, +y up, −z away from the camera) and the person's mask. Output: the uniform `seen`, and a patch for the
 * shaders of cloth.
 *
 * 1. `takeBody` samples the mask along the body's core, from the chest over the hips down both legs: where the core is
 *    in the picture and the mask shows no person, something is in front of it.
 * 2. `placeOnCore` tells for each vertex of a garment which of these samples lies at its height.
 * 3. The patched shader discards cloth that is beside such a sample, where the mask shows no person either. Everywhere
 *    else cloth may reach beyond the person, as loose cloth does.
 *
 * Cloth on arms is never left out: arms pass beside the core.
 */

/** Joints of the core from top to bottom, on the left and on the right, and the number of samples between each two. */
const CORE: readonly { left: BoneName; right: BoneName; samples: number }[] = [
  { left: 'upperChest', right: 'upperChest', samples: 4 },
  { left: 'chest', right: 'chest', samples: 4 },
  { left: 'spine', right: 'spine', samples: 4 },
  { left: 'hips', right: 'hips', samples: 2 },
  { left: 'leftUpperLeg', right: 'rightUpperLeg', samples: 6 },
  { left: 'leftLowerLeg', right: 'rightLowerLeg', samples: 6 },
  { left: 'leftFoot', right: 'rightFoot', samples: 0 },
];
/** A sample between two joints: the indices of the upper and the lower one by side, and the share of the way down. */
const samples = CORE.slice(0, -1).flatMap((from, i) =>
  Array.from({ length: from.samples }, (_, k) =>
    (['left', 'right'] as const).map((side) => ({
      from: boneIndex[from[side]],
      to: boneIndex[CORE[i + 1][side]],
      share: k / from.samples,
    })),
  ),
);
/** Coverage, 0..1, below which the mask shows no person. */
const NO_PERSON = 0.5;
/** Coverage by the mask from which and up to which cloth beside an object fades: a soft edge. */
const SOFT_EDGE = { from: 0.3, to: 0.7 };
/** Share of a pixel below which cloth that covers it is left out. */
export const LEAST_COVERAGE = 0.1;
/**
 * Number of samples, 2 to 7 cm apart, by which a hidden stretch of the core counts as longer at both ends: cloth lies
 * before the core, so that from a high or low camera its height differs from that of the core behind it.
 */
const SPREAD = 1;
/** Least distance from the camera, metres, at which a joint is projected. */
const MIN_DEPTH_METRES = 0.1;
/** Coverage of each sample by the mask, 0..1. Scratch of `takeBody`. */
const core = new Float32Array(samples.length);
const isArm = isBoneIn(['clavicle', 'upperArm', 'forearm', 'hand']);

/** The skin of cloth, 4 × vertices each: indices into `boneNames`, and their weights 0..1. */
type Skin = Pick<GarmentPart, 'skinIndices' | 'skinWeights'>;

/**
 * Finds which parts of the body's core an object hides. The pass (a step of the stage's drawing) draws nothing: it
 * writes the uniform `seen`, which the shaders patched by `discardHidden` read.
 */
export class ObstacleSight implements Pass {
  readonly layers = [];
  /** By sample of the core: least coverage by the person's mask around it, 0..1; 1 where nothing is known. */
  readonly seen = { value: new Float32Array(samples.length) };
  readonly #person: PersonTexture['uniform'];
  /** Height of each sample in the rest pose of the shaped body, metres, from top to bottom. */
  readonly #restHeights = new Float32Array(samples.length);

  /** @param person the uniform with the person's mask. */
  constructor(person: PersonTexture['uniform']) {
    this.#person = person;
  }

  /** Computes the samples' heights in the rest pose. `joints`: 3 × BONE_COUNT, model space (+y up), metres. */
  takeShape({ joints }: Pick<MannequinShape, 'joints'>): void {
    for (let s = 0; s < samples.length; s++) this.#restHeights[s] = coordinateBetween(joints, samples[s][0], 1);
  }

  /**
   * Computes the attribute `corePlace` of a garment that was fitted to the shaped body: by vertex, the place on the
   * core at its height, counted in samples from the top; −1 on cloth that is mostly bound to arms.
   *
   * @param positions fitted vertices in the rest pose, 3 × vertices, metres.
   * @param skin four bones per vertex, by index into `boneNames`, and their weights 0..1.
   * @param target receives the places, one per vertex.
   */
  placeOnCore(positions: Float32Array, { skinIndices, skinWeights }: Skin, target: Float32Array): void {
    const heights = this.#restHeights;
    for (let v = 0; v < target.length; v++) {
      let armShare = 0;
      for (let k = 4 * v; k < 4 * v + 4; k++) if (isArm[skinIndices[k]]) armShare += skinWeights[k];
      const y = positions[3 * v + 1];
      let below = 0;
      while (below < heights.length && heights[below] >= y) below++;
      if (armShare > 0.5) target[v] = -1;
      else if (below === 0) target[v] = 0;
      else if (below === heights.length) target[v] = heights.length - 1;
      else target[v] = below - 1 + (heights[below - 1] - y) / (heights[below - 1] - heights[below]);
    }
  }

  /**
   * Writes `seen` for a frame.
   *
   * @param body the posed joints (camera space, metres) and the camera that projects them into the mask.
   * @param tracked its `mask` of the person spans the whole picture, one byte 0..255 per pixel, rows from the top;
   * null: nothing counts as hidden.
   */
  takeBody(body: PosedBody, { mask }: Pick<TrackedFrame, 'mask'>): void {
    const { value: seen } = this.seen;
    if (!mask) {
      seen.fill(1);
      return;
    }
    let above = 1;
    for (let s = 0; s < samples.length; s++) {
      // The better of both sides: beside or behind a leg that is out of place, the other leg still shows the person.
      const best = Math.max(coverageAt(body, samples[s][0], mask), coverageAt(body, samples[s][1], mask));
      // Outside the picture: what hides the body at its edge goes on beyond.
      above = best >= 0 ? best : above;
      core[s] = above;
    }
    for (let s = 0; s < samples.length; s++) {
      seen[s] = 1;
      for (let near = Math.max(0, s - SPREAD); near <= s + SPREAD && near < samples.length; near++)
        seen[s] = Math.min(seen[s], core[near]);
    }
  }

  /**
   * Patches a shader of cloth, whose geometry has the attribute `corePlace`, so that it discards what an object hides.
   * The fragment shader then has the variables `clothUv`, the pixel's place in the picture, and `clothCoverage`, the
   * share of the pixel that the cloth covers.
   * Apply it after `BodyBones.poseVertices`.
   */
  discardHidden(shader: WebGLProgramParametersWithUniforms): void {
    Object.assign(shader.uniforms, { bodySeen: this.seen, personMask: this.#person });
    shader.vertexShader = replaceOnce(
      replaceOnce(
        shader.vertexShader,
        '#include <common>',
        `#include <common>
        attribute float corePlace;
        uniform float bodySeen[${samples.length}];
        varying float coreSeen;
        varying vec4 clothClip;`,
      ),
      '#include <project_vertex>',
      `#include <project_vertex>
        int coreSample = int(max(corePlace, 0.0));
        coreSeen = corePlace < 0.0 ? 1.0 : mix(bodySeen[coreSample],
          bodySeen[min(coreSample + 1, ${samples.length - 1})], fract(corePlace));
        clothClip = gl_Position;`,
    );
    shader.fragmentShader = replaceOnce(
      replaceOnce(
        shader.fragmentShader,
        '#include <common>',
        '#include <common>\nvarying float coreSeen;\nvarying vec4 clothClip;\nuniform sampler2D personMask;',
      ),
      '#include <map_fragment>',
      `vec2 clothUv = 0.5 + vec2(0.5, -0.5) * clothClip.xy / clothClip.w;
       float clothCoverage = coreSeen < ${NO_PERSON}
         ? smoothstep(${SOFT_EDGE.from}, ${SOFT_EDGE.to}, texture2D(personMask, clothUv).r) : 1.0;
       if (clothCoverage < ${LEAST_COVERAGE}) discard;
       #include <map_fragment>`,
    );
  }
}

/** Returns the mask's coverage, 0..1, at a place of the core; −1 where that is outside the picture. */
function coverageAt({ positions, camera }: PosedBody, place: (typeof samples)[0][0], mask: PersonMask): number {
  const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
  const halfWidth = (halfHeight * camera.width) / camera.height;
  const depth = Math.max(MIN_DEPTH_METRES, -coordinateBetween(positions, place, 2));
  const x = Math.floor((0.5 + coordinateBetween(positions, place, 0) / depth / halfWidth / 2) * mask.width);
  const y = Math.floor((0.5 - coordinateBetween(positions, place, 1) / depth / halfHeight / 2) * mask.height);
  if (!(x >= 0 && x < mask.width && y >= 0 && y < mask.height)) return -1;
  return mask.data[y * mask.width + x] / 255;
}
