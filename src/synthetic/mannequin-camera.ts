/** The camera that films the mannequin: level, in front of it, with the mannequin in the middle. */
export interface MannequinCamera {
  /** Full vertical field of view, degrees. */
  fovYDegrees: number;
  /** Size of the picture, pixels. */
  width: number;
  height: number;
  /** Horizontal distance from the camera to the place where the mannequin stands, metres. */
  distanceMetres: number;
  /** Height of the camera above the floor, metres. */
  heightMetres: number;
}

/**
 * How much of the body the picture shows, by name. `whole` has some space around the body, as from a phone on a shelf.
 */
const mannequinViews = {
  whole: { distanceMetres: 3, heightMetres: 1 },
  /** The picture ends at the knees. */
  'knees-up': { distanceMetres: 1.85, heightMetres: 1.18 },
  /** The picture ends at the hips, 0.8 m above the floor. */
  'waist-up': { distanceMetres: 1.4, heightMetres: 1.33 },
} as const satisfies Record<string, Partial<MannequinCamera>>;
export type MannequinViewName = keyof typeof mannequinViews;

const lens = { fovYDegrees: 42, width: 480, height: 640 };

/** Creates the camera of a view, with some of its values changed. Throws `RangeError` for an unknown view or size. */
export function createMannequinCamera(
  view: MannequinViewName,
  changes: Partial<MannequinCamera> = {},
): MannequinCamera {
  if (!Object.hasOwn(mannequinViews, view))
    throw new RangeError(`No view "${view}": use one of ${Object.keys(mannequinViews).join(', ')}.`);
  const camera = { ...lens, ...mannequinViews[view], ...changes };
  for (const size of [camera.width, camera.height]) {
    if (!(Number.isInteger(size) && size >= 1))
      throw new RangeError(
        `MannequinSource: a frame needs whole pixels, at least 1 × 1, not ${camera.width} × ${camera.height}.`,
      );
  }
  return camera;
}
