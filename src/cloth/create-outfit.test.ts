import { describe, expect, it } from 'vitest';
import type { PosedBody } from '../body/body.ts';
import { createPosedBody } from '../body/create-posed-body.ts';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { bindTubeGarment, makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { DIP_METRES } from '../garment/smallest-distance.ts';
import { BONE_COUNT, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { createOutfit, type OutfitPiece } from './create-outfit.ts';

const body = makeTube(0.15, 0.7, 1.6);
/** A mannequin with one morph: a weight of 1 moves the surface outwards by 5 cm. */
const mannequin: Mannequin = {
  ...makeTubeMannequin(body),
  morphs: [
    {
      name: 'waist',
      cmPerUnit: 31.4,
      positions: body.normals.map((value) => 0.05 * value),
      joints: new Float32Array(3 * BONE_COUNT),
    },
  ],
};

async function makePiece(size = 'M'): Promise<OutfitPiece> {
  const garment = await bindTubeGarment(makeTubeGarment([makeTube(0.17, 0.9, 1.4, true)]), mannequin);
  return { garment, size, fit: createGarmentFit(garment) };
}

/** A body in the rest pose whose only morph has this weight. */
function bodyOf(weight: number, shapeVersion: number): PosedBody {
  const body = Object.assign(createPosedBody(), { found: true, shapeVersion });
  body.shape[0] = weight;
  return body;
}

/** Smallest distance of the drape from the tube's axis, metres. */
function smallestRadius({ fit }: OutfitPiece): number {
  let smallest = Infinity;
  for (let i = 0; i < fit.drape.length; i += 3)
    smallest = Math.min(smallest, Math.hypot(fit.drape[i], fit.drape[i + 2]));
  return smallest;
}

/** Mean of `of` over the numbers below `count`. */
function meanOf(count: number, of: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += of(i);
  return sum / count;
}

describe('createOutfit', () => {
  it('fits each piece to the shape, and again only when the version of the shape or the size changes', async () => {
    const outfit = createOutfit(mannequin);
    const tee = await makePiece();
    outfit.wear([tee]);
    expect(tee.fit.version).toBe(0);
    outfit.fit(bodyOf(0, 0), 0);
    expect(smallestRadius(tee)).toBeCloseTo(0.17, 3);
    outfit.fit(bodyOf(1, 0), 33);
    expect(smallestRadius(tee)).toBeCloseTo(0.17, 3);
    outfit.fit(bodyOf(1, 1), 67);
    expect(smallestRadius(tee)).toBeGreaterThan(0.2 - DIP_METRES);
    const { version } = tee.fit;
    outfit.wear([{ ...tee }]);
    expect(tee.fit.version).toBe(version);
    outfit.wear([{ ...tee, size: 'L' }]);
    expect(tee.fit.version).toBeGreaterThan(version);
  });

  it('gives the same after `settle`, which works in many steps, as without', async () => {
    const [slow, fast] = [createOutfit(mannequin), createOutfit(mannequin)];
    const [slowPiece, fastPiece] = [await makePiece(), await makePiece()];
    slow.wear([slowPiece]);
    fast.wear([fastPiece]);
    const raised = bodyOf(1, 3);
    raised.positions[1] += 0.1;
    expect([...slow.settle(raised, 40)].length).toBeGreaterThan(10);
    for (const timeMs of [40, 73, 107]) {
      slow.fit(raised, timeMs);
      fast.fit(raised, timeMs);
      expect(slowPiece.fit.positions[0]).toEqual(fastPiece.fit.positions[0]);
    }
    expect(Math.hypot(...slowPiece.fit.positions[0])).toBeGreaterThan(1);
    // A body that is known already has nothing to settle.
    expect([...slow.settle(raised, 140)].length).toBeLessThan(5);
  });

  it('fits a piece that is added later at once to the present body', async () => {
    const outfit = createOutfit(mannequin);
    outfit.fit(bodyOf(1, 7), 0);
    const late = await makePiece();
    outfit.wear([late]);
    expect(late.fit.version).toBeGreaterThan(0);
    expect(smallestRadius(late)).toBeGreaterThan(0.2 - DIP_METRES);
  });

  it('hangs a piece that is put on later as one that was worn already', async () => {
    const [early, late] = [await makePiece(), await makePiece()];
    const [a, b] = [createOutfit(mannequin), createOutfit(mannequin)];
    const body = bodyOf(1, 7);
    body.positions.fill(0.5);
    a.wear([early]);
    a.fit(body, 0);
    b.fit(body, 0);
    b.wear([late]);
    expect(late.fit.positions).toEqual(early.fit.positions);
  });

  it('lays cloth in folds where the body closes it up, and not as it was modelled or where it only moves with the body', async () => {
    const piece = await makePiece();
    const { positions, skinIndices } = piece.garment.parts[0];
    for (let v = 0; 3 * v < positions.length; v++) if (positions[3 * v + 1] > 1.15) skinIndices[4 * v] = boneIndex.neck;
    const body = bodyOf(0, 0);
    const steepest = (hangs: boolean, timeMs: number): number => {
      const outfit = createOutfit(mannequin);
      outfit.hangs = hangs;
      outfit.wear([piece]);
      outfit.fit(body, timeMs);
      return Math.max(...piece.fit.folds[0]);
    };
    body.positions.set(mannequin.joints);
    expect(steepest(true, 0)).toBeLessThan(3);
    body.positions[3 * boneIndex.neck + 1] -= 0.02;
    expect(steepest(true, 0)).toBeGreaterThan(20);
    expect(steepest(false, 33)).toBe(0);
  });

  it('hangs a prepared garment as one that was not prepared, and prepares none for a signal that has aborted', async () => {
    const [prepared, piece] = [await makePiece(), await makePiece()];
    const outfit = createOutfit(mannequin);
    await outfit.prepare(prepared.garment);
    for (const each of [prepared, piece]) {
      outfit.wear([each]);
      outfit.fit(bodyOf(0, 0), 0);
    }
    expect(prepared.fit.positions).toEqual(piece.fit.positions);
    expect(prepared.fit.positions[0]).not.toEqual(prepared.fit.drape);
    const { garment } = await makePiece();
    await expect(outfit.prepare(garment, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });

  it('fits two pieces, and not a piece that is no longer worn; nothing changes while no body is found', async () => {
    const outfit = createOutfit(mannequin);
    const [inner, outer] = [await makePiece(), await makePiece()];
    outfit.wear([inner, outer]);
    outfit.fit(bodyOf(0, 0), 0);
    outfit.wear([outer]);
    const [innerVersion, outerVersion] = [inner.fit.version, outer.fit.version];
    outfit.fit({ ...bodyOf(1, 1), found: false }, 33);
    expect(outer.fit.version).toBe(outerVersion);
    outfit.fit(bodyOf(1, 1), 67);
    expect(inner.fit.version).toBe(innerVersion);
    expect(outer.fit.version).toBeGreaterThan(outerVersion);
  });

  it('a garment lies over those of lower layers, in whatever order they are worn, and as it lay before without them', async () => {
    const inner = await makePiece();
    const narrow = await bindTubeGarment(makeTubeGarment([makeTube(0.155, 0.95, 1.35, true)]), mannequin);
    const garment = { ...narrow, manifest: { ...narrow.manifest, layer: 2 } };
    const outer = { garment, size: 'M', fit: createGarmentFit(garment) };
    const radius = ({ fit: { positions } }: OutfitPiece): number =>
      meanOf(positions[0].length / 3, (i) => Math.hypot(positions[0][3 * i], positions[0][3 * i + 2]));
    const outfit = createOutfit(mannequin);
    outfit.wear([outer, inner]);
    outfit.fit(bodyOf(0, 0), 0);
    expect(radius(outer)).toBeGreaterThan(radius(inner) - 0.002);
    outfit.wear([outer]);
    outfit.fit(bodyOf(0, 0), 5000);
    expect(radius(outer)).toBeLessThan(0.157);
  });

  it('hangs the cloth alike on the same frames, and as it lies after a gap as after a start', async () => {
    const [first, second] = [await makePiece(), await makePiece()];
    const [a, b] = [createOutfit(mannequin), createOutfit(mannequin)];
    a.wear([first]);
    b.wear([second]);
    for (let frame = 0; frame < 5; frame++) a.fit(bodyOf(0, 0), 33 * frame);
    for (let frame = 0; frame < 5; frame++) b.fit(bodyOf(0, 0), 33 * frame);
    expect(second.fit.positions).toEqual(first.fit.positions);
    a.fit(bodyOf(0, 0), 5000);
    const { positions } = first.fit;
    const third = await makePiece();
    const c = createOutfit(mannequin);
    c.wear([third]);
    c.fit(bodyOf(0, 0), 0);
    expect(third.fit.positions).toEqual(positions);
  });

  it('keeps the drape while it does not hang, and hangs again when it may', async () => {
    const piece = await makePiece();
    const outfit = createOutfit(mannequin);
    outfit.wear([piece]);
    outfit.fit(bodyOf(0, 0), 0);
    const hung = piece.fit.positions[0].slice();
    outfit.hangs = false;
    outfit.fit(bodyOf(0, 0), 33);
    const drape = piece.fit.positions[0].slice();
    expect(drape).not.toEqual(hung);
    outfit.hangs = true;
    outfit.fit(bodyOf(0, 0), 5000);
    expect(piece.fit.positions[0]).toEqual(hung);
  });
});
