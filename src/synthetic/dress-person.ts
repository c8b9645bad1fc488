/**
 * Dresses the shaped mannequin as a plain person: skin, top, shorts, shoes and hair. Each is a layer: a copy of the
 * body's mesh, moved outwards, with a coverage for each vertex that says where the layer is drawn. Rest pose, model
 * space: metres, +x to the body's left, +y up, +z forward.
 *
 * 1. For each layer compute each vertex's signed distance from the layer's edge, on the mean body in the rest pose, so
 *    that clothes end at the same places on every shape.
 * 2. Turn the distance into coverage, and into the layer's thickness.
 * 3. Move the shaped body's vertices outwards by the thickness; `hangClothes` adds the air under wide clothes.
 * 4. Where garments are worn over the layers, make the layers thin enough to fit under them, and leave out layers that
 *    the garments cover.
 * 5. Leave out the skin that close-fitting layers hide.
 */
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { smoothNormals } from '../mannequin/smooth-normals.ts';
import { hangClothes } from './hang-clothes.ts';
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
 * is a close-fitting top with long sleeves, leggings and shoes; `loose` is a wide top, wide trousers and shoes.
 */
export const clothesNames = ['everyday', 'none', 'tight', 'loose'] as const;
/** One of `clothesNames`. */
export type Clothes = (typeof clothesNames)[number];

/** Coverage per metre: high enough for sharp edges within a triangle; it saturates 5 cm from the edge. */
const EDGE_SCALE = 10;
/** Coverage from which a layer hides the skin below: 2.5 cm from the edge, more than a triangle's side. */
const HIDING_COVER = 0.5 + 0.025 * EDGE_SCALE;

/** Distance of each layer from the skin, metres, before `hangClothes` adds air. */
const everydayThickness = { body: 0, top: 0.006, shorts: 0.009, shoes: 0.006, hair: 0.016 };
const thicknesses: Record<Clothes, Record<PersonLayer, number>> = {
  everyday: everydayThickness,
  none: everydayThickness,
  tight: { ...everydayThickness, top: 0.0035, shorts: 0.003 },
  loose: { ...everydayThickness, top: 0.012, shorts: 0.006 },
};
/** The layers that are worn besides body and hair. */
const wornLayers: Record<Clothes, readonly PersonLayer[]> = {
  everyday: ['top', 'shorts', 'shoes'],
  none: [],
  tight: ['top', 'shorts', 'shoes'],
  loose: ['top', 'shorts', 'shoes'],
};
/**
 * A layer of which garments cover at least this share is left out. The top's sleeves may be longer than the garment's,
 * so half is enough; a garment's hem over the shorts does not take them off.
 */
const maxCoveredShares: Partial<Record<PersonLayer, number>> = { top: 0.5, shorts: 0.85, shoes: 0.85 };

/**
 * Computes the distance of a point of the mean body from a layer's edge, metres: positive inside the layer, negative
 * outside. The point is (|x|, y, z), metres, since both sides of the body are alike.
 */
type EdgeDistance = (absX: number, y: number, z: number) => number;
/** Distances for points far inside and far outside a layer, metres. */
const INSIDE = 1;
const OUTSIDE = -0.05;

/**
 * Computes the layers of a person in `clothes`: skin and hair always, and the clothes that garments do not hide.
 *
 * @param mannequin the mean body: vertices, triangles, joints and skin weights.
 * @param shape the mannequin in the person's shape: rest pose, metres.
 * @param covered for each vertex of the mannequin, the height above the skin of the garments worn over the layers,
 * metres; Infinity where there are none. Null without garments.
 * @returns the layers in the order of `personLayers`. Their normals may be the array of `shape`; the rest is new.
 */
export function dressPerson(
  mannequin: Mannequin,
  shape: MannequinShape,
  clothes: Clothes = 'everyday',
  covered: Float32Array | null = null,
): PersonLayerGeometry[] {
  const edgeDistances = createEdgeDistances(mannequin, clothes);
  const hanging = clothes === 'loose' ? hangClothes(mannequin, shape) : null;
  const limits = covered && limitDepths(mannequin, covered);
  const rest = mannequin.positions;
  const count = rest.length / 3;
  const worn = personLayers.filter(
    (layer) => layer === 'body' || layer === 'hair' || wornLayers[clothes].includes(layer),
  );
  const layers = worn.map((layer): PersonLayerGeometry => {
    const thickness = thicknesses[clothes][layer];
    const air = hanging && (layer === 'top' || layer === 'shorts') ? hanging[layer] : null;
    const positions = new Float32Array(3 * count);
    const cover = new Float32Array(count);
    for (let v = 0; v < count; v++) {
      const distance =
        layer === 'body' ? INSIDE : edgeDistances[layer](Math.abs(rest[3 * v]), rest[3 * v + 1], rest[3 * v + 2]);
      cover[v] = Math.min(1, Math.max(0, 0.5 + distance * EDGE_SCALE));
      // Layers are thinner at their edge, hair most of all. The shorts' waist is over the top, so it keeps its
      // thickness.
      const thicknessShare =
        layer === 'shorts' ? 1 : Math.min(1, Math.max(0.5, 0.5 + distance * (layer === 'hair' ? 12 : 40)));
      const depth = thickness * thicknessShare;
      const limit = limits && layer !== 'hair' ? limits[v] : Infinity;
      const airDepth = air ? Math.hypot(air[3 * v], air[3 * v + 1], air[3 * v + 2]) : 0;
      // Under a garment the clothes have only as much air as fits between the skin and the garment.
      const airShare =
        air && limit < airDepth + depth ? Math.min(1, Math.max(0, limit - depth) / Math.max(1e-6, airDepth)) : 1;
      for (let k = 0; k < 3; k++)
        positions[3 * v + k] =
          shape.positions[3 * v + k] +
          shape.normals[3 * v + k] * Math.min(depth, limit) +
          (air ? air[3 * v + k] * airShare : 0);
    }
    const normals = air ? smoothNormals(positions, mannequin.indices, new Float32Array(3 * count)) : shape.normals;
    return { layer, positions, normals, cover };
  });
  const shown = covered
    ? layers.filter(({ layer, cover }) => coveredShare(cover, covered) < (maxCoveredShares[layer] ?? Infinity))
    : layers;
  // Below the hems of wide clothes skin may be seen.
  if (!hanging) hideSkin(shown);
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

/** Creates the function of each layer's edge. Its numbers are lengths on the mean body, metres. */
function createEdgeDistances(
  { joints }: Mannequin,
  clothes: Clothes,
): Record<Exclude<PersonLayer, 'body'>, EdgeDistance> {
  const xOf = (bone: keyof typeof boneIndex): number => joints[3 * boneIndex[bone]];
  const yOf = (bone: keyof typeof boneIndex): number => joints[3 * boneIndex[bone] + 1];
  const isLong = clothes === 'tight' || clothes === 'loose';
  const forearmLength = Math.hypot(xOf('leftHand') - xOf('leftLowerArm'), yOf('leftHand') - yOf('leftLowerArm'));
  const upperArmLength = Math.hypot(
    xOf('leftLowerArm') - xOf('leftUpperArm'),
    yOf('leftLowerArm') - yOf('leftUpperArm'),
  );
  return {
    top: (absX, y, z) => {
      // The arm hangs 45° down and outwards.
      const alongArm = (absX - xOf('leftUpperArm')) * Math.SQRT1_2 - (y - yOf('leftUpperArm')) * Math.SQRT1_2;
      const sleeve =
        absX > xOf('leftUpperArm')
          ? upperArmLength * 0.55 - alongArm + (isLong ? forearmLength + 0.45 * upperArmLength - 0.01 : 0)
          : INSIDE;
      // The neckline is lower in front.
      const fromNeck = Math.hypot(absX, (yOf('neck') + 0.012 + (z > 0 ? -0.25 : -0.1) * (z + 0.035) - y) * 1.6);
      const neckline = y > yOf('neck') + 0.03 ? OUTSIDE : Math.min(fromNeck - 0.082, INSIDE);
      return Math.min(
        sleeve,
        y - (yOf('hips') - (clothes === 'loose' ? 0.1 : 0.03)),
        y > yOf('upperChest') + 0.05 && absX < 0.13 ? neckline : INSIDE,
      );
    },
    shorts: (absX, y) =>
      absX < xOf('leftLowerArm') - 0.05
        ? Math.min(yOf('spine') - 0.03 - y, y - (isLong ? yOf('leftFoot') + 0.01 : yOf('leftLowerLeg') + 0.17))
        : OUTSIDE,
    shoes: (_, y, z) => 0.068 + 0.12 * Math.max(0, -z - 0.03) - y,
    hair: (absX, y, z) => {
      // The hairline runs from above the brow back over the ears to the nape.
      const hairline =
        yOf('head') +
        (z > 0.02
          ? 0.052 + (z - 0.02) * 0.45 - (absX > 0.05 ? (absX - 0.05) * 1.2 : 0)
          : z > -0.045
            ? 0.02 + (z + 0.045) * 0.5
            : -0.045 + (z + 0.1) * 1.2);
      return y - hairline;
    },
  };
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
