import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { anchorBones } from './garment-binding.ts';

/**
 * Where cloth rests, as shares of the way from the middle of the body to a shoulder's joint: a collar and the trunk's
 * cloth in the middle of the shoulder seam, the end of that seam just before the joint.
 */
const SEAM_MIDDLE = 0.55;
const SEAM_END = 0.9;
/** The vertex that is found lies over that place within this, metres: less than one of the mannequin's edges. */
const WITHIN_METRES = 0.015;
/** And less than this over the joint, metres: higher up is the head. */
const HIGHEST_METRES = 0.12;

/**
 * Finds where cloth rests on the shoulders of a mannequin (the body model).
 *
 * @returns For each of `anchorBones`, the mannequin's vertices on which the cloth rests that the anchor carries: on both
 * shoulders for the neck's, on its own for an upper arm's, none for hips and feet.
 */
export function findRestVertices({ positions, joints }: Mannequin): number[][] {
  const findOver = (bone: number, share: number): number[] => {
    const x = share * joints[3 * bone];
    const y = joints[3 * bone + 1];
    const z = joints[3 * bone + 2];
    let nearest = -1;
    let nearestMetres = WITHIN_METRES;
    for (let v = 0; 3 * v < positions.length; v++) {
      const over = positions[3 * v + 1] - y;
      const beside = Math.hypot(positions[3 * v] - x, positions[3 * v + 2] - z);
      if (over < 0 || over > HIGHEST_METRES || beside > nearestMetres) continue;
      nearest = v;
      nearestMetres = beside;
    }
    return nearest < 0 ? [] : [nearest];
  };
  const { neck, leftUpperArm, rightUpperArm } = boneIndex;
  return anchorBones.map((bone) => {
    if (bone === neck) return [...findOver(leftUpperArm, SEAM_MIDDLE), ...findOver(rightUpperArm, SEAM_MIDDLE)];
    return bone === leftUpperArm || bone === rightUpperArm ? findOver(bone, SEAM_END) : [];
  });
}
