import { describe, expect, it } from 'vitest';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { fitGarment } from '../garment/fit-garment.ts';
import { bindTubeGarment, makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { createMannequinPose, type MannequinPose } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { createClothMesh } from './create-cloth-mesh.ts';
import { HangingCloth } from './hanging-cloth.ts';
import { PosedSkin } from './posed-skin.ts';

const FRAME_MS = 1000 / 30;
const mannequin = makeTubeMannequin(makeTube(0.1, 0.9, 1.3));
const shape = createMannequinShape(mannequin);
shapeMannequin(mannequin, new Float32Array(0), shape);
/** A tube of cloth 3 cm off the body; size L is 10 % longer. */
const tube = makeTube(0.13, 1.04, 1.16);
const longer = tube.positions.map((value, k) => (k % 3 === 1 ? 0.1 * (value - 1.1) : 0));
const garment = await bindTubeGarment(makeTubeGarment([tube], { L: longer }), mannequin);
const mesh = createClothMesh(garment);

/** The body moved by `x` metres along x, after it was turned by `angle` about the z axis, radians. */
function poseOf(angle: number, x = 0): MannequinPose {
  const pose = createMannequinPose();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let b = 0; b < BONE_COUNT; b++) {
    const [jx, jy, jz] = shape.joints.subarray(3 * b, 3 * b + 3);
    pose.positions.set([cos * jx - sin * jy + x, sin * jx + cos * jy, jz], 3 * b);
    pose.rotations.set([0, 0, Math.sin(angle / 2), Math.cos(angle / 2)], 4 * b);
  }
  return pose;
}

/** Wears the garment in a size. `show` hangs it in a pose at a time; `read` returns its vertices, posed, metres. */
function wear(size = 'M') {
  const hanging = new HangingCloth(garment, mesh);
  const fit = fitGarment(garment, shape, size, createGarmentFit(garment));
  hanging.takeFit(fit, shape);
  const skin = new PosedSkin(mannequin);
  let last = poseOf(0);
  return {
    hanging,
    fit,
    show(pose: MannequinPose, timeMs: number): void {
      last = pose;
      skin.pose(shape, pose);
      hanging.hang(fit, size, 1, () => skin, timeMs);
    },
    read(positions = fit.positions[0]): Float32Array {
      const { skinIndices, skinWeights } = garment.parts[0];
      const posed = new Float32Array(positions.length);
      return skinVertices({ positions, skinIndices, skinWeights }, shape.joints, last, posed);
    },
  };
}

/** Mean of a coordinate (0: x, 1: y, 2: z) of all vertices, metres. */
function meanOf(positions: ArrayLike<number>, axis: number): number {
  let sum = 0;
  for (let k = axis; k < positions.length; k += 3) sum += positions[k];
  return (3 * sum) / positions.length;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
  return largest;
}

describe('HangingCloth', () => {
  it('is still on a still body from its first frame on', () => {
    const { show, read } = wear();
    show(poseOf(0), 0);
    const first = read();
    for (let frame = 1; frame < 60; frame++) show(poseOf(0), frame * FRAME_MS);
    const later = read();
    expect(largestDifference(later, first)).toBeLessThan(0.003);
    show(poseOf(0), 60 * FRAME_MS);
    expect(largestDifference(read(), later)).toBeLessThan(2e-5);
  });

  it('hangs down from a level limb, whichever way it points, and not on an upright one', () => {
    const drape = garment.parts[0].positions;
    const sag = (angle: number): number => {
      const { show, read } = wear();
      show(poseOf(angle), 0);
      return meanOf(read(drape), 1) - meanOf(read(), 1);
    };
    const [upright, left, right] = [sag(0), sag(Math.PI / 2), sag(-Math.PI / 2)];
    expect(left).toBeGreaterThan(upright + 0.004);
    expect(right).toBeCloseTo(left, 3);
  });

  it('tells how far it stands off the skin as it hangs, not as it was fitted', () => {
    const { show, read, fit } = wear();
    show(poseOf(Math.PI / 2), 0);
    const posed = read();
    const middle = meanOf(posed, 1);
    const meanClearance = (isAbove: boolean): number => {
      const those = fit.clearances[0].filter((_, v) => posed[3 * v + 1] > middle === isAbove);
      return those.reduce((sum, clearance) => sum + clearance, 0) / those.length;
    };
    // A level limb: the cloth lies on top of it and hangs below it.
    expect(meanClearance(true)).toBeLessThan(0.025);
    expect(meanClearance(false)).toBeGreaterThan(0.033);
  });

  it('is off its place as the particles around are, once it is skinned', () => {
    const { hanging, show, read } = wear();
    for (let frame = 0; frame < 5; frame++) show(poseOf(0.3 * frame, 0.02 * frame), frame * FRAME_MS);
    const posed = read();
    const { positions, places } = hanging.cloth!;
    const { starts, particles, shares } = mesh.smooth;
    const drawn = mesh.sources.flatMap(({ vertex }) => Array.from(posed.subarray(3 * vertex, 3 * vertex + 3)));
    const smooth = drawn.map((_, k) => {
      const [i, axis] = [Math.floor(k / 3), k % 3];
      let value = hanging.origin[axis] + places[4 * i + axis];
      for (let n = starts[mesh.vertices[i]]; n < starts[mesh.vertices[i] + 1]; n++)
        value += shares[n] * (positions[4 * particles[n] + axis] - places[4 * particles[n] + axis]);
      return value;
    });
    // The smooth field is drawn as it is within 3 mm of its particles, and farther from them 3 mm off them.
    const particlePlaces = hanging.cloth!.readPositions().map((value, k) => value + hanging.origin[k % 3]);
    const lengths = mesh.sources.map((_, i) =>
      Math.hypot(...[0, 1, 2].map((axis) => smooth[3 * i + axis] - particlePlaces[3 * i + axis])),
    );
    expect(lengths.some((length) => length < 0.003)).toBe(true);
    expect(lengths.some((length) => length > 0.004)).toBe(true);
    const expected = smooth.map((value, k) => {
      const share = Math.min(1, 0.003 / lengths[Math.floor(k / 3)]);
      return particlePlaces[k] + share * (value - particlePlaces[k]);
    });
    expect(largestDifference(drawn, expected)).toBeLessThan(1e-5);
  });

  it('gains no energy while the body sways, comes to rest when it stops, and does the same twice', () => {
    const run = () => {
      const { hanging, show, read } = wear();
      const energies: number[] = [];
      for (let frame = 0; frame < 400; frame++) {
        show(poseOf(0.4 * Math.sin(frame / 5), 0.1 * Math.sin(frame / 3)), frame * FRAME_MS);
        energies.push(hanging.cloth!.velocities.reduce((sum, speed) => sum + speed * speed, 0));
      }
      return { hanging, show, read, energies };
    };
    const first = run();
    const sum = (values: number[]): number => values.reduce((total, value) => total + value);
    const [early, late] = [sum(first.energies.slice(50, 200)), sum(first.energies.slice(250, 400))];
    expect(early).toBeGreaterThan(0);
    expect(late / early).toBeLessThan(1.1);
    expect(first.read()).toEqual(run().read());
    for (let frame = 400; frame < 600; frame++) first.show(poseOf(0), frame * FRAME_MS);
    const rested = first.read();
    first.show(poseOf(0), 600 * FRAME_MS);
    // 32 bits round to 0.1 µm at a metre, in each of a frame's steps.
    expect(largestDifference(first.read(), rested)).toBeLessThan(5e-6);
  });

  it('a particle that is lost, and one that is no number, come back at once', () => {
    const { hanging, show, read } = wear();
    show(poseOf(0), 0);
    const before = read();
    const { positions } = hanging.cloth!;
    positions[0] += 5;
    positions[40] = NaN;
    for (let frame = 1; frame < 30; frame++) show(poseOf(0), frame * FRAME_MS);
    expect(hanging.hasFailed).toBe(false);
    expect(largestDifference(read(), before)).toBeLessThan(0.01);
  });

  it('is as much longer in a longer size as its cloth is', () => {
    const heightOf = (size: string): number => {
      const { show, read } = wear(size);
      show(poseOf(0), 0);
      const heights = read().filter((_, k) => k % 3 === 1);
      return Math.max(...heights) - Math.min(...heights);
    };
    expect(heightOf('L') / heightOf('M')).toBeCloseTo(1.1, 1);
    expect(heightOf('L') - heightOf('M')).toBeGreaterThan(0.009);
  });

  it('swings after a body that stops, unless it must not', () => {
    const overshoot = (swings: boolean): number => {
      const { hanging, show, read } = wear();
      hanging.swings = swings;
      let frame = 0;
      for (; frame < 10; frame++) show(poseOf(0, 0.04 * frame), frame * FRAME_MS);
      const stopped = poseOf(0, 0.36);
      let most = 0;
      for (; frame < 30; frame++) {
        show(stopped, frame * FRAME_MS);
        most = Math.max(most, meanOf(read(), 0) - 0.36);
      }
      return most;
    };
    const swung = overshoot(true);
    expect(swung).toBeGreaterThan(0.002);
    expect(overshoot(false)).toBeLessThan(0.1 * swung);
  });

  it('after a gap it hangs as at a start', () => {
    const [gone, fresh] = [wear(), wear()];
    for (let frame = 0; frame < 10; frame++) gone.show(poseOf(0.1 * frame), frame * FRAME_MS);
    gone.show(poseOf(0.5), 2000);
    fresh.show(poseOf(0.5), 2000);
    expect(gone.read()).toEqual(fresh.read());
  });
});
