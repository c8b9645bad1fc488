import { describe, expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { createPosedBody } from './create-posed-body.ts';
import { findLimbs, followOutline, HIDING_LIMBS, type OutlineLine, type OutlineSide } from './follow-outline.ts';

const SIZE = 100;
/** A line across the mask's middle, 1 m from the camera, 100 pixels a metre. */
const line: OutlineLine = {
  px: 50,
  py: 50,
  x: 0,
  y: 0,
  ax: 1,
  ay: 0,
  depth: 1,
  pixels: 100,
  predicted: 0.1,
  nearest: 0,
};

/** A mask that the person covers between two columns. */
function maskBetween(
  first: number,
  end: number,
): { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> } {
  const data = Uint8ClampedArray.from({ length: SIZE * SIZE }, (_, i) =>
    i % SIZE >= first && i % SIZE < end ? 255 : 0,
  );
  return { width: SIZE, height: SIZE, data };
}

/** A body whose right thigh hangs `x` metres beside the line's middle. All other limbs are far away. */
function bodyWithThighAt(x: number) {
  const body = createPosedBody();
  for (let i = 0; i < body.positions.length; i += 3) body.positions.set([9, 0, -1], i);
  body.positions.set([x, 0.2, -1], 3 * boneIndex.rightUpperLeg);
  body.positions.set([x, -0.2, -1], 3 * boneIndex.rightLowerLeg);
  return body;
}

function follow(x: number, sign: 1 | -1): OutlineSide {
  const side: OutlineSide = { metres: 0, end: 'none' };
  findLimbs(HIDING_LIMBS.leftLeg, bodyWithThighAt(x), line);
  followOutline(maskBetween(40, 65), line, sign, side);
  return side;
}

describe('the outline of a leg', () => {
  it('is its own on both sides while the other leg is far', () => {
    expect(follow(2, -1)).toEqual({ metres: expect.closeTo(0.1, 2), end: 'part' });
    expect(follow(2, 1)).toEqual({ metres: expect.closeTo(0.15, 2), end: 'part' });
  });

  it('is not its own on the side of the other leg, where that continues the mask', () => {
    expect(follow(0.15, 1).end).not.toBe('part');
    expect(follow(0.15, -1).end).toBe('part');
    expect(follow(-0.15, -1).end).not.toBe('part');
  });

  it('is a bound where the other leg is in front: the leg does not reach beyond the mask', () => {
    expect(follow(0.05, 1)).toEqual({ metres: expect.closeTo(0.15, 2), end: 'bound' });
  });
});
