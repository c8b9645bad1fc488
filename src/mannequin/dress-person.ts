import { boneIndex, type Mannequin } from './mannequin.ts';
import type { MannequinShape } from './shape-mannequin.ts';
import { FACE_BOTTOM_METRES, FACE_HEIGHT_METRES } from './paint-face.ts';

export const personLayers = ['body', 'top', 'shorts', 'shoes', 'hair'] as const;
export type PersonLayer = (typeof personLayers)[number];

/** One layer of a dressed mannequin, rest pose; shares vertex order, triangles and skin with the body. */
export interface PersonLayerGeometry {
  layer: PersonLayer;
  /** 3 × vertices. */
  positions: Float32Array;
  /** Where the layer covers: signed distance to its edge as 0.5 + metres × EDGE_SCALE, one per vertex; drawn where above 0.5. */
  cover: Float32Array;
}

/** Metres to coverage: edges stay sharp over a triangle and saturate 5 cm from the edge. */
const EDGE_SCALE = 10;

/** Thickness of clothes and depth of hair, metres. */
const thickness = { body: 0, top: 0.006, shorts: 0.009, shoes: 0.006, hair: 0.016 } as const;

/** Around the head: the angle from the front over the width, the height above the head joint over the height; 2 × vertices. */
export const headUvs = (mannequin: Mannequin, shape: MannequinShape): Float32Array => {
  const rest = mannequin.positions;
  const headY = mannequin.joints[3 * boneIndex.head + 1]!;
  const uvs = new Float32Array((2 * shape.positions.length) / 3);
  for (let v = 0; 2 * v < uvs.length; v++) {
    uvs[2 * v] = 0.5 + Math.atan2(rest[3 * v]!, rest[3 * v + 2]!) / (2 * Math.PI);
    uvs[2 * v + 1] = (rest[3 * v + 1]! - headY - FACE_BOTTOM_METRES) / FACE_HEIGHT_METRES;
  }
  return uvs;
};

/** Top, shorts, shoes and hair as offset shells of the shaped body, cut out by coverage. Regions are judged on the rest body, so they follow every shape. */
export const dressPerson = (mannequin: Mannequin, shape: MannequinShape): PersonLayerGeometry[] => {
  const rest = mannequin.positions;
  const { joints } = mannequin;
  const count = rest.length / 3;
  const J = (bone: keyof typeof boneIndex, k: number): number => joints[3 * boneIndex[bone] + k]!;
  const elbowToShoulder = Math.hypot(J('leftLowerArm', 0) - J('leftUpperArm', 0), J('leftLowerArm', 1) - J('leftUpperArm', 1));

  /** Signed distance inside (positive) of the layer's edge at rest vertex (x, y, z). */
  const inside: Record<Exclude<PersonLayer, 'body'>, (ax: number, y: number, z: number) => number> = {
    top: (ax, y, z) => {
      const alongArm = (ax - J('leftUpperArm', 0)) * Math.SQRT1_2 - (y - J('leftUpperArm', 1)) * Math.SQRT1_2;
      const arm = ax > J('leftUpperArm', 0) ? elbowToShoulder * 0.55 - alongArm : 1;
      // Neckline: lower in front.
      const neck = Math.hypot(ax, (J('neck', 1) + 0.012 + (z > 0 ? -0.25 : -0.1) * (z + 0.035) - y) * 1.6);
      const aboveNeck = y > J('neck', 1) + 0.03 ? -0.05 : Math.min(neck - 0.082, 1);
      return Math.min(arm, y - (J('hips', 1) - 0.03), y > J('upperChest', 1) + 0.05 && ax < 0.13 ? aboveNeck : 1);
    },
    shorts: (ax, y) => (ax < J('leftLowerArm', 0) - 0.05 ? Math.min(J('spine', 1) - 0.03 - y, y - (J('leftLowerLeg', 1) + 0.17)) : -0.05),
    shoes: (_, y, z) => 0.068 + 0.12 * Math.max(0, -z - 0.03) - y,
    hair: (ax, y, z) => {
      const headY = J('head', 1);
      // From the hairline above the brow back over the ears to the nape.
      const line = headY + (z > 0.02 ? 0.052 + (z - 0.02) * 0.45 - (ax > 0.05 ? (ax - 0.05) * 1.2 : 0) : z > -0.045 ? 0.02 + (z + 0.045) * 0.5 : -0.045 + (z + 0.1) * 1.2);
      return y - line;
    },
  };

  return personLayers.map((layer) => {
    const positions = new Float32Array(3 * count);
    const cover = new Float32Array(count);
    for (let v = 0; v < count; v++) {
      const signed = layer === 'body' ? 1 : inside[layer](Math.abs(rest[3 * v]!), rest[3 * v + 1]!, rest[3 * v + 2]!);
      cover[v] = Math.min(1, Math.max(0, 0.5 + signed * EDGE_SCALE));
      // Thickness grows from the edge inwards, hair most; the shorts' waist lies over the top all the way.
      const depth = thickness[layer] * (layer === 'shorts' ? 1 : Math.min(1, Math.max(0.5, 0.5 + signed * (layer === 'hair' ? 12 : 40))));
      for (let k = 0; k < 3; k++) positions[3 * v + k] = shape.positions[3 * v + k]! + shape.normals[3 * v + k]! * depth;
    }
    return { layer, positions, cover };
  });
};
