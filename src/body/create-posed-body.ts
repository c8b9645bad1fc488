import { BONE_COUNT, MORPH_COUNT } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';

/**
 * Creates a target for `BodySolver.solve`, which fills it in each frame. At first: no body found, all bones at the
 * origin with the rotation of the rest pose, the base shape (all morph weights 0), confidence 0, a camera without size.
 */
export function createPosedBody(): PosedBody {
  const rotations = new Float32Array(4 * BONE_COUNT);
  for (let bone = 0; bone < BONE_COUNT; bone++) rotations[4 * bone + 3] = 1;
  return {
    found: false,
    camera: { fovYDegrees: 60, width: 0, height: 0 },
    positions: new Float32Array(3 * BONE_COUNT),
    rotations,
    shape: new Float32Array(MORPH_COUNT),
    shapeVersion: 0,
    confidence: new Float32Array(BONE_COUNT),
  };
}
