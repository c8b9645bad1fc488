import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { BONE_COUNT, boneIndex, MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { createBuildModel } from './create-build-model.ts';
import { createGirthEstimator } from './create-girth-estimator.ts';
import { createPosedBody } from './create-posed-body.ts';
import { estimateCamera } from './estimate-camera.ts';

const mannequin = await committedMannequin();
const DISTANCE = 2.4;
const MIDDLE = 0.9;

/** The mannequin in its rest pose and plain shape, as the solver would have found it before knowing any girth. */
function poseAtRest(): PosedBody {
  const body = createPosedBody();
  estimateCamera(720, 1280, body.camera);
  body.found = true;
  body.shapeVersion = 1;
  for (let bone = 0; bone < BONE_COUNT; bone++) {
    body.positions[3 * bone] = mannequin.joints[3 * bone];
    body.positions[3 * bone + 1] = mannequin.joints[3 * bone + 1] - MIDDLE;
    body.positions[3 * bone + 2] = mannequin.joints[3 * bone + 2] - DISTANCE;
  }
  return body;
}

/** The exact silhouette of the mannequin in a shape, standing there. */
function drawMask(shape: Float32Array): PersonMask {
  return shrink(drawSharpMask(shape, 144 * 4, 256 * 4), 4);
}

/** Averages squares of `factor` pixels: the soft edge that a real mask has. */
function shrink({ width, height, data }: PersonMask, factor: number): PersonMask {
  const small = {
    width: width / factor,
    height: height / factor,
    data: new Uint8ClampedArray((width * height) / factor ** 2),
  };
  const sums = new Float64Array(small.data.length);
  data.forEach((value, i) => {
    sums[Math.floor(Math.floor(i / width) / factor) * small.width + Math.floor((i % width) / factor)] +=
      value / factor ** 2;
  });
  small.data.set(sums);
  return small;
}

function drawSharpMask(shape: Float32Array, width: number, height: number): PersonMask {
  const data = new Uint8ClampedArray(width * height);
  const scale = height / (2 * Math.tan(Math.PI / 6));
  const points = mannequin.positions.slice();
  mannequin.morphs.forEach(({ positions }, m) => {
    if (shape[m] !== 0) positions.forEach((value, i) => (points[i] += shape[m] * value));
  });
  const project = (v: number) => {
    const depth = DISTANCE - points[3 * v + 2];
    return [width / 2 + (points[3 * v] / depth) * scale, height / 2 - ((points[3 * v + 1] - MIDDLE) / depth) * scale];
  };
  for (let t = 0; t < mannequin.indices.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => project(mannequin.indices[t + k]));
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    if (area === 0) continue;
    const low = [0, 1].map((k) => Math.floor(Math.min(a[k], b[k], c[k]) - 0.5));
    const high = [0, 1].map((k) => Math.ceil(Math.max(a[k], b[k], c[k]) - 0.5));
    for (let y = low[1]; y <= high[1]; y++) {
      for (let x = low[0]; x <= high[0]; x++) {
        const [px, py] = [x + 0.5, y + 0.5];
        const u = ((b[0] - px) * (c[1] - py) - (b[1] - py) * (c[0] - px)) / area;
        const v = ((c[0] - px) * (a[1] - py) - (c[1] - py) * (a[0] - px)) / area;
        if (u >= 0 && v >= 0 && u + v <= 1) data[y * width + x] = 255;
      }
    }
  }
  return { width, height, data };
}

for (const [waist, hip] of [
  [0.6, 0.4],
  [-0.5, -0.3],
  [0, 0.7],
]) {
  it(`learns waist ${waist} and hip ${hip} from the silhouette alone`, () => {
    // Somebody of mean lengths and of such a waist and hip, and what goes with them.
    const lengths = new Float32Array(MORPH_COUNT);
    const girths = [
      { morph: morphIndex.waist, weight: waist, trust: 1, isClothed: false },
      { morph: morphIndex.hip, weight: hip, trust: 1, isClothed: false },
    ];
    const truth = createBuildModel(mannequin).expect(lengths, girths, new Float32Array(MORPH_COUNT));
    for (const length of [
      'trunkLength',
      'upperArmLength',
      'lowerArmLength',
      'upperLegLength',
      'lowerLegLength',
      'shoulderBreadth',
    ] as const)
      truth[morphIndex[length]] = 0;
    truth[morphIndex.waist] = waist;
    truth[morphIndex.hip] = hip;
    const mask = drawMask(truth);
    const estimator = createGirthEstimator(mannequin);
    const body = poseAtRest();
    const shape = new Float32Array(MORPH_COUNT);
    for (let frame = 0; frame < 90; frame++) {
      estimator.observe(mask, body);
      estimator.writeShape(shape);
      if (frame % 10 === 0) {
        body.shape.set(shape);
        body.shapeVersion++;
      }
    }
    // A mask pixel is 1.1 cm there: half of one in breadth is 1.8 cm in girth, 0.15 of the hip's weight.
    expect(Math.abs(shape[morphIndex.waist] - waist)).toBeLessThan(0.15);
    expect(Math.abs(shape[morphIndex.hip] - hip)).toBeLessThan(0.15);
    expect(Math.sign(shape[morphIndex.thigh])).toBe(Math.sign(waist + hip));
  });
}

it('learns nothing from a person who bends, nor from an empty mask', () => {
  const estimator = createGirthEstimator(mannequin);
  const shape = new Float32Array(MORPH_COUNT);
  const body = poseAtRest();
  estimator.observe({ width: 144, height: 256, data: new Uint8ClampedArray(144 * 256) }, body);
  for (const side of ['leftLowerLeg', 'rightLowerLeg'] as const) {
    const bone = 3 * boneIndex[side];
    body.positions[bone + 1] += 0.3;
    body.positions[bone + 2] += 0.4;
  }
  const wide = new Float32Array(MORPH_COUNT);
  wide[morphIndex.waist] = 1;
  estimator.observe(drawMask(wide), body);
  estimator.writeShape(shape);
  const untaught = new Float32Array(MORPH_COUNT);
  createGirthEstimator(mannequin).writeShape(untaught);
  expect(shape).toEqual(untaught);
});
