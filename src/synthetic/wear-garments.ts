import { createSurfaceGrid, findNearestPoint, type NearestPoint } from '../adopt/surface-grid.ts';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { fitGarment } from '../garment/fit-garment.ts';
import { type LoadGarmentOptions, loadGarment } from '../garment/load-garment.ts';
import type { GarmentLayer, WearGarments } from './garment-layer.ts';

/** Cloth farther from the skin than this does not count as lying over it, metres. */
const REACH_METRES = 0.1;
/** Cloth lies over the skin, not beside it, if the direction to it has at least this cosine with the skin's normal. */
const MIN_COSINE = 0.35;

/** Prepares a garment that is not prepared yet. Its code is loaded only then. */
const adopt: LoadGarmentOptions['adopt'] = async (file, mannequin) => {
  const { prepareGarment } = await import('../adopt/prepare-garment.ts');
  return prepareGarment(file, mannequin, { compress: false });
};

/**
 * Loads garments, fits them to the shaped mannequin, and measures how far above its skin they lie. Rejects with the
 * loader's errors, and with a `RangeError` for a size or colour that a garment lacks.
 */
export const wearGarments: WearGarments = async (wanted, mannequin, shape, signal) => {
  const loaded = await Promise.all(wanted.map(({ src }) => loadGarment(src, { mannequin, signal, adopt })));
  const cover = new Float32Array(mannequin.positions.length / 3).fill(Infinity);
  const garments: GarmentLayer[][] = [];
  for (const [g, garment] of loaded.entries()) {
    const { src, size = garment.manifest.baseSize, color } = wanted[g];
    if (!Object.hasOwn(garment.manifest.sizes, size))
      throw new RangeError(
        `${src} has no size "${size}": use one of ${Object.keys(garment.manifest.sizes).join(', ')}.`,
      );
    if (color !== undefined && !garment.colors.includes(color))
      throw new RangeError(`${src} has no color "${color}": use one of ${garment.colors.join(', ')}.`);
    const fit = fitGarment(garment, shape, size, createGarmentFit(garment));
    const layers = garment.parts.map(
      ({ uvs, indices, skinIndices, skinWeights, material, variants }, p): GarmentLayer => ({
        positions: fit.positions[p],
        normals: fit.normals[p],
        uvs,
        indices,
        skinIndices,
        skinWeights,
        material: color !== undefined && Object.hasOwn(variants, color) ? variants[color] : material,
      }),
    );
    for (const layer of layers) coverSkin(layer, shape.positions, shape.normals, cover);
    garments.push(layers);
  }
  return { garments, cover, dispose: () => loaded.forEach((garment) => garment.dispose()) };
};

/**
 * Lowers `cover` (for each vertex of the skin, metres) to the distance of the layer's cloth wherever it lies over the
 * skin.
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
  }
}
