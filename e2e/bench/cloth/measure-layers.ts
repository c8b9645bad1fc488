import { Vector3 } from 'three';
import { createClearance, measureClearance } from '../../../src/garment/measure-clearance.ts';
import { Surface } from '../../../tools/tailor/surface.ts';
import type { ClothFrame, WornCloth } from './cloth-stage.ts';

/** Every so many vertices one is looked at. */
const STRIDE = 4;
/** Cloth that pokes less than this through the next layer does not show: outer layers are drawn that much nearer, metres. */
const SHOWN_METRES = 0.005;

const clearance = createClearance();
const origin = new Vector3();
const inwards = new Vector3();

/**
 * Returns the share of the inner garments' vertices that poke through an outer garment in a frame, per cent: outer cloth
 * lies between the vertex and its nearest point of the skin.
 */
export function measureLayers({ places, skin }: ClothFrame, worn: readonly WornCloth[]): number {
  let poking = 0;
  let count = 0;
  const surfaces = worn.map(({ garment }, i) => new Surface(places[i], garment.binding.triangles));
  worn.forEach(({ garment }, i) => {
    const outer = surfaces.filter((_, j) => worn[j].garment.manifest.layer > garment.manifest.layer);
    const { skinVertices, skin: neighbours } = garment.binding;
    for (let w = 0; w < skinVertices.length; w += STRIDE) {
      if (skinVertices[w] < 0 || outer.length === 0) continue;
      origin.fromArray(places[i], 3 * w);
      const { distance, x, y, z } = measureClearance(
        skin,
        neighbours,
        skinVertices[w],
        origin.x,
        origin.y,
        origin.z,
        clearance,
      );
      count++;
      inwards.set(-x, -y, -z);
      const isUnder = (surface: Surface): boolean => {
        const depth = surface.raycast(origin, inwards, distance);
        return depth > SHOWN_METRES && depth < Infinity;
      };
      if (outer.some(isUnder)) poking++;
    }
  });
  return count > 0 ? (100 * poking) / count : 0;
}
