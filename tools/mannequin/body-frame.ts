import type { MorphName } from '../../src/mannequin/mannequin.ts';
import { type BodyChange, morphExtent } from './morph-extent.ts';

/**
 * Heights of the joints of the base body (the body without morphs) over the floor, metres. Lengths of limbs and trunk
 * are measured between them.
 */
export const BASE_HEIGHTS = { ankle: 0.078, knee: 0.473, hip: 0.888, shoulder: 1.319, neck: 1.437, head: 1.545 };

/** Heights and shifts of a changed body, from which its parts are built; metres. */
export interface BodyFrame {
  /** Heights of the joints over the floor. */
  ankleY: number;
  kneeY: number;
  hipY: number;
  neckY: number;
  headY: number;
  /** Length of the neck, as a multiple of the base body's. */
  neckScale: number;
  /** Size of the head, as a multiple of the base body's. */
  headScale: number;
  /** Outward shift of each shoulder joint and each hip joint, metres. */
  shoulderShift: number;
  hipShift: number;
  /** Returns the change that a morph makes to this body: weight × `morphExtent`, in the unit of `morphExtent`. */
  changeOf(name: MorphName): number;
  /** Returns the height on this body that corresponds to the height `baseY` on the base body's trunk, metres. */
  trunkHeight(baseY: number): number;
}

/** Computes the frame of the base body changed by morph weights (`change`, by the morphs' names; 0 if absent). */
export function createBodyFrame(change: BodyChange): BodyFrame {
  const changeOf = (name: MorphName): number => (change[name] ?? 0) * morphExtent[name];
  const hipY = BASE_HEIGHTS.hip + changeOf('lowerLegLength') + changeOf('upperLegLength');
  const baseTrunk = BASE_HEIGHTS.shoulder - BASE_HEIGHTS.hip;
  const trunkScale = (baseTrunk + changeOf('trunkLength')) / baseTrunk;
  // The trunk stretches between hips and shoulders only: ANSUR's people with a longer trunk have the nape no higher
  // over the acromion.
  const trunkHeight = (baseY: number): number =>
    hipY +
    Math.min(baseY - BASE_HEIGHTS.hip, 0) +
    Math.min(Math.max(baseY - BASE_HEIGHTS.hip, 0), baseTrunk) * trunkScale +
    Math.max(baseY - BASE_HEIGHTS.shoulder, 0);
  const neckY = trunkHeight(BASE_HEIGHTS.neck);
  const baseNeck = BASE_HEIGHTS.head - BASE_HEIGHTS.neck;
  const neckScale = (baseNeck + changeOf('neckLength')) / baseNeck;
  return {
    ankleY: BASE_HEIGHTS.ankle,
    kneeY: BASE_HEIGHTS.knee + changeOf('lowerLegLength'),
    hipY,
    neckY,
    headY: neckY + baseNeck * neckScale,
    neckScale,
    headScale: 1 + changeOf('headSize'),
    shoulderShift: changeOf('shoulderBreadth'),
    hipShift: changeOf('hipBreadth'),
    changeOf,
    trunkHeight,
  };
}
