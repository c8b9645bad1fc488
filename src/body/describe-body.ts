import { type BoneName, boneIndex, boneNames } from '../mannequin/mannequin.ts';
import type { Body, PosedBody } from './body.ts';
import type { BodyMeasurer } from './create-body-measurer.ts';

/**
 * Copies the posed body, whose arrays are in the order of `boneNames`, into an object with names as keys, for a page:
 * joints in metres in camera space, measures in centimetres, confidence 0..1. Later frames do not change the copy.
 *
 * @param body The mannequin, posed as the shopper in the last frame.
 * @param measurer Computes the measures of its shape and their standard deviations.
 * @returns Null when no body was found.
 */
export function describeBody(body: PosedBody, measurer: BodyMeasurer): Body | null {
  if (!body.found) return null;
  const joints = {} as Body['joints'];
  const confidence = {} as Record<BoneName, number>;
  for (const name of boneNames) {
    const bone = boneIndex[name];
    joints[name] = [body.positions[3 * bone], body.positions[3 * bone + 1], body.positions[3 * bone + 2]];
    confidence[name] = body.confidence[bone];
  }
  return {
    joints,
    camera: { ...body.camera },
    shape: measurer.shape(body),
    shapeSpread: measurer.spread(body),
    confidence,
  };
}
