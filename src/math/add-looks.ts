import { BufferAttribute, type BufferGeometry } from 'three';

/** What a mesh's material reads from its vertices. */
export interface VertexLooks {
  /** 2 × vertices: texture coordinates; null: none. */
  uvs: Float32Array | null;
  /** Further sets of texture coordinates, 2 × vertices each. */
  moreUvs?: readonly Float32Array[];
  /** 4 × vertices: red, green, blue (linear light) and alpha, 0..1. */
  colors?: Float32Array;
}

/**
 * Adds to a geometry what its material reads from the vertices, under three.js's names: texture coordinates (`uv`,
 * `uv1`, …) and colours (`color`). The attributes share the arrays.
 */
export function addLooks(geometry: BufferGeometry, { uvs, moreUvs, colors }: VertexLooks): void {
  if (uvs) geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  moreUvs?.forEach((set, s) => geometry.setAttribute(`uv${s + 1}`, new BufferAttribute(set, 2)));
  if (colors) geometry.setAttribute('color', new BufferAttribute(colors, 4));
}
