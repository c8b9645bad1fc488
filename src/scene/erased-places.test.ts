import { expect, it } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import type { PixelClasses } from '../tracking/tracker.ts';
import { bodyAreas } from './body-areas.ts';
import { BodyCapsules } from './body-capsules.ts';
import { ErasedPlaces } from './erased-places.ts';

const WIDTH = 120;
const HEIGHT = 160;
const PER_METRE = HEIGHT / 2 / Math.tan((25 * Math.PI) / 180) / 2.5;

/** Capsules of a person who stands 2.5 m before the camera. */
function createCapsules(): BodyCapsules {
  const body = createPosedBody();
  Object.assign(body.camera, { fovYDegrees: 50, width: 480, height: 640 });
  const joints = {
    ...{ hips: [0, 0], spine: [0, 0.1], upperChest: [0, 0.4], neck: [0, 0.55], head: [0, 0.65] },
    ...{ leftUpperArm: [0.2, 0.45], leftLowerArm: [0.45, 0.4], leftHand: [0.7, 0.35] },
    ...{ rightUpperArm: [-0.2, 0.45], rightLowerArm: [-0.45, 0.4], rightHand: [-0.7, 0.35] },
    ...{ leftUpperLeg: [0.09, -0.05], leftLowerLeg: [0.1, -0.45], leftFoot: [0.1, -0.85], leftToes: [0.1, -0.95] },
    ...{ rightUpperLeg: [-0.09, -0.05], rightLowerLeg: [-0.1, -0.45], rightFoot: [-0.1, -0.85] },
    rightToes: [-0.1, -0.95],
  } as const;
  for (const [name, [x, y]] of Object.entries(joints))
    body.positions.set([x, y, -2.5], 3 * boneIndex[name as keyof typeof joints]);
  const capsules = new BodyCapsules();
  capsules.take(body, WIDTH, HEIGHT);
  return capsules;
}

/** Classes of a top from the shoulders to `hem` (metres above the hips) and of trousers below, and a band at the knee. */
function dress(hem: number, hasBand: boolean): PixelClasses {
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const x = (column + 0.5 - WIDTH / 2) / PER_METRE;
      const y = (HEIGHT / 2 - row - 0.5) / PER_METRE;
      const isTop = Math.abs(x) < 0.22 && y > hem && y < 0.5;
      const isBand = hasBand && Math.abs(x) < 0.2 && y > -0.4 && y < -0.33;
      const isTrousers = Math.abs(x) < 0.2 && y > -0.85 && y < 0.2;
      if (isTop || isBand) data[4 * (row * WIDTH + column) + 2] = 255;
      else if (isTrousers) data[4 * (row * WIDTH + column) + 3] = 255;
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

/** Erases everything, and returns the shares of upper and lower clothes, 0..255, at a place in metres. */
function placesOf(classes: PixelClasses): (x: number, y: number) => readonly number[] {
  const places = new ErasedPlaces();
  const shares = new Float32Array(bodyAreas.length).fill(1);
  places.take(classes, createCapsules(), { shares, box: { left: 0, top: 0, right: 1, bottom: 1 } });
  const { data, width } = places.uniform.value.image as { data: Uint8Array; width: number };
  return (x, y) => {
    const cell = Math.floor((HEIGHT / 2 - y * PER_METRE) / 2) * width + Math.floor((WIDTH / 2 + x * PER_METRE) / 2);
    return [data[2 * cell], data[2 * cell + 1]];
  };
}

it('erases a top down to its hem, below the waist too', () => {
  const at = placesOf(dress(-0.1, false));
  expect(at(0, 0.3)).toEqual([255, 255]);
  expect(at(0, -0.08)).toEqual([255, 255]);
});

it('leaves a band around the thighs in the colour of the top, with the cells beside it', () => {
  const at = placesOf(dress(0.05, true));
  expect(at(0, 0.3)).toEqual([255, 255]);
  expect(at(0.05, -0.36)).toEqual([0, 255]);
  expect(at(0.05, -0.3)[0]).toBe(0);
  expect(at(0.05, -0.15)[0]).toBe(255);
});

it('leaves a dress whole below the waist', () => {
  const at = placesOf(dress(-0.7, false));
  expect(at(0, 0.3)).toEqual([255, 255]);
  expect(at(0, -0.05)[0]).toBe(0);
  expect(at(0.1, -0.5)[0]).toBe(0);
});
