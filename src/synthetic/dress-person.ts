import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { smoothNormals } from '../mannequin/smooth-normals.ts';
import { hangClothes } from './hang-clothes.ts';
import { limitDepths } from './limit-depths.ts';

const personLayers = ['body', 'top', 'shorts', 'shoes', 'hair'] as const;
export type PersonLayer = (typeof personLayers)[number];

/** One layer of a dressed mannequin, rest pose; shares vertex order, triangles and skin with the body. */
export interface PersonLayerGeometry {
  layer: PersonLayer;
  /** 3 × vertices. */
  positions: Float32Array;
  normals: Float32Array;
  /** Where the layer covers: signed distance to its edge as 0.5 + metres × EDGE_SCALE, one per vertex; drawn where above 0.5. */
  cover: Float32Array;
}

/** What a person may wear: a plain tee and shorts, nothing, close-fitting long sleeves and leggings, or a wide top and trousers. */
export const clothesNames = ['everyday', 'none', 'tight', 'loose'] as const;
export type Clothes = (typeof clothesNames)[number];

/** Metres to coverage: edges stay sharp over a triangle and saturate 5 cm from the edge. */
const EDGE_SCALE = 10;

/** Thickness of clothes and depth of hair, metres. */
const everydayThickness = { body: 0, top: 0.006, shorts: 0.009, shoes: 0.006, hair: 0.016 };
const thicknesses: Record<Clothes, Record<PersonLayer, number>> = {
  everyday: everydayThickness,
  none: everydayThickness,
  tight: { ...everydayThickness, top: 0.0035, shorts: 0.003 },
  loose: { ...everydayThickness, top: 0.012, shorts: 0.006 },
};
/** What is worn, hair aside. */
const wornLayers: Record<Clothes, readonly PersonLayer[]> = {
  everyday: ['top', 'shorts', 'shoes'],
  none: [],
  tight: ['top', 'shorts', 'shoes'],
  loose: ['top', 'shorts', 'shoes'],
};

/** Clothes of which garments over them cover this share are taken off; a top's sleeves may be longer, and a hem over shorts leaves them on. */
const coveredShares: Partial<Record<PersonLayer, number>> = { top: 0.5, shorts: 0.85, shoes: 0.85 };
/** Top, shorts, shoes and hair as offset shells of the shaped body, cut out by coverage. Regions are judged on the rest body, so they follow every shape. */
export function dressPerson(
  mannequin: Mannequin,
  shape: MannequinShape,
  clothes: Clothes = 'everyday',
  covered: Float32Array | null = null,
): PersonLayerGeometry[] {
  const thickness = thicknesses[clothes];
  const isLong = clothes === 'tight' || clothes === 'loose';
  const hang = clothes === 'loose' ? hangClothes(mannequin, shape) : null;
  const limits = covered && limitDepths(mannequin, covered);
  const rest = mannequin.positions;
  const { joints } = mannequin;
  const count = rest.length / 3;
  const J = (bone: keyof typeof boneIndex, k: number): number => joints[3 * boneIndex[bone] + k]!;
  const elbowToWrist = Math.hypot(J('leftHand', 0) - J('leftLowerArm', 0), J('leftHand', 1) - J('leftLowerArm', 1));
  const elbowToShoulder = Math.hypot(
    J('leftLowerArm', 0) - J('leftUpperArm', 0),
    J('leftLowerArm', 1) - J('leftUpperArm', 1),
  );

  /** Signed distance inside (positive) of the layer's edge at rest vertex (x, y, z). */
  const inside: Record<Exclude<PersonLayer, 'body'>, (ax: number, y: number, z: number) => number> = {
    top: (ax, y, z) => {
      const alongArm = (ax - J('leftUpperArm', 0)) * Math.SQRT1_2 - (y - J('leftUpperArm', 1)) * Math.SQRT1_2;
      const arm =
        ax > J('leftUpperArm', 0)
          ? elbowToShoulder * 0.55 - alongArm + (isLong ? elbowToWrist + 0.45 * elbowToShoulder - 0.01 : 0)
          : 1;
      // Neckline: lower in front.
      const neck = Math.hypot(ax, (J('neck', 1) + 0.012 + (z > 0 ? -0.25 : -0.1) * (z + 0.035) - y) * 1.6);
      const aboveNeck = y > J('neck', 1) + 0.03 ? -0.05 : Math.min(neck - 0.082, 1);
      return Math.min(
        arm,
        y - (J('hips', 1) - (clothes === 'loose' ? 0.1 : 0.03)),
        y > J('upperChest', 1) + 0.05 && ax < 0.13 ? aboveNeck : 1,
      );
    },
    shorts: (ax, y) =>
      ax < J('leftLowerArm', 0) - 0.05
        ? Math.min(J('spine', 1) - 0.03 - y, y - (isLong ? J('leftFoot', 1) + 0.01 : J('leftLowerLeg', 1) + 0.17))
        : -0.05,
    shoes: (_, y, z) => 0.068 + 0.12 * Math.max(0, -z - 0.03) - y,
    hair: (ax, y, z) => {
      const headY = J('head', 1);
      // From the hairline above the brow back over the ears to the nape.
      const line =
        headY +
        (z > 0.02
          ? 0.052 + (z - 0.02) * 0.45 - (ax > 0.05 ? (ax - 0.05) * 1.2 : 0)
          : z > -0.045
            ? 0.02 + (z + 0.045) * 0.5
            : -0.045 + (z + 0.1) * 1.2);
      return y - line;
    },
  };

  const worn = personLayers.filter(
    (layer) => layer === 'body' || layer === 'hair' || wornLayers[clothes].includes(layer),
  );
  const layers = worn.map((layer) => {
    const positions = new Float32Array(3 * count);
    const cover = new Float32Array(count);
    for (let v = 0; v < count; v++) {
      const signed = layer === 'body' ? 1 : inside[layer](Math.abs(rest[3 * v]!), rest[3 * v + 1]!, rest[3 * v + 2]!);
      cover[v] = Math.min(1, Math.max(0, 0.5 + signed * EDGE_SCALE));
      // Thickness grows from the edge inwards, hair most; the shorts' waist lies over the top all the way.
      const depth =
        thickness[layer] *
        (layer === 'shorts' ? 1 : Math.min(1, Math.max(0.5, 0.5 + signed * (layer === 'hair' ? 12 : 40))));
      const limit = limits && layer !== 'hair' ? limits[v]! : Infinity;
      const air = hang && (layer === 'top' || layer === 'shorts') ? hang[layer] : null;
      const wide = air ? Math.hypot(air[3 * v]!, air[3 * v + 1]!, air[3 * v + 2]!) : 0;
      // Clothes under a garment are as wide as it leaves them.
      const share = air && limit < wide + depth ? Math.max(0, limit - depth) / Math.max(1e-6, wide) : 1;
      const out = Math.min(depth, limit);
      for (let k = 0; k < 3; k++)
        positions[3 * v + k] =
          shape.positions[3 * v + k]! +
          shape.normals[3 * v + k]! * out +
          (air ? air[3 * v + k]! * Math.min(1, share) : 0);
    }
    const normals =
      hang && (layer === 'top' || layer === 'shorts')
        ? smoothNormals(positions, mannequin.indices, new Float32Array(3 * count))
        : shape.normals;
    return { layer, positions, normals, cover };
  });
  return covered
    ? layers.filter(({ layer, cover }) => coveredShare(cover, covered) < (coveredShares[layer] ?? Infinity))
    : layers;
}

/** How much of what a layer covers lies under other cloth, 0..1. */
function coveredShare(cover: Float32Array, covered: Float32Array): number {
  let all = 0;
  let under = 0;
  cover.forEach((c, v) => {
    if (c <= 0.5) return;
    all++;
    if (Number.isFinite(covered[v]!)) under++;
  });
  return all > 0 ? under / all : 0;
}
