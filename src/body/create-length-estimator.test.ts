import { expect, it } from 'vitest';
import { ansurTable } from '../../tools/mannequin/ansur-table.ts';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createLengthEstimator } from './create-length-estimator.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';

const mannequin = await committedMannequin();
const seen = new Float64Array(33).fill(1);

function sitesOf(shape: Float32Array): Float32Array {
  return shapeRestBody(mannequin, shape, createRestBody()).sites;
}
function height(sites: ArrayLike<number>, landmark: number): number {
  return sites[3 * landmark + 1];
}
function trunkOf(sites: ArrayLike<number>): number {
  return height(sites, at.leftShoulder) - height(sites, at.leftHip);
}
function shoulderToAnkle(sites: ArrayLike<number>): number {
  return height(sites, at.leftShoulder) - height(sites, at.leftAnkle);
}

for (const sex of ['female', 'male'] as const) {
  for (const percentile of [5, 50, 95] as const) {
    it(`expects of ${sex}s at the ${percentile}th percentile what they are, by their stature alone`, () => {
      const lengths = createLengthEstimator(mannequin);
      lengths.setStature(ansurTable[sex][percentile].stature);
      const shape = new Float32Array(MORPH_COUNT);
      lengths.writeShape(shape);
      const truth = shoulderToAnkle(sitesOf(mannequin.presets[`${sex}-${percentile}`]));
      expect(Math.abs(shoulderToAnkle(sitesOf(shape)) / truth - 1)).toBeLessThan(0.012);
    });
  }
}

it('halves what hips are found too low by, and keeps the size', () => {
  const { 'male-50': man } = mannequin.presets;
  const points = Float64Array.from(sitesOf(man));
  // Arms hang, or shoulders would teach little.
  for (const [elbow, wrist, shoulder] of [
    [at.leftElbow, at.leftWrist, at.leftShoulder],
    [at.rightElbow, at.rightWrist, at.rightShoulder],
  ]) {
    points.set([points[3 * shoulder], points[3 * shoulder + 1] - 0.27, points[3 * shoulder + 2]], 3 * elbow);
    points.set([points[3 * shoulder], points[3 * shoulder + 1] - 0.54, points[3 * shoulder + 2]], 3 * wrist);
  }
  const trunk = trunkOf(points);
  for (const hip of [at.leftHip, at.rightHip]) points[3 * hip + 1] -= 0.07;
  const lengths = createLengthEstimator(mannequin);
  lengths.setStature(ansurTable.male[50].stature);
  for (let frame = 0; frame < 60; frame++) lengths.observe(points, seen, lengths.scale());
  const shape = man.slice();
  lengths.writeShape(shape);
  expect(trunkOf(sitesOf(shape)) - trunk).toBeLessThan(0.04);
  expect(lengths.scale()).toBeCloseTo(1, 1);
  expect(lengths.steady(points, seen)).toBeCloseTo(1, 2);
});
