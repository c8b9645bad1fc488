import { describe, expect, it } from 'vitest';
import type { Garment, GarmentFit } from '../garment/garment.ts';
import { writeFit } from '../garment/write-fit.ts';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { createMannequinPose } from '../mannequin/pose-mannequin.ts';
import { createSkinMatrices, writeSkinMatrices } from '../mannequin/skin-matrices.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { createRandom } from '../math/create-random.ts';
import { Cloth } from './cloth.ts';
import { clothMaterial } from './cloth-material.ts';
import { ClothSurface } from './cloth-surface.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { makeGrid, makeGridSheet } from './make-grid.test-helper.ts';

/**
 * A sheet of 5 × 4 squares, each vertex moved by two to four bones, in a random pose (seed 9) 3 m from the origin. Every
 * second vertex is a particle.
 */
function makeScene() {
  const random = createRandom(9);
  const { positions, triangles } = makeGrid(5, 4, 0.03);
  const drape = Float32Array.from(positions, (value) => value + 0.01 * random());
  const count = drape.length / 3;
  const skinIndices = Uint16Array.from({ length: 4 * count }, () => Math.floor(BONE_COUNT * random()));
  const skinWeights = new Float32Array(4 * count);
  for (let v = 0; v < count; v++) {
    const weights = [random(), random(), v % 3 === 0 ? random() : 0, v % 5 === 0 ? random() : 0];
    const sum = weights.reduce((total, weight) => total + weight);
    for (let k = 0; k < 4; k++) skinWeights[4 * v + k] = weights[k] / sum;
  }
  const joints = Float32Array.from({ length: 3 * BONE_COUNT }, () => 0.2 * random());
  const pose = createMannequinPose();
  for (let b = 0; b < BONE_COUNT; b++) {
    // Turns of up to some 60° about axes of any direction, so that blended matrices are far from singular.
    const q = [random() - 0.5, random() - 0.5, random() - 0.5, 1];
    pose.rotations.set(
      q.map((value) => value / Math.hypot(...q)),
      4 * b,
    );
    pose.positions.set([random() - 0.5, random() - 0.5, random() - 3], 3 * b);
  }
  const bones = createSkinMatrices();
  writeSkinMatrices(pose, { joints }, bones);
  const vertices = Uint32Array.from({ length: Math.ceil(count / 2) }, (_, i) => 2 * i);
  const movers = Uint32Array.from({ length: 3 * count }, () => Math.floor(vertices.length * random()));
  const shares = Float32Array.from({ length: 3 * count }, () => random());
  const smooth = { starts: Uint32Array.from({ length: count + 1 }, (_, v) => 3 * v), particles: movers, shares };
  const mesh = {
    vertices,
    triangles: new Uint32Array(),
    skinIndices,
    skinWeights,
    movers,
    shares,
    smooth,
  } as unknown as ClothMesh;
  const sheet = { ...makeGridSheet({ positions, triangles: triangles.slice(0, 0) }), particleCount: vertices.length };
  const cloth = new Cloth(sheet, new Float64Array(3 * vertices.length), clothMaterial({ stretch: 15, weight: 160 }));
  const posed = (places: Float32Array): Float32Array =>
    skinVertices({ positions: places, skinIndices, skinWeights }, joints, pose, new Float32Array(places.length));
  return { drape, triangles, bones, mesh, cloth, posed, random };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((largest, value, k) => Math.max(largest, Math.abs(value - b[k])), 0);
}

describe('ClothSurface', () => {
  it('tells the cloth where its particles are posed, and what is up there', () => {
    const { drape, triangles, bones, mesh, cloth, posed } = makeScene();
    const origin = Float64Array.from([0.1, -0.2, -2.6]);
    new ClothSurface(mesh, triangles).pose(drape, { bones }, origin, cloth);
    const at = posed(drape);
    const above = posed(drape.map((value, k) => value + (k % 3 === 1 ? 1 : 0)));
    mesh.vertices.forEach((v, i) => {
      for (let axis = 0; axis < 3; axis++) {
        expect(cloth.places[4 * i + axis]).toBeCloseTo(at[3 * v + axis] - origin[axis], 5);
        expect(cloth.ups[4 * i + axis]).toBeCloseTo(above[3 * v + axis] - at[3 * v + axis], 5);
      }
      expect(cloth.places[4 * i + 3]).toBe(1);
      expect(cloth.ups[4 * i + 3]).toBe(0);
    });
  });

  it('while no particle is off its place, the rest pose is the drape', () => {
    const { drape, triangles, bones, mesh, cloth } = makeScene();
    const surface = new ClothSurface(mesh, triangles);
    surface.pose(drape, { bones }, new Float64Array(3), cloth);
    cloth.positions.set(cloth.places);
    surface.unpose(cloth);
    expect(largestDifference(surface.places, drape)).toBeLessThan(1e-5);
  });

  it('skinned again, the vertices are where their particles have moved them; normals are those of the moved surface', () => {
    const { drape, triangles, bones, mesh, cloth, posed, random } = makeScene();
    const surface = new ClothSurface(mesh, triangles);
    surface.pose(drape, { bones }, Float64Array.from([0.1, -0.2, -2.6]), cloth);
    cloth.positions.set(cloth.places.map((value, k) => value + (k % 4 === 3 ? 0 : 0.01 * random())));
    surface.unpose(cloth);
    const offset = (i: number, axis: number): number => cloth.positions[4 * i + axis] - cloth.places[4 * i + axis];
    const smooth = posed(drape).map((value, k) => {
      const v = Math.floor(k / 3);
      return [0, 1, 2].reduce((sum, n) => sum + mesh.shares[3 * v + n] * offset(mesh.movers[3 * v + n], k % 3), value);
    });
    // What then is more than 3 mm off its particle is brought as near as that, with the vertices around.
    const left = Array.from(mesh.vertices, (v, i) => {
      const gap = [0, 1, 2].map((axis) => offset(i, axis) + posed(drape)[3 * v + axis] - smooth[3 * v + axis]);
      return gap.map((value) => value * Math.max(0, 1 - 0.003 / Math.hypot(...gap)));
    });
    expect(left.flat().some((value) => value !== 0)).toBe(true);
    const moved = smooth.map((value, k) => {
      const v = Math.floor(k / 3);
      return [0, 1, 2].reduce((sum, n) => sum + mesh.shares[3 * v + n] * left[mesh.movers[3 * v + n]][k % 3], value);
    });
    const again = posed(surface.places);
    expect(largestDifference(again, moved)).toBeLessThan(5e-6);

    const sums = new Float64Array(moved.length);
    for (let t = 0; t < triangles.length; t += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => moved.subarray(3 * triangles[t + k], 3 * triangles[t + k] + 3));
      const [u, w] = [b, c].map((corner) => corner.map((value, k) => value - a[k]));
      const normal = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
      for (let n = 0; n < 9; n++) sums[3 * triangles[t + Math.floor(n / 3)] + (n % 3)] += normal[n % 3];
    }
    const raised = posed(surface.places.map((value, k) => value + surface.normals[k]));
    for (let v = 0; v < sums.length; v += 3) {
      const length = Math.hypot(...surface.normals.subarray(v, v + 3));
      expect(length).toBeCloseTo(1, 5);
      const normal = [0, 1, 2].map((k) => raised[v + k] - again[v + k]);
      const sum = [...sums.subarray(v, v + 3)];
      const cosine = normal.reduce((total, value, k) => total + value * sum[k], 0);
      expect(cosine / Math.hypot(...normal) / Math.hypot(...sum)).toBeCloseTo(1, 4);
    }
  });

  it('writes to the vertices of the parts what writeFit does (seed 9)', () => {
    const { drape, triangles, bones, mesh, cloth, random } = makeScene();
    const count = drape.length / 3;
    // Two parts, in which some of the welded vertices occur twice.
    const lengths = [count - 5, 12];
    const welded = Uint32Array.from({ length: count + 7 }, (_, v) => v % count);
    const normalOffsets = lengths.map((length) => Float32Array.from({ length: 3 * length }, () => random() - 0.5));
    const garment = {
      parts: lengths.map(() => ({})),
      binding: { weld: { welded }, firsts: [0, lengths[0]], normalOffsets },
    } as unknown as Garment;
    const [written, expected] = [0, 1].map(() => ({
      positions: lengths.map((length) => new Float32Array(3 * length)),
      normals: lengths.map((length) => new Float32Array(3 * length)),
      clearances: lengths.map((length) => new Float32Array(length)),
      version: 0,
    })) as unknown as GarmentFit[];
    const surface = new ClothSurface(mesh, triangles, { welded, normalOffsets });
    surface.pose(drape, { bones }, new Float64Array(3), cloth);
    cloth.positions.set(cloth.places.map((value, k) => value + (k % 4 === 3 ? 0 : 0.01 * random())));
    surface.unpose(cloth);
    surface.writeClearances(Float32Array.from(mesh.vertices, () => 0.1 * random()));
    surface.write(written);
    writeFit(garment, surface, expected);
    expect(written.version).toBe(1);
    for (const values of ['positions', 'normals', 'clearances'] as const)
      lengths.forEach((_, p) => {
        expect(Math.max(...expected[values][p].map(Math.abs))).toBeGreaterThan(0.05);
        expect(largestDifference(written[values][p], expected[values][p])).toBeLessThan(1e-6);
      });
  });
});
