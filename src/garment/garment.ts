import type { Material } from 'three';
import type { GarmentBinding } from './garment-binding.ts';

/** An `outfit` is several garments in one file (shirt and trousers), each of which hangs by itself. */
export const garmentKinds = ['top', 'dress', 'bottom', 'outer', 'skirt', 'outfit'] as const;
export type GarmentKind = (typeof garmentKinds)[number];

/** Finished measures of one size, centimetres, taken with a tape on the garment laid flat (girths doubled). */
export interface GarmentMeasures {
  chest?: number;
  waist?: number;
  hip?: number;
  /** From the high point of the shoulder to the hem. */
  length?: number;
  sleeve?: number;
  inseam?: number;
}

/** What a file says about its garment: `extras.garment` of its scene. */
export interface GarmentManifest {
  kind: GarmentKind;
  /** 1 lies next to the skin. Higher layers are worn over lower ones. */
  layer: number;
  /** Size name → finished measures, smallest first. */
  sizes: Record<string, GarmentMeasures>;
  baseSize: string;
  fabric: {
    /** Per cent by which the cloth can be stretched. */
    stretch: number;
    /** g/m². */
    weight: number;
  };
}

/** One mesh of a garment, in the mannequin's rest pose, in the shape of the body that it was made on. */
export interface GarmentMesh {
  name: string;
  /** 3 × vertices, metres, base size. */
  positions: Float32Array;
  /** 3 × vertices, unit length; all 0 where the file has none. */
  normals: Float32Array;
  /** 2 × vertices; null where the file has none. */
  uvs: Float32Array | null;
  /** 3 × triangles. */
  indices: Uint16Array | Uint32Array;
  /** 4 × vertices: indices into the mannequin's `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices, summing to 1. */
  skinWeights: Float32Array;
  /** Size name → displacement from the base size, 3 × vertices, metres. */
  sizes: Record<string, Float32Array>;
}

/** A mesh with its materials. Never changed after loading. */
export interface GarmentPart extends GarmentMesh {
  material: Material;
  /** Colour variant name → material. */
  variants: Record<string, Material>;
}

/** A garment as loaded, bound to the mannequin. The caller of `loadGarment` disposes of it. */
export interface Garment {
  url: string;
  manifest: GarmentManifest;
  parts: GarmentPart[];
  binding: GarmentBinding;
  /** Names of the colour variants, the default first; empty when there is only one colour. */
  colors: string[];
  /** Warnings for the merchandiser: over the soft limits, what adoption changed, and the like. */
  warnings: string[];
  dispose(): void;
}

/** A garment's geometry in one size on one shape of the body, in the rest pose, to which skinning is applied. */
export interface GarmentFit {
  /** By part: 3 × vertices, metres. */
  positions: Float32Array[];
  /** By part: 3 × vertices, unit length. */
  normals: Float32Array[];
  /** Raised by each fitting, so that the scene uploads the geometry again. */
  version: number;
}

/** A garment that the shopper wears, in one size and colour, fitted to their body. */
export interface WornGarment {
  id: string;
  garment: Garment;
  size: string;
  color: string | null;
  fit: GarmentFit;
}
