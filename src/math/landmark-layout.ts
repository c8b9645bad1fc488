/**
 * Number of pose landmarks of one person, in BlazePose's order. `landmarkIndex` names those that the body solve reads.
 */
export const LANDMARK_COUNT = 33;

/** Values of one landmark in a flat array: x, y, z, visibility. Landmark i starts at index `LANDMARK_VALUES * i`. */
export const LANDMARK_VALUES = 4;
