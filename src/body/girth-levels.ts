// Where on the body each girth is measured, so that a tape around the mannequin and an outline in a picture mean the
// same place.

/** Names of the girths that are measured. */
export const girthNames = ['neck', 'chest', 'underBust', 'waist', 'hip', 'thigh', 'upperArm'] as const;
export type GirthName = (typeof girthNames)[number];

/**
 * Height of the hip joint over the floor, and of the upper chest joint over the hip joint, metres, of the body that the
 * levels are taken from.
 */
const LEVEL_HIP_METRES = 0.87;
export const LEVEL_TRUNK_METRES = 0.4;

/** Returns the level of a height (metres) on that body. */
function levelOf(height: number): number {
  return (height - LEVEL_HIP_METRES) / LEVEL_TRUNK_METRES;
}

/**
 * Levels of the trunk's girths: 0 is the hip joint, 1 the upper chest joint; below the hip joint, LEVEL_TRUNK_METRES to
 * a level. Chest, waist (at the navel) and hip (buttocks) follow ANSUR's mean heights; the chest's is 1.5 cm lower,
 * below the point where the arms, which are held away, join the trunk. Under the bust: where the mannequin's bust ends.
 */
export const TRUNK_LEVELS = {
  chest: levelOf(1.2164),
  underBust: levelOf(1.13),
  waist: levelOf(1.0183),
  hip: levelOf(0.8608),
} as const;
/** Place of the neck's girth, from the joint of the neck (0) to that of the head (1). */
export const NECK_LEVEL = 0.45;
/** Place at which the mannequin's neck is narrowest, in the same terms. At the girth's place necks are broader, women's most. */
export const NARROWEST_NECK_LEVEL = 0.25;
/** Place of the thigh's girth, from hip (0) to knee (1): at the fold under the buttock. */
export const THIGH_LEVEL = 0.21;
/** The upper arm's girth is the largest of those at these places, from shoulder (0) to elbow (1). */
export const UPPER_ARM_LEVELS = [0.35, 0.45, 0.55] as const;
