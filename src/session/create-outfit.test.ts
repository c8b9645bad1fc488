import { describe, expect, it } from 'vitest';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { DIP_METRES } from '../garment/fit-garment.ts';
import { bindTubeGarment, makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { BONE_COUNT, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
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

function shapeOf(weight: number): Float32Array {
  const shape = new Float32Array(MORPH_COUNT);
  shape[0] = weight;
  return shape;
}

function smallestRadius({ fit }: OutfitPiece): number {
  const [positions] = fit.positions;
  let smallest = Infinity;
  for (let i = 0; i < positions.length; i += 3)
    smallest = Math.min(smallest, Math.hypot(positions[i], positions[i + 2]));
  return smallest;
}

describe('createOutfit', () => {
  it('fits each piece to the shape, and again only when the version of the shape or the size changes', async () => {
    const outfit = createOutfit(mannequin);
    const tee = await makePiece();
    outfit.wear([tee]);
    expect(tee.fit.version).toBe(0);
    expect(outfit.fit(shapeOf(0), 0)).toBe(true);
    expect(smallestRadius(tee)).toBeCloseTo(0.17, 3);
    expect(outfit.fit(shapeOf(1), 0)).toBe(false);
    expect(outfit.fit(shapeOf(1), 1)).toBe(true);
    expect(smallestRadius(tee)).toBeGreaterThan(0.2 - DIP_METRES);
    outfit.wear([{ ...tee }]);
    expect(outfit.fit(shapeOf(1), 1)).toBe(false);
    expect(tee.fit.version).toBe(2);
    outfit.wear([{ ...tee, size: 'L' }]);
    expect(tee.fit.version).toBe(3);
  });

  it('fits a piece that is added later at once to the present shape', async () => {
    const outfit = createOutfit(mannequin);
    outfit.fit(shapeOf(1), 7);
    const late = await makePiece();
    outfit.wear([late]);
    expect(late.fit.version).toBe(1);
    expect(smallestRadius(late)).toBeGreaterThan(0.2 - DIP_METRES);
    expect(outfit.fit(shapeOf(1), 7)).toBe(false);
  });

  it('fits two pieces, and does not fit a piece that is no longer worn', async () => {
    const outfit = createOutfit(mannequin);
    const [inner, outer] = [await makePiece(), await makePiece()];
    outfit.wear([inner, outer]);
    outfit.fit(shapeOf(0), 0);
    outfit.wear([outer]);
    outfit.fit(shapeOf(1), 1);
    expect([inner.fit.version, outer.fit.version]).toEqual([1, 2]);
  });
});
