/**
 * The camera that films the mannequin. It is level and looks along −z of camera space; the mannequin's place on the
 * floor is straight ahead, in the middle of the picture's width.
 */
export interface MannequinCamera {
  /** Full vertical field of view, degrees. Default 42. */
  fovYDegrees: number;
  /** Size of the picture, whole pixels, at least 1 × 1. Default 480 × 640. */
  width: number;
  height: number;
  /** Horizontal distance from the camera to the mannequin's place on the floor, metres. Default: the view's. */
  distanceMetres: number;
  /** Height of the camera above the floor, metres. Default: the view's. */
  heightMetres: number;
}

/** Places of the camera by name: each view shows another part of the body. */
const mannequinViews = {
  /** The picture shows the whole body with some space around it, as from a phone on a shelf. */
  whole: { distanceMetres: 3, heightMetres: 1 },
  /** The picture ends at the knees. */
  'knees-up': { distanceMetres: 1.85, heightMetres: 1.18 },
  /** The picture ends at the hips, 0.8 m above the floor. */
  'waist-up': { distanceMetres: 1.4, heightMetres: 1.33 },
} as const satisfies Record<string, Partial<MannequinCamera>>;
/** Name of a view. */
export type MannequinViewName = keyof typeof mannequinViews;

/** Field of view and size that all views share. */
const lens = { fovYDegrees: 42, width: 480, height: 640 };

/**
 * Creates the camera of a view, with the values in `changes` instead of the view's. Throws `RangeError` for an unknown
 * view, and for a width or height that is not a whole number of at least 1.
 */
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
