import type { PosedBody } from '../body/body.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { coordinateBetween, type JointLinePoint } from './coordinate-between.ts';
import type { Pass } from './pass.ts';

/**
 * Tells shaders of cloth which bare skin in the picture is an arm, a hand or the neck: the posed body knows, and the
 * colour of skin does not. Cloth of the trunk goes on over bare skin of the trunk, but not over these.
 *
 * 1. `takeBody` writes lines through both arms and the neck to the uniform `limbLines`.
 * 2. `bareLimbsGlsl` compares a place with them.
 */

/** Distance from a line up to which a place is on the limb, metres: an arm's or neck's half-width, and the pose's error. */
const LIMB_METRES = 0.075;
/** Nearest distance from the camera that a joint counts as, metres: a guess for a body close by may come nearer. */
const MIN_DEPTH_METRES = 0.1;

/** A joint, or a point at `share` of the way from `from` to `to`. */
const point = (from: BoneName, to: BoneName = from, share = 0): JointLinePoint => ({
  from: boneIndex[from],
  to: boneIndex[to],
  share,
});

/** The lines. The shoulder belongs to the trunk, so that the upper arm begins below it; hands go beyond the wrist. */
const LINES: readonly (readonly [from: JointLinePoint, to: JointLinePoint])[] = [
  ...(['left', 'right'] as const).flatMap((side): (readonly [JointLinePoint, JointLinePoint])[] => [
    [point(`${side}UpperArm`, `${side}LowerArm`, 0.35), point(`${side}LowerArm`)],
    [point(`${side}LowerArm`), point(`${side}LowerArm`, `${side}Hand`, 1.6)],
  ]),
  [point('neck'), point('head')],
];

/** Number of the first bones in `boneNames` that are the trunk's, from the hips up. The clavicles are, too. */
const TRUNK_BONES = boneIndex.upperChest + 1;

/** The pass (a step of the stage's drawing) that places the lines; it draws nothing itself. */
export class BareLimbs implements Pass {
  readonly layers = [];
  /** By line x / −z and y / −z of both ends in camera space. */
  readonly uniforms = { limbLines: { value: new Float32Array(4 * LINES.length) } };

  takeBody({ positions }: Pick<PosedBody, 'positions'>): void {
    const { value } = this.uniforms.limbLines;
    for (let line = 0; line < LINES.length; line++)
      for (let end = 0; end < 2; end++) {
        const place = LINES[line][end];
        const depth = Math.max(MIN_DEPTH_METRES, -coordinateBetween(positions, place, 2));
        for (let axis = 0; axis < 2; axis++)
          value[4 * line + 2 * end + axis] = coordinateBetween(positions, place, axis) / depth;
      }
  }
}

/**
 * GLSL of a vertex shader that declares the uniform and two functions. `trunkShare(bones, weights)`: share of a
 * vertex that goes with the trunk's bones, 0..1, from the attributes of `addSkin`. `isLimbAt(ray, depth)`: whether a place is on an
 * arm, a hand or the neck. `ray`: its x / −z and y / −z in camera space; `depth`: −z of the vertex, metres.
 */
export const bareLimbsGlsl = /* glsl */ `
  uniform vec4 limbLines[${LINES.length}];
  float trunkShare(vec4 bones, vec4 weights) {
    vec4 isTrunk = vec4(lessThan(bones, vec4(${TRUNK_BONES}.0)));
    vec4 isClavicle = vec4(equal(bones, vec4(${boneIndex.leftShoulder}.0))) + vec4(equal(bones, vec4(${boneIndex.rightShoulder}.0)));
    return dot(isTrunk + isClavicle, weights);
  }
  bool isLimbAt(vec2 ray, float depth) {
    float nearest = ${LIMB_METRES.toFixed(3)} / depth;
    bool isLimb = false;
    for (int i = 0; i < ${LINES.length}; i++) {
      vec2 along = limbLines[i].zw - limbLines[i].xy;
      vec2 from = ray - limbLines[i].xy;
      float share = clamp(dot(from, along) / max(dot(along, along), 1e-9), 0.0, 1.0);
      isLimb = isLimb || distance(from, share * along) < nearest;
    }
    return isLimb;
  }`;
