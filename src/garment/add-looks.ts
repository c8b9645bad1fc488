import { BufferAttribute, type BufferGeometry } from 'three';
import type { GarmentMesh } from './garment.ts';

/**
 * Adds to a geometry what a garment's materials read from its vertices, under three.js's names: texture coordinates
 * (`uv`, `uv1`, …) and colours (`color`). The attributes share the part's arrays.
 */
export function addLooks(
  geometry: BufferGeometry,
  { uvs, moreUvs, colors }: Pick<GarmentMesh, 'uvs' | 'moreUvs' | 'colors'>,
): void {
  if (uvs) geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  moreUvs?.forEach((set, s) => geometry.setAttribute(`uv${s + 1}`, new BufferAttribute(set, 2)));
  if (colors) geometry.setAttribute('color', new BufferAttribute(colors, 4));
}
