import { Vector2 } from 'three';
import type { PosedBody } from '../body/body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';

const {
  hips,
  upperChest,
  leftLowerArm,
  leftHand,
  rightLowerArm,
  rightHand,
  leftUpperLeg,
  leftLowerLeg,
  rightUpperLeg,
  rightLowerLeg,
} = boneIndex;

/** Elbow, wrist and the middle of the hand of the left and the right arm: the way from elbow to wrist, and on. */
const forearmPlaces: readonly (readonly [from: number, to: number, share: number])[] = [
  [leftLowerArm, leftHand, 0],
  [leftLowerArm, leftHand, 1],
  [leftLowerArm, leftHand, 1.3],
  [rightLowerArm, rightHand, 0],
  [rightLowerArm, rightHand, 1],
  [rightLowerArm, rightHand, 1.3],
];
/** How far aside, across the trunk as it is seen, metres: on it from the front and from the side. */
const ASIDE_METRES = 0.08;
/** Nothing is taken to be nearer, metres: guesses of people close by. */
const LEAST_DEPTH_METRES = 0.1;

/** Where what the shopper wears themselves is looked at: from one joint to another, and aside, 1 to one side of the trunk and −1 to the other. */
const wornPlaces: readonly (readonly [from: number, to: number, share: number, aside: number])[] = [
  [hips, upperChest, 0.75, -1],
  [hips, upperChest, 0.75, 1],
  [hips, upperChest, 0.35, -1],
  [hips, upperChest, 0.35, 1],
  [hips, upperChest, 0, -1],
  [hips, upperChest, 0, 1],
  [leftUpperLeg, leftLowerLeg, 0.05, 0],
  [rightUpperLeg, rightLowerLeg, 0.05, 0],
  [leftUpperLeg, leftLowerLeg, 0.4, 0],
  [rightUpperLeg, rightLowerLeg, 0.4, 0],
];

/** In how many places an arm's own colour is looked at: on the bone beside the pixel, and along the whole arm (one place alone may be off it, or on a strap). */
const OWN_PLACES = 5;
/** Colours further apart than this are of different things: of 1, as `colourDistance` has it; light and shade on one arm stay below. */
const DIFFERENT = 0.16;

/**
 * Tells forearms and hands from what is behind them by the picture's own colours: the mannequin's arm is never quite where
 * the shopper's is, and what shows beside that would be their own clothes, cut out of the garment. What lies along the
 * bones is the arm; what looks unlike it, and like what is worn on the trunk and the legs or like no part of the person, is not.
 */
export class ForearmSight {
  readonly uniforms = {
    /** Shares of the picture, from the top left. */
    forearms: { value: forearmPlaces.map(() => new Vector2()) },
    /** Likewise. */
    worn: { value: wornPlaces.map(() => new Vector2()) },
  };

  /** Takes where the body is in the picture. */
  follow(body: PosedBody): void {
    const { positions } = body;
    const { forearms, worn } = this.uniforms;
    for (let i = 0; i < forearmPlaces.length; i++) {
      const [from, to, share] = forearmPlaces[i];
      locate(body, from, to, share, 0, 0, forearms.value[i]);
    }
    const upX = positions[3 * upperChest] - positions[3 * hips];
    const upY = positions[3 * upperChest + 1] - positions[3 * hips + 1];
    const across = ASIDE_METRES / (Math.hypot(upX, upY) || 1);
    for (let i = 0; i < wornPlaces.length; i++) {
      const [from, to, share, aside] = wornPlaces[i];
      locate(body, from, to, share, aside * across * upY, -aside * across * upX, worn.value[i]);
    }
  }
}

/** Where in the picture the place is that lies `share` of the way from one joint to another, and (x, y) metres aside. */
function locate(
  { positions, camera }: PosedBody,
  from: number,
  to: number,
  share: number,
  x: number,
  y: number,
  target: Vector2,
): void {
  const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
  const halfWidth = (halfHeight * camera.width) / camera.height;
  const depth = Math.max(LEAST_DEPTH_METRES, -between(positions, from, to, share, 2));
  target.set(
    0.5 + (between(positions, from, to, share, 0) + x) / depth / halfWidth / 2,
    0.5 - (between(positions, from, to, share, 1) + y) / depth / halfHeight / 2,
  );
}

function between(positions: Float32Array, from: number, to: number, share: number, axis: number): number {
  return positions[3 * from + axis] + share * (positions[3 * to + axis] - positions[3 * from + axis]);
}

/** GLSL: how far a place in the picture shows the forearm or hand over it, 0..1. Reads the uniforms above and `picture`. */
export const forearmSightGlsl = /* glsl */ `
  uniform vec2 forearms[6];
  uniform vec2 worn[${wornPlaces.length}];

  // Hue counts twice: light and shade change brightness most.
  float colourDistance(vec3 a, vec3 b) {
    vec3 apart = a - b;
    float brightness = dot(apart, vec3(0.299, 0.587, 0.114));
    return abs(brightness) + 2.0 * length(apart - brightness);
  }

  float nearestColour(vec3 colour, vec3 own[${OWN_PLACES}]) {
    float least = 1e3;
    for (int i = 0; i < ${OWN_PLACES}; i++) least = min(least, colourDistance(colour, own[i]));
    return least;
  }

  vec2 nearestOn(vec2 a, vec2 b, vec2 place, float aspect) {
    vec2 scale = vec2(aspect, 1.0);
    vec2 along = (b - a) * scale;
    return mix(a, b, clamp(dot((place - a) * scale, along) / max(dot(along, along), 1e-8), 0.0, 1.0));
  }

  float showsForearm(vec2 place, int side, float aspect, float isPerson) {
    vec2 elbow = side == 0 ? forearms[0] : forearms[3];
    vec2 wrist = side == 0 ? forearms[1] : forearms[4];
    vec2 hand = side == 0 ? forearms[2] : forearms[5];
    vec2 onForearm = nearestOn(elbow, wrist, place, aspect);
    vec2 onHand = nearestOn(wrist, hand, place, aspect);
    vec2 scale = vec2(aspect, 1.0);
    vec3 own[${OWN_PLACES}];
    own[0] = texture2D(picture, distance(onForearm * scale, place * scale) < distance(onHand * scale, place * scale) ? onForearm : onHand).rgb;
    for (int i = 1; i < ${OWN_PLACES}; i++) own[i] = texture2D(picture, mix(elbow, hand, float(i) / ${OWN_PLACES}.0)).rgb;
    vec3 here = texture2D(picture, place).rgb;
    float unlike = nearestColour(here, own);
    if (unlike < ${DIFFERENT}) return 1.0;
    float like = 1e3;
    for (int i = 0; i < ${wornPlaces.length}; i++) {
      vec3 cloth = texture2D(picture, worn[i]).rgb;
      // A place that the arm itself hides says nothing.
      if (nearestColour(cloth, own) > ${DIFFERENT}) like = min(like, colourDistance(here, cloth));
    }
    return max(smoothstep(0.45, 0.65, like / unlike) * isPerson, 1.0 - smoothstep(${DIFFERENT}, ${(1.5 * DIFFERENT).toFixed(3)}, unlike));
  }`;
