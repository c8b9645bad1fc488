import { Vector2 } from 'three';
import type { PosedBody } from '../body/body.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { coordinateBetween, type JointLinePoint } from './coordinate-between.ts';
import type { Pass } from './pass.ts';

/**
 * Tells forearms and hands from what is behind them by the picture's own colours. The mannequin's arm is never quite
 * where the shopper's arm is, and the gap would show the shopper's own clothes, cut out of the garment.
 *
 * 1. `ForearmSight` projects places of the posed body (joints in camera space: metres, +x right in the picture, +y up,
 *    −z away from the camera) into the picture: along the arms, and on the clothes of trunk and thighs.
 * 2. The body's shader (`forearmSightGlsl`) tells a bare arm by the classes of the pixels, if the frame has any.
 * 3. Otherwise it samples the picture in those places. A pixel that looks like the arm is the arm. A pixel that looks
 *    unlike it, and like those clothes or like no part of the person, is not, and the cloth covers it.
 */

const { hips, upperChest } = boneIndex;

/**
 * A place on the line between two joints (`share` 0..1 of the way), moved off it by `aside` × ASIDE_METRES at right
 * angles to the trunk in the picture.
 */
interface SightPlace extends JointLinePoint {
  aside: number;
}

/** Returns the place at `share` of the way between two joints, `aside` × ASIDE_METRES beside it. */
function place(from: BoneName, to: BoneName, share: number, aside = 0): SightPlace {
  return { from: boneIndex[from], to: boneIndex[to], share, aside };
}

/**
 * Elbow, wrist and the middle of the hand, left and right; the hand lies beyond the wrist in the forearm's direction.
 */
const forearmPlaces: readonly SightPlace[] = [
  place('leftLowerArm', 'leftHand', 0),
  place('leftLowerArm', 'leftHand', 1),
  place('leftLowerArm', 'leftHand', 1.3),
  place('rightLowerArm', 'rightHand', 0),
  place('rightLowerArm', 'rightHand', 1),
  place('rightLowerArm', 'rightHand', 1.3),
];
/**
 * Distance of places from the trunk's axis, metres: small enough that they are on the trunk from the front and the
 * side.
 */
const ASIDE_METRES = 0.08;
/** Nearest distance from the camera that a place counts as, metres: a guess for a body close by may come nearer. */
const MIN_DEPTH_METRES = 0.1;

/** Where the shopper's own clothes are sampled: on both sides of the trunk, and down the thighs. */
const wornPlaces: readonly SightPlace[] = [
  place('hips', 'upperChest', 0.75, -1),
  place('hips', 'upperChest', 0.75, 1),
  place('hips', 'upperChest', 0.35, -1),
  place('hips', 'upperChest', 0.35, 1),
  place('hips', 'upperChest', 0, -1),
  place('hips', 'upperChest', 0, 1),
  place('leftUpperLeg', 'leftLowerLeg', 0.05),
  place('rightUpperLeg', 'rightLowerLeg', 0.05),
  place('leftUpperLeg', 'leftLowerLeg', 0.4),
  place('rightUpperLeg', 'rightLowerLeg', 0.4),
];

/**
 * Samples of an arm's own colour: beside the pixel, and along the whole arm, since one sample may miss the arm or hit a
 * strap.
 */
const ARM_SAMPLES = 5;
/**
 * Distance of colours (`colourDistance`, 0..1) from which they belong to different things; light and shade on one arm
 * stay below.
 */
const DIFFERENT = 0.16;

/** From the trunk's axis to its side, camera space, metres. */
const toSide = new Vector2();

/**
 * The pass (a step of the stage's drawing) that finds the sampled places in the picture. It draws nothing and fills
 * uniforms only.
 */
export class ForearmSight implements Pass {
  readonly layers = [];
  readonly uniforms = {
    /** By `forearmPlaces`, shares of the picture's width and height from the top left. */
    forearms: { value: forearmPlaces.map(() => new Vector2()) },
    /** By `wornPlaces`, in the same shares. */
    worn: { value: wornPlaces.map(() => new Vector2()) },
  };

  /** Projects all places of the posed body into the picture. */
  takeBody(body: PosedBody): void {
    const { positions } = body;
    const { forearms, worn } = this.uniforms;
    const upX = positions[3 * upperChest] - positions[3 * hips];
    const upY = positions[3 * upperChest + 1] - positions[3 * hips + 1];
    const scale = ASIDE_METRES / (Math.hypot(upX, upY) || 1);
    toSide.set(scale * upY, -scale * upX);
    for (let i = 0; i < forearmPlaces.length; i++) project(body, forearmPlaces[i], toSide, forearms.value[i]);
    for (let i = 0; i < wornPlaces.length; i++) project(body, wornPlaces[i], toSide, worn.value[i]);
  }
}

/** Writes where a place is in the picture, in shares of its width and height from the top left. */
function project({ positions, camera }: PosedBody, place: SightPlace, side: Vector2, target: Vector2): void {
  const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
  const halfWidth = (halfHeight * camera.width) / camera.height;
  const depth = Math.max(MIN_DEPTH_METRES, -coordinateBetween(positions, place, 2));
  const x = coordinateBetween(positions, place, 0) + place.aside * side.x;
  const y = coordinateBetween(positions, place, 1) + place.aside * side.y;
  target.set(0.5 + x / depth / halfWidth / 2, 0.5 - y / depth / halfHeight / 2);
}

/**
 * GLSL: `showsForearm(place, side, aspect, isPerson)` is how much a place in the picture looks like the forearm or hand
 * that the mannequin has there, 0..1. `place` in shares from the top left, `side` 0 for the left arm and 1 for the
 * right, `aspect` width over height, `isPerson` the mask's coverage. Where the arm is bare (its axis shows skin), the
 * classes of the pixels decide: skin is the arm, and own clothes are not. Elsewhere, and without classes, colours decide.
 * It reads the uniforms above, and `picture`, the frame's image, and `sharpClasses`, those of `SharpClasses`, which the
 * including shader declares.
 */
export const forearmSightGlsl = /* glsl */ `
  uniform vec2 forearms[6];
  uniform vec2 worn[${wornPlaces.length}];

  // Hue counts twice: light and shade change brightness most.
  float colourDistance(vec3 a, vec3 b) {
    vec3 apart = a - b;
    float brightness = dot(apart, vec3(0.299, 0.587, 0.114));
    return abs(brightness) + 2.0 * length(apart - brightness);
  }

  float distanceToArmColours(vec3 colour, vec3 armColours[${ARM_SAMPLES}]) {
    float nearest = 1e3;
    for (int i = 0; i < ${ARM_SAMPLES}; i++) nearest = min(nearest, colourDistance(colour, armColours[i]));
    return nearest;
  }

  vec2 nearestOn(vec2 a, vec2 b, vec2 place, float aspect) {
    vec2 scale = vec2(aspect, 1.0);
    vec2 along = (b - a) * scale;
    return mix(a, b, clamp(dot((place - a) * scale, along) / max(dot(along, along), 1e-8), 0.0, 1.0));
  }

  vec2 nearestOnArm(vec2 place, int side, float aspect) {
    vec2 elbow = side == 0 ? forearms[0] : forearms[3];
    vec2 wrist = side == 0 ? forearms[1] : forearms[4];
    vec2 hand = side == 0 ? forearms[2] : forearms[5];
    vec2 onForearm = nearestOn(elbow, wrist, place, aspect);
    vec2 onHand = nearestOn(wrist, hand, place, aspect);
    vec2 scale = vec2(aspect, 1.0);
    return distance(onForearm * scale, place * scale) < distance(onHand * scale, place * scale) ? onForearm : onHand;
  }

  float showsSampledArm(vec2 place, int side, vec2 onArm, float isPerson) {
    vec2 elbow = side == 0 ? forearms[0] : forearms[3];
    vec2 hand = side == 0 ? forearms[2] : forearms[5];
    vec3 armColours[${ARM_SAMPLES}];
    armColours[0] = texture2D(picture, onArm).rgb;
    for (int i = 1; i < ${ARM_SAMPLES}; i++) armColours[i] = texture2D(picture, mix(elbow, hand, float(i) / ${ARM_SAMPLES}.0)).rgb;
    vec3 here = texture2D(picture, place).rgb;
    float unlike = distanceToArmColours(here, armColours);
    if (unlike < ${DIFFERENT}) return 1.0;
    float like = 1e3;
    for (int i = 0; i < ${wornPlaces.length}; i++) {
      vec3 cloth = texture2D(picture, worn[i]).rgb;
      // The arm hides the cloth there: skip the sample.
      if (distanceToArmColours(cloth, armColours) > ${DIFFERENT}) like = min(like, colourDistance(here, cloth));
    }
    return max(smoothstep(0.45, 0.65, like / unlike) * isPerson, 1.0 - smoothstep(${DIFFERENT}, ${(1.5 * DIFFERENT).toFixed(3)}, unlike));
  }

  float showsForearm(vec2 place, int side, float aspect, float isPerson) {
    vec2 onArm = nearestOnArm(place, side, aspect);
    vec4 likely = texture2D(sharpClasses, place);
    if (likely.g > 0.97) return 1.0;
    float bare = smoothstep(0.3, 0.7, texture2D(sharpClasses, onArm).g);
    float clothes = min(1.0, likely.b + likely.a);
    if (bare * clothes > 0.97) return 0.0;
    // Lower clothes are on no arm, even if a hand behind the body takes the colour of what hides it.
    float sampled = showsSampledArm(place, side, onArm, isPerson) * (1.0 - smoothstep(0.3, 0.7, likely.a));
    // A thing in the hand is neither skin nor clothes.
    return mix(sampled, max(likely.g, sampled * (1.0 - clothes)), bare);
  }`;
