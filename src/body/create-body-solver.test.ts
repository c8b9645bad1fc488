import { Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { drawShape } from '../mannequin/draw-shape.ts';
import { boneIndex, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { createRandom } from '../math/create-random.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { createTrackedFrame } from '../tracking/create-tracked-frame.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { estimateCamera } from './estimate-camera.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';

const mannequin = await committedMannequin();
const WIDTH = 720;
const HEIGHT = 1280;

interface Person {
  shape: Float32Array;
  rotation: Quaternion;
  /** Of the hips, in camera space, metres. */
  position: Vector3;
  /** Rotation of the left arm about its shoulder. */
  leftArm?: Quaternion;
  /** Metres of the person per metre of the world landmarks, whose scale MediaPipe guesses. */
  worldScale?: number;
  noise?: { metres: number; random: () => number };
}

/** Landmark sites of the person's body in camera space: what a tracker that measures depth would find. */
function placeSites({ shape, rotation, position, leftArm }: Person): Vector3[] {
  const rest = shapeRestBody(mannequin, shape, createRestBody());
  const hips = new Vector3().fromArray(rest.joints, 3 * boneIndex.hips);
  const shoulder = new Vector3().fromArray(rest.joints, 3 * boneIndex.leftUpperArm);
  return Array.from({ length: LANDMARK_COUNT }, (_, i) => {
    const site = new Vector3().fromArray(rest.sites, 3 * i);
    if (leftArm && [13, 15, 17, 19, 21].includes(i)) site.sub(shoulder).applyQuaternion(leftArm).add(shoulder);
    return site.sub(hips).applyQuaternion(rotation).add(position);
  });
}

/** What the tracker finds of the person. */
function observe(person: Person, timeMs: number, target: TrackedFrame = createTrackedFrame()): TrackedFrame {
  const sites = placeSites(person);
  const { fovYDegrees } = estimateCamera(WIDTH, HEIGHT, createPosedBody().camera);
  const halfHeight = halfHeightAtUnitDistance(fovYDegrees);
  const halfWidth = (halfHeight * WIDTH) / HEIGHT;
  const middle = sites[23].clone().add(sites[24]).multiplyScalar(0.5);
  const { worldScale = 1, noise } = person;
  const jitter = () => (noise ? (noise.random() - 0.5) * 2 * noise.metres : 0);
  sites.forEach((site, i) => {
    const seen = new Vector3(site.x + jitter(), site.y + jitter(), site.z);
    const x = (1 + seen.x / -seen.z / halfWidth) / 2;
    const y = (1 - seen.y / -seen.z / halfHeight) / 2;
    target.landmarks.set([x, y, 0, 1], LANDMARK_VALUES * i);
    const { x: right, y: up, z: near } = site.sub(middle).divideScalar(worldScale);
    target.worldLandmarks.set([right, -up, -near, 1], LANDMARK_VALUES * i);
  });
  return Object.assign(target, { timeMs, width: WIDTH, height: HEIGHT, score: 1 });
}

const { 'female-50': woman, 'male-50': man } = mannequin.presets;
/** The shape halfway between the median woman and man. */
const typical = woman.map((weight, i) => (weight + man[i]) / 2);
function createPerson(): Person {
  return { shape: typical.slice(), rotation: new Quaternion(), position: new Vector3(0, -0.1, -2.2) };
}
function joint(positions: Float32Array, name: keyof typeof boneIndex) {
  return new Vector3().fromArray(positions, 3 * boneIndex[name]);
}

/** Solves `frames` frames of a still person. */
function solve(person: Person, frames = 1, stature: number | null = null) {
  const solver = createBodySolver(mannequin);
  solver.setStature(stature);
  const body = createPosedBody();
  const tracked = createTrackedFrame();
  for (let frame = 0; frame < frames; frame++) solver.solve(observe(person, frame * 33, tracked), body, true);
  return body;
}

describe('createBodySolver', () => {
  it('finds every joint and rotation of a typical person in front of the camera', () => {
    const person = createPerson();
    const body = solve(person);
    expect(body.found).toBe(true);
    const { joints } = shapeRestBody(mannequin, person.shape, createRestBody());
    const hips = new Vector3().fromArray(joints, 0);
    for (const name of Object.keys(boneIndex) as (keyof typeof boneIndex)[]) {
      const truth = new Vector3()
        .fromArray(joints, 3 * boneIndex[name])
        .sub(hips)
        .add(person.position);
      const found = joint(body.positions, name);
      // A picture does not show the size: all distances may be wrong alike.
      expect(Math.abs(found.z / truth.z - 1), name).toBeLessThan(0.03);
      found.multiplyScalar(truth.z / found.z);
      // Hips show least: where the trunk ends and the thighs begin is uncertain.
      expect(found.distanceTo(truth), name).toBeLessThan(0.025);
      expect(
        new Quaternion().fromArray(body.rotations, 4 * boneIndex[name]).angleTo(new Quaternion()),
        name,
      ).toBeLessThan(0.02);
    }
  });

  for (const seed of [1, 2, 3]) {
    it(`finds proportions and rotation of another person at any scale of the world landmarks (seed ${seed})`, () => {
      const random = createRandom(seed);
      const shape = drawShape(population.female, random, new Float32Array(MORPH_COUNT));
      const rotation = new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), (random() - 0.5) * 1.2);
      const person: Person = {
        shape,
        rotation,
        position: new Vector3(random() - 0.5, random() - 0.5, -2 - random()),
        worldScale: 0.8 + 0.4 * random(),
      };
      const body = solve(person, 60);
      const sites = placeSites(person);
      const proportion = (shape: ArrayLike<number>): number => {
        const rest = shapeRestBody(mannequin, shape, createRestBody());
        const site = (i: number) => new Vector3().fromArray(rest.sites, 3 * i);
        return site(11).distanceTo(site(23)) / site(11).distanceTo(site(12));
      };
      const truth = sites[11].distanceTo(sites[23]) / sites[11].distanceTo(sites[12]);
      // Between the population's mean and what the landmarks show, nearer to the latter.
      const expected = proportion(population.female.mean);
      expect(Math.abs(proportion(body.shape) - truth)).toBeLessThan(0.75 * Math.abs(expected - truth) + 0.03);
      const found = new Quaternion().fromArray(body.rotations, 4 * boneIndex.upperChest);
      expect(found.angleTo(rotation)).toBeLessThan(0.06);
    });
  }

  it('keeps elbow and wrist on their landmarks in the picture while the arm is raised', () => {
    const person = { ...createPerson(), leftArm: new Quaternion().setFromAxisAngle(new Vector3(0, 0, 1), 1.8) };
    const body = solve(person);
    const sites = placeSites(person);
    for (const [name, carrier, site] of [
      ['leftLowerArm', 'leftUpperArm', 13],
      ['leftHand', 'leftLowerArm', 15],
    ] as const) {
      const offset = new Vector3(...mannequin.sites.find(({ landmark }) => landmark === site)!.offset);
      const turned = offset.applyQuaternion(new Quaternion().fromArray(body.rotations, 4 * boneIndex[carrier]));
      const found = joint(body.positions, name).add(turned);
      expect(found.x / -found.z).toBeCloseTo(sites[site].x / -sites[site].z, 3);
      expect(found.y / -found.z).toBeCloseTo(sites[site].y / -sites[site].z, 3);
    }
    const direction = joint(body.positions, 'leftLowerArm').sub(joint(body.positions, 'leftUpperArm')).normalize();
    const rest = joint(mannequin.joints, 'leftLowerArm').sub(joint(mannequin.joints, 'leftUpperArm')).normalize();
    const carried = rest.applyQuaternion(new Quaternion().fromArray(body.rotations, 4 * boneIndex.leftUpperArm));
    expect(carried.angleTo(direction)).toBeLessThan(0.01);
  });

  it('places a taller shopper farther away for the same picture', () => {
    const person = createPerson();
    const depthOf = (stature: number): number =>
      solve(person, 1, 100 * stature * mannequin.statureMetres).positions[3 * boneIndex.hips + 2];
    const ratio = depthOf(1.1) / depthOf(1);
    // Taller people are a little different in shape, too: their heads are not as much larger.
    expect(ratio).toBeGreaterThan(1.07);
    expect(ratio).toBeLessThan(1.11);
  });

  it('keeps the distance while the scale of the world landmarks changes and the picture does not', () => {
    const solver = createBodySolver(mannequin);
    const body = createPosedBody();
    const tracked = createTrackedFrame();
    const depths: number[] = [];
    // The scale changes every second, as between hanging and crossed arms.
    for (let frame = 0; frame < 180; frame++) {
      solver.solve(
        observe({ ...createPerson(), worldScale: frame % 60 < 30 ? 1 : 1.03 }, frame * 33, tracked),
        body,
        true,
      );
      if (frame >= 60) depths.push(body.positions[3 * boneIndex.hips + 2]);
    }
    expect(Math.max(...depths) / Math.min(...depths)).toBeGreaterThan(0.99);
  });

  it('keeps the distance of a still person with noisy landmarks (seed 5)', () => {
    const person: Person = { ...createPerson(), noise: { metres: 0.004, random: createRandom(5) } };
    const solver = createBodySolver(mannequin);
    const body = createPosedBody();
    const depths: number[] = [];
    for (let frame = 0; frame < 120; frame++) {
      solver.solve(observe(person, frame * 33), body, true);
      if (frame >= 60) depths.push(body.positions[3 * boneIndex.upperChest + 2]);
    }
    const mean = depths.reduce((sum, depth) => sum + depth, 0) / depths.length;
    const deviation = Math.sqrt(depths.reduce((sum, depth) => sum + (depth - mean) ** 2, 0) / depths.length);
    expect(deviation).toBeLessThan(0.01);
  });

  it('finds no body at a low score or without visible shoulders, and finds it again in the next frame', () => {
    const solver = createBodySolver(mannequin);
    const body = createPosedBody();
    solver.solve({ ...observe(createPerson(), 0), score: 0.2 }, body, true);
    expect(body.found).toBe(false);
    const hidden = observe(createPerson(), 33);
    for (const i of [11, 12]) hidden.landmarks[LANDMARK_VALUES * i + 3] = 0.1;
    solver.solve(hidden, body, true);
    expect(body.found).toBe(false);
    solver.solve(observe(createPerson(), 66), body, true);
    expect(body.found).toBe(true);
  });

  it('the confidence of a bone is the visibility of its landmarks', () => {
    const tracked = observe(createPerson(), 0);
    tracked.landmarks[LANDMARK_VALUES * 15 + 3] = 0.1;
    const body = createPosedBody();
    createBodySolver(mannequin).solve(tracked, body, true);
    expect(body.confidence[boneIndex.leftHand]).toBeCloseTo(0.1);
    expect(body.confidence[boneIndex.leftLowerArmTwist]).toBeCloseTo(0.1);
    expect(body.confidence[boneIndex.rightHand]).toBe(1);
  });

  it('refuses to leave out a step that does not exist, or without which there is no pose, and names the others', () => {
    for (const name of ['straighten-hair', 'pose-bones'])
      expect(() => createBodySolver(mannequin, { without: [name] })).toThrow(/straighten-trunk/);
  });

  it('leaves out a step by its name', () => {
    const depthAfterJump = (without: readonly string[]): number => {
      const solver = createBodySolver(mannequin, { without });
      const body = createPosedBody();
      const person = createPerson();
      solver.solve(observe(person, 0), body, true);
      person.position.z -= 0.2;
      solver.solve(observe(person, 33), body, true);
      return body.positions[3 * boneIndex.hips + 2];
    };
    const smoothed = depthAfterJump([]);
    expect(smoothed - depthAfterJump(['smooth-distance'])).toBeGreaterThan(0.05);
    expect(depthAfterJump(['straighten-legs'])).toBeCloseTo(smoothed, 2);
  });

  it('changes the shape at most three times after three seconds', () => {
    const person: Person = { ...createPerson(), noise: { metres: 0.004, random: createRandom(6) } };
    const solver = createBodySolver(mannequin);
    const body = createPosedBody();
    let version = 0;
    for (let frame = 0; frame < 180; frame++) {
      solver.solve(observe(person, frame * 33), body, true);
      if (frame === 90) version = body.shapeVersion;
    }
    expect(body.shapeVersion - version).toBeLessThanOrEqual(3);
  });
});
