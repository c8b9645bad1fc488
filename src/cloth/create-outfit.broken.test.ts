import { expect, it, vi } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import {
  bindTubeGarment,
  makeTube,
  makeTubeGarment,
  makeTubeMannequin,
  type Tube,
  type UnboundGarment,
} from '../garment/make-tube.test-helper.ts';
import { createRandom } from '../math/create-random.ts';
import { createOutfit } from './create-outfit.ts';
import { makeGrid } from './make-grid.test-helper.ts';

const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
const tube = makeTube(0.17, 1, 1.2);
/** A part has left the body when its vertices are this far from its drape on average, metres. */
const AWAY_METRES = 0.75;

/**
 * Wears a garment for some frames, at 30 a second, on a body that moves to and fro along x. Returns its warnings, the
 * largest distance of a vertex from its drape (metres), for how many frames on end a part had left the body, which parts
 * hang in the last frame, and whether all that it wrote is finite.
 */
async function wear(unbound: UnboundGarment, size = 'M', frames = 20) {
  const garment = await bindTubeGarment(unbound, mannequin);
  const warn = vi.fn<(text: string) => void>();
  const outfit = createOutfit(mannequin, warn);
  const piece = { garment, size, fit: createGarmentFit(garment) };
  outfit.wear([piece]);
  const body = Object.assign(createPosedBody(), { found: true, shapeVersion: 1 });
  body.positions.set(mannequin.joints);
  for (let b = 3; b < body.rotations.length; b += 4) body.rotations[b] = 1;
  let farthest = 0;
  let isSound = true;
  let awayFrames = 0;
  const awayNow = garment.parts.map(() => 0);
  const hangs = garment.parts.map(() => false);
  for (let frame = 0; frame < frames; frame++) {
    const shift = 0.05 * Math.sin(frame);
    for (let k = 0; k < body.positions.length; k += 3) body.positions[k] = mannequin.joints[k] + shift;
    outfit.fit(body, (1000 * frame) / 30);
    const { drape, positions, normals } = piece.fit;
    isSound &&= [drape, ...positions, ...normals].every((values) => values.every(Number.isFinite));
    positions.forEach((values, part) => {
      let sum = 0;
      for (let k = 0; k < values.length; k++) {
        const w = garment.binding.weld.welded[garment.binding.firsts[part] + Math.floor(k / 3)];
        const distance = Math.abs(values[k] - drape[3 * w + (k % 3)]);
        farthest = Math.max(farthest, distance);
        sum += distance;
      }
      // The distances are those along one axis.
      awayNow[part] = (3 * sum) / values.length > AWAY_METRES ? awayNow[part] + 1 : 0;
      awayFrames = Math.max(awayFrames, awayNow[part]);
      hangs[part] = sum / values.length > 1e-5;
    });
  }
  return { warnings: warn.mock.calls.flat(), farthest, awayFrames, hangs, isSound };
}

/** A tube of which only some triangles are there: `isKept` gets their number. */
function keep(isKept: (triangle: number) => boolean): Tube {
  return { ...tube, indices: tube.indices.filter((_, k) => isKept(Math.floor(k / 3))) };
}

/** A tube, and `count` triangles between vertices of it, drawn at random. */
function withRandomTriangles(count: number, seed: number): Tube {
  const random = createRandom(seed);
  const vertices = tube.positions.length / 3;
  const more = Uint16Array.from({ length: 3 * count }, () => Math.floor(random() * vertices));
  return { ...tube, indices: Uint16Array.from([...tube.indices, ...more]) };
}

/** Triangles of 2 cm on the tube's surface, none of which touches another. */
function makeScraps(): Tube {
  const indices = Uint16Array.from({ length: (tube.indices.length / 2) | 0 }, (_, k) => k);
  const positions = new Float32Array(3 * indices.length);
  const normals = new Float32Array(3 * indices.length);
  for (let k = 0; k < indices.length; k++)
    for (let axis = 0; axis < 3; axis++) {
      positions[3 * k + axis] = tube.positions[3 * tube.indices[k] + axis] + 1e-3 * Math.floor(k / 3);
      normals[3 * k + axis] = tube.normals[3 * tube.indices[k] + axis];
    }
  return { positions, normals, indices };
}

/** Returns the tube with the first `share` of its triangles the other way round. */
function turnInsideOut(share: number): Tube {
  const indices = tube.indices.slice();
  indices.subarray(0, 3 * Math.floor((share * indices.length) / 3)).reverse();
  return { ...tube, indices };
}

/** The tube, 10 µm off. */
const nearly = { ...tube, positions: tube.positions.map((value) => value + 1e-5) };
/** Displacements after which the tube has no height. */
const flat = tube.positions.map((value, k) => (k % 3 === 1 ? 1.1 - value : 0));

it.each([
  ['holes', makeTubeGarment([keep((t) => t % 7 !== 0)])],
  ['edges with three triangles', makeTubeGarment([withRandomTriangles(40, 3)])],
  [
    'all triangles twice',
    makeTubeGarment([{ ...tube, indices: Uint16Array.from([...tube.indices, ...tube.indices]) }]),
  ],
  ['triangles inside out', makeTubeGarment([turnInsideOut(1)])],
  ['half of its triangles inside out', makeTubeGarment([turnInsideOut(0.5)])],
  ['nearly coincident vertices', makeTubeGarment([tube, nearly])],
  ['a loose button', makeTubeGarment([tube, { ...tube, indices: tube.indices.slice(0, 6) }])],
] as const)('a garment with %s hangs without a warning', async (_, garment) => {
  const { warnings, farthest, isSound } = await wear(garment);
  expect([warnings, isSound]).toEqual([[], true]);
  // It hangs, and no further than folds reach.
  expect(farthest).toBeGreaterThan(1e-4);
  expect(farthest).toBeLessThan(0.1);
});

it('a size in which a garment has no height hangs, all lengths along it zero', async () => {
  const { farthest, isSound } = await wear(makeTubeGarment([tube], { L: flat }), 'L');
  expect(isSound).toBe(true);
  expect(farthest).toBeLessThan(0.4);
});

it('a garment of scraps is skinned, with a warning that names the mesh and the reason', async () => {
  const { warnings, farthest, isSound } = await wear(makeTubeGarment([makeScraps()]));
  expect(warnings).toEqual([expect.stringMatching(/tube\.glb.*part 0.*smaller than 100 cm²/)]);
  expect([farthest, isSound]).toEqual([0, true]);
});

it('triangles that cross everywhere (seed 5) are skinned, the mesh beside them hangs, with one warning', async () => {
  const crossing = {
    ...withRandomTriangles(20_000, 5),
    positions: tube.positions.map((v, k) => v * (k % 3 === 1 ? 1 : 1.2)),
  };
  const { warnings, farthest, isSound } = await wear(makeTubeGarment([tube, crossing]));
  expect(warnings).toEqual([expect.stringMatching(/tube\.glb.*part 1.*cross/)]);
  expect(farthest).toBeGreaterThan(1e-4);
  expect(isSound).toBe(true);
});

it('cloth that flies apart in each frame is skinned from then on, with one warning', async () => {
  const garment = makeTubeGarment([tube]);
  const { fabric } = garment.manifest;
  const { warnings, isSound } = await wear({
    ...garment,
    manifest: { ...garment.manifest, fabric: { ...fabric, weight: NaN } },
  });
  expect(warnings).toEqual([expect.stringMatching(/tube\.glb.*part 0.*flew apart/)]);
  expect(isSound).toBe(true);
});

/** A plate of 40 × 16 cm that stands off the tube like a shelf: only its edge is near the body. */
function makeShelf(): Tube {
  const grid = makeGrid(10, 4, 0.04);
  const positions = Float32Array.from(grid.positions, (_, k) => {
    const [along, across] = [grid.positions[k - (k % 3)], grid.positions[k - (k % 3) + 1]];
    return [0.2 + along, 1.1, across - 0.08][k % 3];
  });
  const normals = Float32Array.from(positions, (_, k) => (k % 3 === 1 ? 1 : 0));
  return { positions, normals, indices: Uint16Array.from(grid.triangles) };
}

it('what has no hold is back at its place within a second, and only moves with the body; the rest hangs', async () => {
  const { warnings, farthest, awayFrames, hangs, isSound } = await wear(makeTubeGarment([tube, makeShelf()]), 'M', 120);
  expect(warnings).toEqual([expect.stringMatching(/tube\.glb.*mesh part 1 fell off/)]);
  expect(hangs).toEqual([true, false]);
  expect(farthest).toBeGreaterThan(0.1);
  expect(awayFrames).toBeLessThan(30);
  expect(isSound).toBe(true);
});

it.each([
  ['one triangle', makeTubeGarment([{ ...tube, indices: Uint16Array.from([0, 500, 520]) }]), 'M'],
  [
    'a size of three times its width',
    makeTubeGarment([tube], { L: tube.positions.map((v, k) => (k % 3 === 1 ? 0 : 2 * v)) }),
    'L',
  ],
  [
    'a size that is a point',
    makeTubeGarment([tube], { L: tube.positions.map((v, k) => (k % 3 === 1 ? 1.1 : 0) - v) }),
    'L',
  ],
] as const)('a garment with %s stays with the body, with at most one warning', async (_, garment, size) => {
  const { warnings, awayFrames, isSound } = await wear(garment, size, 60);
  expect(warnings.length).toBeLessThanOrEqual(1);
  expect(awayFrames).toBeLessThan(30);
  expect(isSound).toBe(true);
});
