/** Pose landmarks of one person, as BlazePose numbers them (`landmarkIndex` names those that the body solve reads). */
export const LANDMARK_COUNT = 33;

/** Values of one landmark in an array of landmarks: x, y, z, visibility. Landmark i starts at `LANDMARK_VALUES * i`. */
export const LANDMARK_VALUES = 4;
