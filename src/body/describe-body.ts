import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import type { Body, PosedBody } from './body.ts';
import { measureLengths } from './measure-body.ts';

/** The posed body in names, as pages read it; a copy, which stays as it is when the next frame comes. Null when nobody is there. */
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
