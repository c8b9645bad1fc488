// The unknowns that many measures of a body have in common: errors of the pose and the mask, the thickness of the
// clothes, and how far clothes draw landmarks down. They are estimated together with the body's shape.

/**
 * Errors of the pose where the tracker does not see the legs, with their means and standard deviations. How much a
 * measure contains of them differs from frame to frame (`Observation.poseShares`).
 */
const poseErrors = {
  /**
   * How much further below their sites the landmarks of the hips are found, metres: 1.5 to 5 cm on films of two makers'
   * bodies, beside films of the same bodies with their legs.
   */
  hipsWithoutLegs: { mean: 0.03, deviation: 0.02 },
  /**
   * By how much more the trunk is turned than it is posed, as a share of `trunkTurn`: on the same films people turned
   * by 35° are posed with shoulders turned by 29° and hips by 23°, but with the legs in the picture by 35°.
   */
  turnWithoutLegs: { mean: 0.25, deviation: 0.15 },
} as const;

/** Errors that many measures have in common: means and standard deviations. Those of the mask are metres of breadth. */
const errors = {
  ...poseErrors,
  /**
   * The edge of the mask, metres of breadth. On films of undressed people whose bodies are known the masks are 3 mm too
   * narrow to 3 mm too wide; over clothes they are rather too wide.
   */
  edge: { mean: 0.001, deviation: 0.005 },
  /** The line at which the inner side of a hanging arm is taken to be. */
  armSide: { mean: 0, deviation: 0.03 },
  /** The same line towards the armpit, where arms overlap the trunk, most of all on heavy people. */
  armTop: { mean: 0, deviation: 0.06 },
} as const;
/**
 * Clothes of unknown thickness, metres, both sides of the body together: over chest, waist, seat, both thighs, arms and
 * legs.
 */
const clothNames = ['chestCloth', 'waistCloth', 'seatCloth', 'thighCloth', 'armCloth', 'legCloth'] as const;
/**
 * How far below their sites the landmarks of hips and knees are found, metres. Under a wide shirt and trousers the
 * tracker looks for the hips near the shirt's hem.
 */
const lowNames = ['lowHips', 'lowKnees'] as const;
const errorNames = Object.keys(errors) as (keyof typeof errors)[];

type SharedName = keyof typeof errors | (typeof clothNames)[number] | (typeof lowNames)[number];
const sharedNames: readonly SharedName[] = [...errorNames, ...clothNames, ...lowNames];

/** Number of errors of the pose: they are the first of the shared unknowns. */
export const POSE_ERRORS = Object.keys(poseErrors).length;
/**
 * Means and standard deviations of the errors, metres or shares: the first of the shared unknowns. Those that depend on
 * the clothes are the rest: their thickness, then how far they draw landmarks down.
 */
export const SHARED_ERRORS: readonly { mean: number; deviation: number }[] = errorNames.map((name) => errors[name]);
/** Number of thicknesses of clothes: they follow the errors. */
export const CLOTH_UNKNOWNS = clothNames.length;
/** Number of unknowns that many measures have in common. */
export const SHARED_UNKNOWNS = sharedNames.length;
/** The shares of a measure that contains none of them. */
export const NOTHING_SHARED: readonly number[] = sharedNames.map(() => 0);

/**
 * Returns the shares of all shared unknowns in a measure, SHARED_UNKNOWNS: those given by name, and 0 for the rest. The
 * measure contains each unknown, metres, times its share.
 */
export function sharesOf(shares: Partial<Record<SharedName, number>>): readonly number[] {
  return sharedNames.map((name) => shares[name] ?? 0);
}

/** Returns the place of a shared unknown in their order. */
export function sharedIndex(name: SharedName): number {
  return sharedNames.indexOf(name);
}

/** Returns the share of cloth, of whatever part of the body, in a measure with the given shares (see `sharesOf`). */
export function clothShareOf(shares: readonly number[]): number {
  return shares.slice(errorNames.length, -lowNames.length).reduce((sum, share) => sum + share, 0);
}

/** Returns what the shared unknowns (SHARED_UNKNOWNS, metres) add to a measure with the given shares, metres. */
export function sumShared(shares: readonly number[], shared: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i] * shared[i];
  return sum;
}
