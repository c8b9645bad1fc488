/**
 * Dresses the shaped mannequin as a plain person: skin, top, shorts, shoes and hair, each a layer over the whole body
 * that is cut out by a coverage per vertex.
 *
 * 1. For each layer compute each vertex's signed distance from the layer's edge, on the mean body at rest, so that
 *    clothes end at the same places of every shape.
 * 2. Turn the distance into coverage, and into the layer's thickness.
 * 3. Move the shaped body's vertices outwards by the thickness; `hangClothes` adds the air under wide clothes.
 * 4. Where garments are worn over the layers, press the layers under them, and leave out layers that they cover.
 */
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { smoothNormals } from '../mannequin/smooth-normals.ts';
import { hangClothes } from './hang-clothes.ts';
import { limitDepths } from './limit-depths.ts';

const personLayers = ['body', 'top', 'shorts', 'shoes', 'hair'] as const;
export type PersonLayer = (typeof personLayers)[number];

/** One layer of a dressed mannequin in the rest pose. It has the vertices, triangles and skin weights of the body. */
export interface PersonLayerGeometry {
  layer: PersonLayer;
  /** 3 × vertices, metres. */
  positions: Float32Array;
  /** 3 × vertices. */
  normals: Float32Array;
  /**
   * Coverage of each vertex: 0.5 + EDGE_SCALE × the signed distance from the layer's edge in metres (positive inside),
   * clamped to 0..1. The layer is drawn where it is above 0.5.
   */
  cover: Float32Array;
}

/**
 * What a person may wear on the skin: a plain tee and shorts, nothing, close-fitting long sleeves and leggings, or a
 * wide top and trousers.
 */
export const clothesNames = ['everyday', 'none', 'tight', 'loose'] as const;
export type Clothes = (typeof clothesNames)[number];

/** Coverage per metre: high enough for sharp edges within a triangle; it saturates 5 cm from the edge. */
const EDGE_SCALE = 10;

/** Thickness of clothes and depth of hair, metres. */
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

/** Distance from the layer's edge, metres, negative outside, at |x|, y, z of the mean body. */
type EdgeDistance = (absX: number, y: number, z: number) => number;
/** Distance of a place that is far inside, or far outside, of a layer. */
const INSIDE = 1;
const OUTSIDE = -0.05;

/**
 * Computes the layers of a person in `clothes`. `covered` is the height of garments worn over the layers above the
 * skin, for each vertex, metres, Infinity where there are none; null without garments.
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
      // Layers are thinner at their edge, hair most of all. The shorts' waist lies over the top, so it keeps its
      // thickness.
      const thicknessShare =
        layer === 'shorts' ? 1 : Math.min(1, Math.max(0.5, 0.5 + distance * (layer === 'hair' ? 12 : 40)));
      const depth = thickness * thicknessShare;
      const limit = limits && layer !== 'hair' ? limits[v] : Infinity;
      const airDepth = air ? Math.hypot(air[3 * v], air[3 * v + 1], air[3 * v + 2]) : 0;
      // Under a garment the clothes are only as wide as the garment leaves room for.
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
  if (!covered) return layers;
  return layers.filter(({ layer, cover }) => coveredShare(cover, covered) < (maxCoveredShares[layer] ?? Infinity));
}

/** The edges of the layers on the mean body. Lengths in metres. */
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

/** The share of a layer's vertices that lie under garments, 0..1. */
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
