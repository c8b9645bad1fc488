import { BONE_COUNT, type BoneName, boneIndex } from '../../src/mannequin/mannequin.ts';
import { type ArmAxis, createArm } from './arm.ts';
import { createBodyFrame } from './body-frame.ts';
import { createHeadParts } from './head-parts.ts';
import { createLeg, type LegAxis } from './leg.ts';
import type { BodyChange } from './morph-extent.ts';
import type { Part } from './part.ts';
import { createBust, createButtock, createNeck, createTrunk, createYoke } from './trunk-parts.ts';
import type { Vector } from './vector.ts';

/**
 * A body as parts (tubes of cross-sections) to blend into one surface, and its joints, in the rest pose. Metres: +x to
 * the body's left, +y up, +z to the front, soles on y = 0.
 */
export interface BodyParts {
  /** In the order in which they are blended. */
  parts: Part[];
  /** 3 × BONE_COUNT: x, y, z of the joint at which each bone begins, in the order of `boneNames`. */
  joints: Float64Array;
  /** The left arm's and leg's axes, for the skin weights. */
  arm: ArmAxis;
  leg: LegAxis;
}

/**
 * Builds the base body changed by morph weights, by the morphs' names (none: the base body itself). Its dimensions are
 * means of the women and men of ANSUR II, the US Army's survey of bodies, fitted by eye and by tape.
 */
export function createBodyParts(change: BodyChange = {}): BodyParts {
  const frame = createBodyFrame(change);
  const arm = createArm(frame);
  const leg = createLeg(frame);
  const parts = [
    createTrunk(frame),
    createBust(frame),
    leg.parts.leg,
    createButtock(frame),
    createYoke(frame, arm.origin),
    arm.parts.arm,
    arm.parts.thumb,
    createNeck(frame),
    ...createHeadParts(frame),
    leg.parts.foot,
  ];

  const { trunkHeight, neckY, headY } = frame;
  const joints = new Float64Array(3 * BONE_COUNT);
  const setJoint = (bone: BoneName, point: Vector): void => joints.set(point, 3 * boneIndex[bone]);
  const setPair = (bone: string, left: Vector): void => {
    setJoint(`left${bone}` as BoneName, left);
    setJoint(`right${bone}` as BoneName, [-left[0], left[1], left[2]]);
  };
  setJoint('hips', [0, trunkHeight(0.93), -0.01]);
  setJoint('spine', [0, trunkHeight(1.02), -0.02]);
  setJoint('chest', [0, trunkHeight(1.14), -0.03]);
  setJoint('upperChest', [0, trunkHeight(1.27), -0.035]);
  setJoint('neck', [0, neckY, -0.035]);
  setJoint('head', [0, headY, 0]);
  setPair('Shoulder', [0.03, neckY - 0.035, -0.01]);
  setPair('UpperArm', arm.origin);
  setPair('UpperArmTwist', arm.pointAt(0.138));
  setPair('LowerArm', arm.pointAt(0.276));
  setPair('LowerArmTwist', arm.pointAt(0.403));
  setPair('Hand', arm.pointAt(0.53));
  setPair('UpperLeg', leg.origin);
  setPair('UpperLegTwist', leg.pointAt(0.2075));
  setPair('LowerLeg', leg.pointAt(0.415));
  setPair('Foot', leg.ankleJoint);
  setPair('Toes', leg.toeJoint);
  return { parts, joints, arm, leg };
}
