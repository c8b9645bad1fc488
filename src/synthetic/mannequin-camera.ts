/** The camera that films the mannequin: level, looking at it from the front. */
export interface MannequinCamera {
  /** Full vertical angle, degrees. */
  fovYDegrees: number;
  /** Pixels. */
  width: number;
  height: number;
  /** Metres from the camera to the mannequin's root. */
  distanceMetres: number;
  /** Metres of the camera above the floor. */
  heightMetres: number;
}

/** A whole body with some air, seen from about as far as a phone on a shelf; and what a phone on a desk sees. */
const mannequinViews = {
  whole: { distanceMetres: 3, heightMetres: 1 },
  /** The picture ends at the knees. */
  'knees-up': { distanceMetres: 1.85, heightMetres: 1.18 },
  /** The picture ends at the hips, 0.8 m above the floor. */
  'waist-up': { distanceMetres: 1.4, heightMetres: 1.33 },
} as const satisfies Record<string, Partial<MannequinCamera>>;
export type MannequinViewName = keyof typeof mannequinViews;

const lens = { fovYDegrees: 42, width: 480, height: 640 };

/** Throws `RangeError` for an unknown view and for pictures without pixels. */
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
        `MannequinSource: a frame has whole pixels and at least one, not ${camera.width} × ${camera.height}.`,
      );
  }
  return camera;
}
