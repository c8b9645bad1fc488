import type { Material } from 'three';
import type { GarmentBinding } from './garment-binding.ts';

/**
 * Kinds of garments. `outer` is a jacket or coat; `outfit` is several garments in one file (shirt and trousers), each
 * of which hangs from its own joints.
 */
export const garmentKinds = ['top', 'dress', 'bottom', 'outer', 'skirt', 'outfit'] as const;
/** One of `garmentKinds`. */
export type GarmentKind = (typeof garmentKinds)[number];

/**
 * Finished measures of one size, centimetres (1 to 400), taken with a tape on the garment laid flat. All may be
 * missing.
 */
export interface GarmentMeasures {
  /** Girth: twice the width of the flat garment. */
  chest?: number;
  /** Girth. */
  waist?: number;
  /** Girth. */
  hip?: number;
  /** From the high point of the shoulder to the hem. */
  length?: number;
  /** Length of the sleeve. */
  sleeve?: number;
  /** Length of the inner seam of the leg. */
  inseam?: number;
}

/** The description of a garment in its file: `extras.garment` of the scene, after `readManifest` has checked it. */
export interface GarmentManifest {
  kind: GarmentKind;
  /** 1 to 9: 1 is next to the skin. Higher layers are worn over lower ones. */
  layer: number;
  /** Size name → finished measures, smallest size first. At least one size. */
  sizes: Record<string, GarmentMeasures>;
  /** The size in which the meshes are modelled, a key of `sizes`. */
  baseSize: string;
  fabric: {
    /** Per cent by which the cloth can be stretched, 0 to 300. */
    stretch: number;
    /** Grams per square metre, 1 to 5000. */
    weight: number;
  };
  /** The flat pattern that the cloth is cut by; undefined where the file does not tell it. */
  pattern?: GarmentPattern;
}

/** The flat pattern of a garment: its texture coordinates to scale, and how it grows from size to size. */
export interface GarmentPattern {
  /** Metres of flat cloth along a side of the texture. */
  textureMetres: number;
  /** Size name → steps of grading from the base size, which `GarmentMesh.grades` is multiplied by. */
  steps: Record<string, number>;
}

/** One mesh of a garment, in the rest pose of the mannequin (the body model), on the body that it was modelled on. */
export interface GarmentMesh {
  name: string;
  /** 3 × vertices of the base size: metres, +x to the wearer's left, +y up, +z forward. */
  positions: Float32Array;
  /** 3 × vertices, unit length; all 0 where the file has none. */
  normals: Float32Array;
  /** 2 × vertices: texture coordinates; null where the file has none. */
  uvs: Float32Array | null;
  /** Further sets of texture coordinates, 2 × vertices each, at most 3; undefined where the file has none. */
  moreUvs?: Float32Array[];
  /**
   * 4 × vertices: red, green, blue (linear light) and alpha, 0..1, by which the material's colour is multiplied; undefined
   * where the file has none.
   */
  colors?: Float32Array;
  /** 3 × triangles. */
  indices: Uint16Array | Uint32Array;
  /** 4 × vertices: indices into the mannequin's `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices, summing to 1 for each. */
  skinWeights: Float32Array;
  /** Size name → displacement from the base size, 3 × vertices, metres. A size without an entry has the base shape. */
  sizes: Record<string, Float32Array>;
  /**
   * 2 × vertices: by how much the vertex's place in the flat pattern moves in one step of grading, metres, along the
   * texture's u and v. Undefined where the mesh is not cut by the manifest's pattern.
   */
  grades?: Float32Array;
}

/** A mesh with its materials. It does not change after loading. */
export interface GarmentPart extends GarmentMesh {
  /** The material of the default colour. */
  material: Material;
  /** Name of a colour variant → material; a variant without an entry has the default material. */
  variants: Record<string, Material>;
}

/** A loaded garment, bound to the mannequin. The caller of `loadGarment` calls `dispose`. */
export interface Garment {
  url: string;
  /** Kind, layer, sizes and fabric. */
  manifest: GarmentManifest;
  /** The meshes, in the order of the file. */
  parts: GarmentPart[];
  /** Distances from the skin and shares of joints, for fitting. */
  binding: GarmentBinding;
  /** Names of the colour variants in the order of the file, the default first; empty when there is only one colour. */
  colors: string[];
  /** Warnings for the merchandiser, one sentence each: soft limits exceeded, and changes and guesses of adoption. */
  warnings: string[];
  /** Frees materials and pictures on the GPU. Do not use the garment afterwards. */
  dispose(): void;
}

/** Clearance of cloth that has no skin near it, metres. */
export const NO_SKIN_METRES = 1;

/**
 * A garment's geometry in one size on one shape of the body, in the rest pose. Skinning then moves it with the body.
 * Cloth that hangs is turned back to the rest pose by the inverse of that skinning, so that it is skinned like any other.
 */
export interface GarmentFit {
  /**
   * The drape: places of the welded vertices (3 each, metres) as the garment is fitted, before its cloth hangs on the
   * posed body.
   */
  drape: Float32Array;
  /** By part: 3 × vertices, metres. */
  positions: Float32Array[];
  /** By part: 3 × vertices, unit length. */
  normals: Float32Array[];
  /**
   * By part, FOLD_STRIDE × vertices: how steep the folds are that are finer than the mesh, along each of `foldAxes`; 255
   * is a slope of 1. All 0 where no cloth hangs.
   */
  folds: Uint8Array[];
  /**
   * By part: how far each vertex stands off the nearest skin, metres; below 0 inside the body, `NO_SKIN_METRES` where no
   * skin is near. Of cloth that hangs: in the pose, where cloth between a raised arm and the trunk is far from both.
   */
  clearances: Float32Array[];
  /** Number of changes so far. When it has risen, the scene uploads the geometry again. */
  version: number;
}

/** A garment that the shopper wears, in one size and colour, fitted to the shopper's body. */
export interface WornGarment {
  /** Distinguishes the worn garments of one session. */
  id: string;
  garment: Garment;
  /** Name of the size: a key of `manifest.sizes`, or the page's name for the size that the whole file holds. */
  size: string;
  /** Name of a colour variant; null: the default colour. */
  color: string | null;
  /** Its geometry in this size on the shopper's shape. */
  fit: GarmentFit;
}
