import type { Material } from 'three';
import type { GarmentBinding } from './garment-binding.ts';

/** `outfit`: several garments in one file (shirt and trousers), each of which hangs by itself. */
export const garmentKinds = ['top', 'dress', 'bottom', 'outer', 'skirt', 'outfit'] as const;
export type GarmentKind = (typeof garmentKinds)[number];

/** Finished measures of one size, centimetres: what a tape says of the garment laid flat (girths doubled). */
export interface GarmentMeasures {
  chest?: number;
  waist?: number;
  hip?: number;
  /** From the high point of the shoulder to the hem. */
  length?: number;
  sleeve?: number;
  inseam?: number;
}

/** `extras.garment` of the file's scene. */
export interface GarmentManifest {
  kind: GarmentKind;
  /** 1 = next to the skin; higher layers are worn over lower ones. */
  layer: number;
  /** Size name → finished measures, smallest first. */
  sizes: Record<string, GarmentMeasures>;
  baseSize: string;
  fabric: {
    /** Per cent that the cloth gives before it stops. */
    stretch: number;
    /** g/m². */
    weight: number;
  };
}

/** The geometry of one mesh of a garment, in the mannequin's rest pose and the shape of the body that it was made on. */
export interface GarmentMesh {
  name: string;
  /** 3 × vertices, metres, base size. */
  positions: Float32Array;
  /** 3 × vertices, unit length; all 0 where the file has none. */
  normals: Float32Array;
  /** 2 × vertices. */
  uvs: Float32Array | null;
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

/** A garment as loaded: geometry, sizes, colours and its binding to the mannequin. Shared by all wearings; the loader's caller disposes of it. */
export interface Garment {
  url: string;
  manifest: GarmentManifest;
  parts: GarmentPart[];
  binding: GarmentBinding;
  /** Names of the colour variants, the default first; empty when there is one colour only. */
  colors: string[];
  /** Warnings for the merchandiser: over the soft limits, what adoption changed, and the like. */
  warnings: string[];
  dispose(): void;
}

/** A garment's geometry for one size on one body shape, still in the rest pose; what the skin is applied to. */
export interface GarmentFit {
  /** Per part: 3 × vertices, metres. */
  positions: Float32Array[];
  normals: Float32Array[];
  /** Raised on every rewrite, so that the scene knows to upload. */
  version: number;
}

/** One garment worn: which, in what size and colour, and how it fits. Sorted by layer, innermost first. */
export interface WornGarment {
  id: string;
  garment: Garment;
  size: string;
  color: string | null;
  fit: GarmentFit;
}
