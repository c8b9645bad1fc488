import { createSurfaceGrid, findNearestPoint, type NearestPoint } from '../adopt/surface-grid.ts';
import { createOutfit, type OutfitPiece } from '../cloth/create-outfit.ts';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { fitGarment } from '../garment/fit-garment.ts';
import type { Garment } from '../garment/garment.ts';
import { type LoadGarmentOptions, loadGarment } from '../garment/load-garment.ts';
import { DIP_METRES } from '../garment/smallest-distance.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import type { FigureGarment, GarmentLayer, WearGarments } from './garment-layer.ts';
import { makeClothes } from './make-clothes.ts';

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

/** Clothes are drawn under a garment as far as so many of the skin's triangles, 2 cm each, from the garment's hem. */
const HEM_RINGS = 3;
/** Share of the top's or the trousers' triangles under garments from which it is left out. */
const MAX_COVERED_SHARES: Record<string, number> = { top: 0.5, shorts: 0.85 };

/**
 * Makes the loose clothes, loads the garments, and fits both to the mannequin in the body's shape (rest pose, metres).
 * Measures for each vertex of its skin the distance to the nearest cloth over it, metres, below 0 where the cloth dips
 * into the skin, Infinity where there is none. What garments cover of the clothes is not drawn: it is hidden, and would
 * show through.
 *
 * Rejects with the loader's errors (a garment cannot be fetched or is invalid), with a `RangeError` for a size or colour
 * that a garment lacks, and with the reason of `signal` if that aborts. The caller disposes of the result.
 */
export const wearGarments: WearGarments = async ({ clothes, seed, garments: wanted }, mannequin, body, signal) => {
  const { weights, shape } = body;
  const loaded = await Promise.all(wanted.map(({ src }) => loadGarment(src, { mannequin, signal, adopt })));
  const dispose = (): void => {
    for (const garment of loaded) garment.dispose();
  };
  try {
    const cover = new Float32Array(mannequin.positions.length / 3).fill(Infinity);
    const pieces = loaded.map((garment, g) => fitPiece(garment, wanted[g], shape));
    const garments = pieces.map((piece, g) => makeLayers(piece, wanted[g]));
    for (const layer of garments.flat()) coverSkin(layer, shape.positions, shape.normals, cover);
    const made = clothes === 'loose' ? await makeClothes(mannequin, body, seed) : [];
    loaded.push(...made);
    signal.throwIfAborted();
    const ownPieces = made.map((garment) => fitPiece(garment, { src: garment.url }, shape));
    const shown = ownPieces.flatMap((piece) => {
      const [layer] = makeLayers(piece, { src: piece.garment.url });
      const indices = leaveOutCovered(piece.garment, cover);
      const maxShare = MAX_COVERED_SHARES[piece.garment.url];
      return indices.length > (1 - maxShare) * layer.indices.length ? [{ piece, layer: { ...layer, indices } }] : [];
    });
    for (const { layer } of shown) coverSkin(layer, shape.positions, shape.normals, cover);
    const outfit = createOutfit(mannequin);
    for (const garment of loaded) await outfit.prepare(garment, signal);
    outfit.wear([...shown.map(({ piece }) => piece), ...pieces]);
    const posed = { found: true, shape: Float32Array.from(weights), shapeVersion: 0 };
    const hang = (pose: MannequinPose, timeMs: number): void => outfit.fit({ ...posed, ...pose }, timeMs);
    return { clothes: shown.map(({ layer }) => layer), garments, cover, hang, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
};

/**
 * Returns the triangles of a garment's one part, 3 vertices each, but for those over skin that other garments cover, at
 * least `HEM_RINGS` from their edges. `cover`: by vertex of the skin, Infinity where nothing covers it.
 */
function leaveOutCovered({ parts: [{ indices }], binding }: Garment, cover: Float32Array): Uint16Array | Uint32Array {
  const { starts, neighbours } = binding.skin;
  let isCovered = cover.map((distance) => (Number.isFinite(distance) ? 1 : 0));
  for (let ring = 0; ring < HEM_RINGS; ring++)
    isCovered = isCovered.map((covered, v) =>
      Math.min(covered, ...neighbours.subarray(starts[v], starts[v + 1]).map((n) => isCovered[n])),
    );
  const isUnder = (v: number): boolean => {
    const nearest = binding.skinVertices[binding.weld.welded[v]];
    return nearest >= 0 && isCovered[nearest] === 1;
  };
  return indices.filter((_, i) => {
    const first = i - (i % 3);
    return ![0, 1, 2].every((k) => isUnder(indices[first + k]));
  });
}

/** Fits a garment in the wanted size to a body of `shape`. Throws `RangeError` if it lacks the size or the colour. */
function fitPiece(garment: Garment, { src, size, color }: FigureGarment, shape: MannequinShape): OutfitPiece {
  const { manifest, colors } = garment;
  const wantedSize = size ?? manifest.baseSize;
  if (!Object.hasOwn(manifest.sizes, wantedSize))
    throw new RangeError(`${src} has no size "${wantedSize}": use one of ${Object.keys(manifest.sizes).join(', ')}.`);
  if (color !== undefined && !colors.includes(color))
    throw new RangeError(`${src} has no color "${color}": use one of ${colors.join(', ')}.`);
  const fit = fitGarment(garment, shape, wantedSize, createGarmentFit(garment));
  return { garment, size: wantedSize, fit };
}

/** Returns one mesh for each part of a fitted garment. It shares the fit's arrays. */
function makeLayers({ garment, fit }: OutfitPiece, { color }: FigureGarment): GarmentLayer[] {
  return garment.parts.map(({ uvs, moreUvs, colors, indices, skinIndices, skinWeights, material, variants }, p) => ({
    positions: fit.positions[p],
    normals: fit.normals[p],
    uvs,
    moreUvs,
    colors,
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
