import type { Material } from 'three';
import type { GarmentMesh } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import type { Clothes } from './dress-person.ts';
import type { FigureBody } from './shape-figure.ts';

/** A garment file that the mannequin wears over its clothes. */
export interface FigureGarment {
  /** URL of a GLB, absolute or relative to the page. */
  src: string;
  /** Name of one of the garment's sizes; its base size by default. */
  size?: string;
  /** Name of one of the garment's colour variants; by default the colours of the file. */
  color?: string;
}

/** One mesh of a garment, fitted to a figure's body in the rest pose and bound to the mannequin's bones. */
export interface GarmentLayer extends Pick<GarmentMesh, 'uvs' | 'moreUvs' | 'colors'> {
  /** 3 × vertices, metres. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
  /** 3 × triangles. */
  indices: Uint16Array | Uint32Array;
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices: the weights of those bones, with a sum of 1 for each vertex. */
  skinWeights: Float32Array;
  /** Material of the wanted colour. The garment owns it: `WornLayers.dispose` frees it. */
  material: Material;
}

/** What a figure wears as cloth that hangs. */
export interface WornCloth {
  /** `loose` is a wide top and wide trousers. Other clothes are layers of the person (`dressPerson`), no cloth. */
  clothes: Clothes;
  /** An integer that selects colours and ease of the loose clothes. */
  seed: number;
  /** The garments over the clothes, from the innermost outwards. */
  garments: readonly FigureGarment[];
}

/** The loose clothes and the garments that a figure wears. */
export interface WornLayers {
  /** The meshes of the loose clothes, without those that the garments hide. */
  clothes: GarmentLayer[];
  /** For each garment, in the order of the request: its meshes. */
  garments: GarmentLayer[][];
  /**
   * For each vertex of the mannequin: the height of the nearest cloth above the skin, metres; below 0 where it dips into
   * the skin, Infinity where there is none.
   */
  cover: Float32Array;
  /**
   * Lets the cloth hang on the posed body: overwrites the positions and normals of all meshes. How cloth
   * hangs depends on the calls before, unless more than 0.2 s have passed between them.
   */
  hang(pose: MannequinPose, timeMs: number): void;
  /** Frees the garments' textures and materials. */
  dispose(): void;
}

/**
 * Makes the loose clothes of a body, loads its garments and fits them to it. Rejects if a garment cannot be loaded, lacks
 * the wanted size or colour, or `signal` aborts. The caller disposes of the result.
 */
export type WearGarments = (
  wanted: WornCloth,
  mannequin: Mannequin,
  body: FigureBody,
  signal: AbortSignal,
) => Promise<WornLayers>;
