import { type BodyRegion, regions } from '../mannequin/regions.ts';

/**
 * The areas of the body in which own clothes are erased or kept as a whole: half an erased sleeve looks worse than a
 * whole one that stays. Their order is their code in shaders.
 */
export const bodyAreas = ['kept', 'trunk', 'hips', 'leftArm', 'rightArm', 'leftLeg', 'rightLeg', 'neck'] as const;
/** One of `bodyAreas`. */
export type BodyArea = (typeof bodyAreas)[number];

/** Areas of the limbs by the side of the body. */
const limbAreas: Partial<Record<BodyRegion, 'Arm' | 'Leg'>> = {
  upperArm: 'Arm',
  forearm: 'Arm',
  hand: 'Arm',
  thigh: 'Leg',
  calf: 'Leg',
};

/**
 * Returns the code (index into `bodyAreas`) of the area of each bone, by index into `boneNames`. Feet and head are
 * kept: bare feet would be guessed in place of shoes.
 */
export function codeAreas(boneNames: readonly string[]): Uint8Array {
  return Uint8Array.from(boneNames, (name, bone) => {
    const { region, side } = regions[bone];
    const limb = limbAreas[region];
    if (limb && side !== 'middle') return bodyAreas.indexOf(`${side}${limb}`);
    if (name === 'hips') return bodyAreas.indexOf('hips');
    if (region === 'neck') return bodyAreas.indexOf('neck');
    return region === 'trunk' || region === 'clavicle' ? bodyAreas.indexOf('trunk') : 0;
  });
}
