/**
 * Dresses the shaped mannequin as a plain person: skin, top, shorts, shoes and hair. Each is a layer: a copy of the
 * body's mesh, moved outwards, with a coverage for each vertex that says where the layer is drawn. Rest pose, model
 * space: metres, +x to the body's left, +y up, +z forward.
 *
 * 1. For each layer compute each vertex's signed distance from the layer's edge, on the mean body in the rest pose, so
 *    that clothes end at the same places on every shape.
 * 2. Turn the distance into coverage, and into the layer's thickness.
 * 3. Move the shaped body's vertices outwards by the thickness.
 * 4. Where garments are worn over the layers, make the layers thin enough to fit under them, and leave out layers that
 *    the garments cover.
 * 5. Leave out the skin that close-fitting layers hide.
 */
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { createClothesEdges } from './clothes-edges.ts';
import { limitDepths } from './limit-depths.ts';

const personLayers = ['body', 'top', 'shorts', 'shoes', 'hair'] as const;
/** Name of a layer: `body` is the skin. */
export type PersonLayer = (typeof personLayers)[number];

/**
 * One layer of a dressed mannequin in the rest pose. It has the body's number of vertices, triangles and skin weights.
 */
export interface PersonLayerGeometry {
  layer: PersonLayer;
  /** 3 × vertices, metres. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
  /**
   * Coverage of each vertex: 0.5 + EDGE_SCALE × the signed distance from the layer's edge in metres (positive inside),
   * clamped to 0..1. The layer is drawn where it is above 0.5.
   */
  cover: Float32Array;
}

/**
 * Names of what a person may wear on the skin: `everyday` is a plain tee, shorts and shoes; `none` is nothing; `tight`
 * is a close-fitting top with long sleeves, leggings and shoes; `loose` is a wide top, wide trousers and shoes, of which
 * only the shoes are a layer: top and trousers are cloth that hangs (`makeClothes`).
 */
export const clothesNames = ['everyday', 'none', 'tight', 'loose'] as const;
/** One of `clothesNames`. */
export type Clothes = (typeof clothesNames)[number];

/** Coverage per metre: high enough for sharp edges within a triangle; it saturates 5 cm from the edge. */
const EDGE_SCALE = 10;
/** Coverage from which a layer hides the skin below: 2.5 cm from the edge, more than a triangle's side. */
const HIDING_COVER = 0.5 + 0.025 * EDGE_SCALE;

/** Distance of each layer from the skin, metres. */
const everydayThickness = { body: 0, top: 0.006, shorts: 0.009, shoes: 0.006, hair: 0.016 };
const thicknesses: Record<Clothes, Record<PersonLayer, number>> = {
  everyday: everydayThickness,
  none: everydayThickness,
  tight: { ...everydayThickness, top: 0.0035, shorts: 0.003 },
  loose: everydayThickness,
};
/** The layers that are worn besides body and hair. */
const wornLayers: Record<Clothes, readonly PersonLayer[]> = {
  everyday: ['top', 'shorts', 'shoes'],
  none: [],
  tight: ['top', 'shorts', 'shoes'],
  loose: ['shoes'],
};
/**
 * A layer of which garments cover at least this share is left out. The top's sleeves may be longer than the garment's,
 * so half is enough; a garment's hem over the shorts does not take them off.
 */
const maxCoveredShares: Partial<Record<PersonLayer, number>> = { top: 0.5, shorts: 0.85, shoes: 0.85 };

/** The skin is inside its layer everywhere: distance from the layer's edge, metres. */
const INSIDE = 1;
/** The top ends so far under the joint of the hips, metres. */
const HEM_METRES = 0.03;

/**
 * Computes the layers of a person in `clothes`: skin and hair always, and the clothes that garments do not hide.
 *
 * @param mannequin the mean body: vertices, triangles, joints and skin weights.
 * @param shape the mannequin in the person's shape: rest pose, metres.
 * @param covered for each vertex of the mannequin, the height above the skin of the cloth over the layers, metres;
 * Infinity where there is none. Null without garments and loose clothes.
 * @returns the layers in the order of `personLayers`. Their normals are the array of `shape`; the rest is new.
 */
export function dressPerson(
  mannequin: Mannequin,
  shape: MannequinShape,
  clothes: Clothes = 'everyday',
  covered: Float32Array | null = null,
): PersonLayerGeometry[] {
  const edges = createClothesEdges(mannequin, { isLong: clothes === 'tight', hemMetres: HEM_METRES });
  const limits = covered && limitDepths(mannequin, covered);
  const rest = mannequin.positions;
  const count = rest.length / 3;
  const worn = personLayers.filter(
    (layer) => layer === 'body' || layer === 'hair' || wornLayers[clothes].includes(layer),
  );
  const layers = worn.map((layer): PersonLayerGeometry => {
    const thickness = thicknesses[clothes][layer];
    const positions = new Float32Array(3 * count);
    const cover = new Float32Array(count);
    for (let v = 0; v < count; v++) {
      const distance =
        layer === 'body' ? INSIDE : edges[layer](Math.abs(rest[3 * v]), rest[3 * v + 1], rest[3 * v + 2]);
      cover[v] = Math.min(1, Math.max(0, 0.5 + distance * EDGE_SCALE));
      // Layers are thinner at their edge, hair most of all. The shorts' waist is over the top, so it keeps its
      // thickness.
      const thicknessShare =
        layer === 'shorts' ? 1 : Math.min(1, Math.max(0.5, 0.5 + distance * (layer === 'hair' ? 12 : 40)));
      const depth = thickness * thicknessShare;
      const limit = limits && layer !== 'hair' ? limits[v] : Infinity;
      for (let k = 0; k < 3; k++)
        positions[3 * v + k] = shape.positions[3 * v + k] + shape.normals[3 * v + k] * Math.min(depth, limit);
    }
    return { layer, positions, normals: shape.normals, cover };
  });
  const shown = covered
    ? layers.filter(({ layer, cover }) => coveredShare(cover, covered) < (maxCoveredShares[layer] ?? Infinity))
    : layers;
  hideSkin(shown);
  return shown;
}

/**
 * Sets the coverage of the skin to 0 deep under the other layers: a third of its triangles need not be drawn, and none
 * of them shows through at the layers' outlines. `skin` must be the first layer.
 */
function hideSkin([skin, ...over]: readonly PersonLayerGeometry[]): void {
  for (const { cover } of over) {
    for (let v = 0; v < cover.length; v++) if (cover[v] > HIDING_COVER) skin.cover[v] = 0;
  }
}

/** Computes the share of a layer's vertices, 0..1, that are under garments; 0 for a layer without vertices. */
function coveredShare(cover: Float32Array, covered: Float32Array): number {
  let all = 0;
  let under = 0;
  cover.forEach((coverage, v) => {
    if (coverage <= 0.5) return;
    all++;
    if (Number.isFinite(covered[v])) under++;
  });
  return all > 0 ? under / all : 0;
}
