import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import type { Body, PosedBody } from './body.ts';
import { measureLengths } from './measure-body.ts';

/**
 * Copies the posed body into an object by names for a page; null when there is no body. Later frames do not change the
 * copy.
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
