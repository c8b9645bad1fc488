import { landmarkIndex as at } from './landmark-index.ts';

/** How far the model's world landmarks lean towards the camera where people stand upright, as a slope: 11°, by eye on footage; to be fitted. */
const MODEL_LEAN = 0.2;
/** Share of its upright length below which a trunk is taken to be foreshortened: noise and breath stay above. */
const FORESHORTENED = 0.97;
/** Slope by which a trunk may lean beyond what its foreshortening shows: 8°, a camera that looks a little up or down. */
const FREE_LEAN = 0.14;

/**
 * Puts the lean of world landmarks right: MediaPipe's depth tips upright people forwards and says too little of a bow. A trunk
 * seen at its full length cannot lean much; one seen shorter must. Everything above the hips is sheared in depth, so that the picture stays as it is.
 *
 * @param world 3 × 33, camera axes (y up, z towards the viewer), origin at the hips; changed in place.
 * @param uprightLength length of the trunk in the picture's plane when upright, in the same unit.
 * @returns the trunk's length in the picture's plane now.
 */
export function straightenTrunk(world: Float32Array | Float64Array, uprightLength: number): number {
  const middle = (axis: number, a: number, b: number): number => (world[3 * a + axis] + world[3 * b + axis]) / 2;
  const across = middle(0, at.leftShoulder, at.rightShoulder) - middle(0, at.leftHip, at.rightHip);
  const height = middle(1, at.leftShoulder, at.rightShoulder) - middle(1, at.leftHip, at.rightHip);
  const depth = middle(2, at.leftShoulder, at.rightShoulder) - middle(2, at.leftHip, at.rightHip);
  const length = Math.hypot(across, height);
  // Lying or upside down: up is not where the lean is.
  if (height < 0.5 * length) return length;
  const most = Math.sqrt(Math.max(0, uprightLength ** 2 - length ** 2)) + FREE_LEAN * length;
  // A trunk seen shorter than it is does lean, the way the model says; how far, its length tells better than the model.
  const shown = Math.sqrt(Math.max(0, (FORESHORTENED * uprightLength) ** 2 - length ** 2));
  const least = shown > 0 && depth > 0 ? shown : -most;
  const lean = Math.min(most, Math.max(least, depth - MODEL_LEAN * height));
  const shear = (lean - depth) / height;
  const hipHeight = middle(1, at.leftHip, at.rightHip);
  for (let i = 0; i < world.length; i += 3) world[i + 2] += shear * Math.max(0, world[i + 1] - hipHeight);
  return length;
}
