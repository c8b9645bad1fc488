import { type LightShape, shade } from './find-key-light.ts';
import { type LightSamples, LOWER_GROUP, MAX_SAMPLES, UPPER_GROUP } from './light-samples.ts';

/** Groups of samples whose material is measured, in the order of the result: own upper and own lower clothes. */
const MATERIAL_GROUPS = [UPPER_GROUP, LOWER_GROUP] as const;
/** Materials × red, green, blue. */
export const MATERIAL_VALUES = 3 * MATERIAL_GROUPS.length;
/** Value of a material that is not seen: darker than every picture. */
export const UNSEEN_MATERIAL = -20;
/** Fewer samples tell nothing. */
const MIN_SAMPLES = 8;
/** Least linear value of a channel: half a step of 8 bits. */
const MIN_VALUE = 0.5 / 255 / 12.92;

/** Scratch: one channel of the samples of one group. */
const logs = new Float32Array(MAX_SAMPLES);

/**
 * Writes the colours that own upper and own lower clothes have in the mean light into `target`, and returns it: for
 * each the natural logarithms of linear red, green and blue, or three times `UNSEEN_MATERIAL`. Each is the median over
 * the samples, so that prints, collars, folds and cast shadows do not count while they cover less than half. Pure.
 *
 * @param samples colours on the body, with groups by the pixels' classes.
 * @param shape how the light depends on the normal: its effect is taken out.
 */
export function measureMaterials(samples: LightSamples, shape: LightShape, target: Float32Array): Float32Array {
  const { count, normals, colours, groups } = samples;
  for (let m = 0; m < MATERIAL_GROUPS.length; m++)
    for (let k = 0; k < 3; k++) {
      let found = 0;
      for (let i = 0; i < count; i++) {
        if (groups[i] !== MATERIAL_GROUPS[m]) continue;
        const light = shade(shape, normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]);
        logs[found++] = Math.log(Math.max(MIN_VALUE, colours[3 * i + k]) / light);
      }
      target[3 * m + k] = found < MIN_SAMPLES ? UNSEEN_MATERIAL : medianOf(logs.subarray(0, found));
    }
  return target;
}

/** Returns the median. Sorts `values` in place. */
function medianOf(values: Float32Array): number {
  return values.sort()[Math.floor(values.length / 2)];
}
