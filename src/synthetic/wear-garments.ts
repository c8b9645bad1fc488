import { createSurfaceGrid, findNearestPoint, type NearestPoint } from '../adopt/surface-grid.ts';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { DIP_METRES, fitGarment } from '../garment/fit-garment.ts';
import type { Garment } from '../garment/garment.ts';
import { type LoadGarmentOptions, loadGarment } from '../garment/load-garment.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import type { FigureGarment, GarmentLayer, WearGarments } from './garment-layer.ts';

/** Cloth covers a vertex of the skin only if its distance from the vertex is at most this, metres. */
const REACH_METRES = 0.1;
/**
 * Cloth covers a vertex of the skin only if the cosine of the angle between the direction to the cloth and the skin's
 * normal is more than this: otherwise the cloth is beside the vertex, not over it.
 */
const MIN_COSINE = 0.35;

/** Prepares a garment file that the tools have not prepared. Imports the code for it only then. */
const adopt: LoadGarmentOptions['adopt'] = async (file, mannequin) => {
  const { prepareGarment } = await import('../adopt/prepare-garment.ts');
  return prepareGarment(file, mannequin, { compress: false });
};

/**
 * Loads garments, fits them to the mannequin in `shape` (rest pose, metres), and measures for each vertex of its skin
 * the distance to the nearest garment over it, metres, below 0 where its cloth dips into the skin, Infinity where there
 * is none. Rejects with the loader's errors
 * (a garment cannot be fetched or is invalid), with a `RangeError` for a size or colour that a garment lacks, and with
 * the reason of `signal` if that aborts. The caller disposes of the result.
 */
export const wearGarments: WearGarments = async (wanted, mannequin, shape, signal) => {
  const loaded = await Promise.all(wanted.map(({ src }) => loadGarment(src, { mannequin, signal, adopt })));
  const dispose = (): void => {
    for (const garment of loaded) garment.dispose();
  };
  try {
    const cover = new Float32Array(mannequin.positions.length / 3).fill(Infinity);
    const garments = loaded.map((garment, g) => fitLayers(garment, wanted[g], shape));
    for (const layer of garments.flat()) coverSkin(layer, shape.positions, shape.normals, cover);
    return { garments, cover, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
};

/**
 * Fits a garment in the wanted size and colour to a body of `shape`. Returns one mesh for each part of the garment.
 * Throws `RangeError` if the garment lacks the size or the colour.
 */
function fitLayers(garment: Garment, { src, size, color }: FigureGarment, shape: MannequinShape): GarmentLayer[] {
  const { manifest, colors, parts } = garment;
  const wantedSize = size ?? manifest.baseSize;
  if (!Object.hasOwn(manifest.sizes, wantedSize))
    throw new RangeError(`${src} has no size "${wantedSize}": use one of ${Object.keys(manifest.sizes).join(', ')}.`);
  if (color !== undefined && !colors.includes(color))
    throw new RangeError(`${src} has no color "${color}": use one of ${colors.join(', ')}.`);
  const fit = fitGarment(garment, shape, wantedSize, createGarmentFit(garment));
  return parts.map(({ uvs, indices, skinIndices, skinWeights, material, variants }, p) => ({
    positions: fit.positions[p],
    normals: fit.normals[p],
    uvs,
    indices,
    skinIndices,
    skinWeights,
    material: color !== undefined && Object.hasOwn(variants, color) ? variants[color] : material,
  }));
}

/**
 * Lowers `cover`, one distance for each vertex of the skin in metres, to the distance of the layer's cloth at each
 * vertex that the cloth covers: below 0 where it dips into the skin.
 *
 * @param skin 3 × vertices of the skin, rest pose, metres.
 * @param normals the skin's normals, 3 × vertices, unit length.
 * @param cover changed in place.
 */
function coverSkin(
  { positions, indices }: GarmentLayer,
  skin: Float32Array,
  normals: Float32Array,
  cover: Float32Array,
): void {
  const grid = createSurfaceGrid(positions, indices);
  const nearest: NearestPoint = { triangle: -1, u: 0, v: 0, distance: 0 };
  for (let v = 0; v < cover.length; v++) {
    const {
      triangle,
      u,
      v: w,
      distance,
    } = findNearestPoint(grid, skin[3 * v], skin[3 * v + 1], skin[3 * v + 2], REACH_METRES, nearest);
    if (triangle < 0) continue;
    let alongNormal = 0;
    for (let a = 0; a < 3; a++) {
      const corner = (k: number): number => positions[3 * indices[3 * triangle + k] + a];
      alongNormal += normals[3 * v + a] * (u * corner(0) + w * corner(1) + (1 - u - w) * corner(2) - skin[3 * v + a]);
    }
    if (alongNormal > MIN_COSINE * distance) cover[v] = Math.min(cover[v], distance);
    // Cloth that a body fills dips into the skin.
    else if (alongNormal < -MIN_COSINE * distance && distance <= DIP_METRES) cover[v] = Math.min(cover[v], -distance);
  }
}
