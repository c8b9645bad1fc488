/**
 * Number of pose landmarks of one person, in BlazePose's order. `landmarkIndex` names those that the body solve reads.
 */
export const LANDMARK_COUNT = 33;

/**
 * Number of values of one landmark in a flat array of landmarks: x, y, z in the array's own unit and space, and
 * visibility, 0..1. Landmark i starts at index `LANDMARK_VALUES * i`.
 */
export const LANDMARK_VALUES = 4;
