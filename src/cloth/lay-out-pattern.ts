import type { Garment } from '../garment/garment.ts';

/**
 * Returns where each vertex of a garment is in the flat pattern of a size: 2 × the vertices of all parts, metres along
 * the texture's u and v; NaN for the vertices of a part that is not cut by the pattern. Null where the file tells no
 * pattern of the size.
 */
export function layOutPattern({ parts, binding, manifest }: Garment, size: string): Float64Array | null {
  const { textureMetres, steps } = manifest.pattern ?? { textureMetres: 0, steps: {} };
  if (!Object.hasOwn(steps, size) || !parts.some(({ uvs, grades }) => uvs && grades)) return null;
  const flat = new Float64Array(2 * binding.weld.welded.length).fill(NaN);
  for (const [p, { uvs, grades }] of parts.entries()) {
    if (!uvs || !grades) continue;
    const first = 2 * binding.firsts[p];
    for (let i = 0; i < uvs.length; i++) flat[first + i] = textureMetres * uvs[i] + steps[size] * grades[i];
  }
  return flat;
}
