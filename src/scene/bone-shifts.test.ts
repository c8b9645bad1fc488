import { expect, it } from 'vitest';
import type { PosedBody } from '../body/body.ts';
import type { WornGarment } from '../garment/garment.ts';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { BoneShifts } from './bone-shifts.ts';

const DEPTH = 2;
const RADIUS = 0.15;
const WIDTH = 240;
const HEIGHT = 320;
const FOV_Y_DEGREES = 50;
const PIXELS = HEIGHT / 2 / Math.tan((FOV_Y_DEGREES * Math.PI) / 360) / DEPTH;

/** A tube around the hips' joint, 40 cm tall, 15 cm in radius, which stands off the skin by `clearance` metres. */
function createTube(clearance: number): WornGarment {
  const positions: number[] = [];
  const normals: number[] = [];
  for (let row = 0; row < 20; row++)
    for (let i = 0; i < 48; i++) {
      const angle = (i * Math.PI) / 24;
      normals.push(Math.cos(angle), 0, Math.sin(angle));
      positions.push(RADIUS * Math.cos(angle), 1 + 0.02 * (row - 10), RADIUS * Math.sin(angle));
    }
  const count = positions.length / 3;
  const part = {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    skinIndices: new Uint16Array(4 * count),
    skinWeights: Float32Array.from({ length: 4 * count }, (_, k) => (k % 4 === 0 ? 1 : 0)),
  };
  const binding = {
    skinVertices: new Int32Array(count).fill(-1),
    weld: { welded: Uint32Array.from({ length: count }, (_, i) => i) },
    firsts: [0],
  };
  const fit = { positions: [part.positions], clearances: [new Float32Array(count).fill(clearance)] };
  return { garment: { parts: [part], binding }, fit } as unknown as WornGarment;
}

/** Fits a frame in which the person ends at two distances from the picture's middle, metres, by height. */
function fitFrame(endsAt: (y: number) => { left: number; right: number }, clearance = 0.01): BoneShifts {
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  for (let row = 0; row < HEIGHT; row++) {
    const { left, right } = endsAt((HEIGHT / 2 - row - 0.5) / PIXELS);
    for (let column = 0; column < WIDTH; column++) {
      const x = (column + 0.5 - WIDTH / 2) / PIXELS;
      const beyond = Math.max(left - x, x - right) * PIXELS;
      data[4 * (row * WIDTH + column) + 2] = 255 * Math.min(1, Math.max(0, 0.5 - beyond));
    }
  }
  const positions = new Float32Array(3 * BONE_COUNT);
  const rotations = new Float32Array(4 * BONE_COUNT);
  const joints = new Float32Array(3 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) {
    positions[3 * b + 2] = -DEPTH;
    rotations[4 * b + 3] = 1;
    joints[3 * b + 1] = 1;
  }
  const camera = { fovYDegrees: FOV_Y_DEGREES, width: WIDTH, height: HEIGHT };
  const shifts = new BoneShifts({ normals: new Float32Array(3) });
  shifts.takeShape({ joints });
  shifts.takeBody(
    { positions, rotations, camera } as PosedBody,
    {
      timeMs: 0,
      mask: null,
      classes: { width: WIDTH, height: HEIGHT, data },
    } as TrackedFrame,
  );
  shifts.takeGarments([createTube(clearance)]);
  return shifts;
}

const hips = 4 * boneIndex.hips;

it('moves cloth to the side where the picture shows the person', () => {
  const { boneShifts } = fitFrame(() => ({ left: 0.012 - RADIUS, right: 0.012 + RADIUS })).uniforms;
  expect(boneShifts.value[hips]).toBeGreaterThan(0.009);
  expect(boneShifts.value[hips]).toBeLessThan(0.013);
  expect(Math.abs(boneShifts.value[hips + 2])).toBeLessThan(0.003);
});

it.each([0.006, 0.028])('finds own clothes that stand off by %s metres farther than the garment', (beyond) => {
  const { boneShifts, ownTightness } = fitFrame(() => ({ left: -beyond - RADIUS, right: beyond + RADIUS })).uniforms;
  expect(Math.abs(boneShifts.value[hips])).toBeLessThan(0.001);
  expect(Math.abs(boneShifts.value[hips + 2])).toBeLessThan(0.005);
  expect(Math.abs(boneShifts.value[hips + 2] + boneShifts.value[hips + 3] - beyond)).toBeLessThan(0.003);
  expect(ownTightness.value[0]).toBeLessThan(0.2);
});

it('tells tight own clothes from such as stand off the skin like a garment, by 2 cm', () => {
  const tight = fitFrame(() => ({ left: 0.02 - RADIUS, right: RADIUS - 0.02 }), 0.02).uniforms;
  const alike = fitFrame(() => ({ left: -RADIUS, right: RADIUS }), 0.02).uniforms;
  expect(tight.ownTightness.value[0]).toBeGreaterThan(0.7);
  expect(Math.abs(alike.ownTightness.value[0])).toBeLessThan(0.2);
  expect(Math.abs(tight.boneShifts.value[hips + 3])).toBeLessThan(0.003);
});

it('does not follow a lump on one side', () => {
  const { boneShifts } = fitFrame((y) => ({ left: -RADIUS, right: RADIUS + (Math.abs(y) < 0.03 ? 0.03 : 0) })).uniforms;
  expect(Math.abs(boneShifts.value[hips])).toBeLessThan(0.003);
});
