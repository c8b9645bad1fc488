import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { ARMPIT_LEVEL, CLOTH_LEVELS } from './cloth-levels.ts';
import { createOutlineRings } from './create-outline-rings.ts';
import type { OutlineRing } from './outline-ring.ts';
import { sharedIndex } from './shared-unknowns.ts';

/** By how much the trunk is broader at the armpits than at another level, seen from the front. */
export interface ArmpitExcess {
  /** Index of the unknown that is the thickness of the cloth at that level, among the shared unknowns. */
  cloth: number;
  /** Of the base body, metres. */
  offset: number;
  /** What is added by a morph weight of 1, metres, by morph (MORPH_COUNT). */
  row: Float64Array;
}

/** Measures the mannequin's trunk in its rest pose at the levels of chest, waist and seat. */
export function measureArmpitExcess(mannequin: Mannequin): ArmpitExcess[] {
  const rings = createOutlineRings(mannequin).filter(({ part }) => part === 'trunk');
  const breadthAt = (level: number): ReturnType<typeof breadthOf> =>
    breadthOf(rings.toSorted((a, b) => Math.abs(a.level - level) - Math.abs(b.level - level))[0]);
  const armpits = breadthAt(ARMPIT_LEVEL);
  return (['chest', 'waist', 'seat'] as const).map((place) => {
    const { metres, row } = breadthAt(CLOTH_LEVELS[place]);
    return {
      cloth: sharedIndex(`${place}Cloth`),
      offset: armpits.metres - metres,
      row: armpits.row.map((value, m) => value - row[m]),
    };
  });
}

/** Returns the distance along x of a ring's outermost points on the base body, and its slopes by the morph weights. */
function breadthOf({ count, positions, displacements }: OutlineRing): { metres: number; row: Float64Array } {
  let right = 0;
  let left = 0;
  for (let i = 0; i < count; i++) {
    if (positions[3 * i] < positions[3 * right]) right = i;
    if (positions[3 * i] > positions[3 * left]) left = i;
  }
  const slopeOf = (m: number): number => displacements[3 * (m * count + left)] - displacements[3 * (m * count + right)];
  return {
    metres: positions[3 * left] - positions[3 * right],
    row: Float64Array.from({ length: MORPH_COUNT }, (_, m) => slopeOf(m)),
  };
}
