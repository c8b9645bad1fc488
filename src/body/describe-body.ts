import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import type { Body, PosedBody } from './body.ts';
import { measureLengths } from './measure-body.ts';

/**
 * Copies the posed body, whose arrays are in the order of `boneNames`, into an object with names as keys, for a page:
 * joints in metres in camera space, lengths in centimetres, confidence 0..1. Later frames do not change the copy.
 *
 * @param mannequin The mannequin that the body was solved with; its lengths are measured in the body's shape.
 * @returns Null when no body was found.
 */
export function describeBody(body: PosedBody, mannequin: Mannequin): Body | null {
  if (!body.found) return null;
  const joints = {} as Body['joints'];
  const confidence = {} as Record<BoneName, number>;
  for (const name of boneNames) {
    const bone = boneIndex[name];
    joints[name] = [body.positions[3 * bone], body.positions[3 * bone + 1], body.positions[3 * bone + 2]];
    confidence[name] = body.confidence[bone];
  }
  return { joints, camera: { ...body.camera }, shape: measureLengths(mannequin, body.shape), confidence };
}
