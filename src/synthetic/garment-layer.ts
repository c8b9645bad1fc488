import type { Material } from 'three';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
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
export interface GarmentLayer {
  /** 3 × vertices, metres. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
  /** 2 × vertices; null if the file has none. */
  uvs: Float32Array | null;
  /** 3 × triangles. */
  indices: Uint16Array | Uint32Array;
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices: the weights of those bones, with a sum of 1 for each vertex. */
  skinWeights: Float32Array;
  /** Material of the wanted colour. The garment owns it: `WornLayers.dispose` frees it. */
  material: Material;
}

/** The garments that a figure wears over its clothes. */
export interface WornLayers {
  /** For each garment, in the order of the request: its meshes. */
  garments: GarmentLayer[][];
  /**
   * For each vertex of the mannequin: the height of the nearest garment above the skin, metres; below 0 where its cloth
   * dips into the skin, Infinity where there is none.
   */
  cover: Float32Array;
  /**
   * Lets the garments' cloth hang on the posed body: overwrites the positions and normals of all meshes. How cloth
   * hangs depends on the calls before, unless more than 0.2 s have passed between them.
   */
  hang(pose: MannequinPose, timeMs: number): void;
  /** Frees the garments' textures and materials. */
  dispose(): void;
}

/**
 * Loads garments, given from the innermost outwards, and fits them to a body. Rejects if a
 * garment cannot be loaded, lacks the wanted size or colour, or `signal` aborts. The caller disposes of the result.
 */
export type WearGarments = (
  garments: readonly FigureGarment[],
  mannequin: Mannequin,
  body: FigureBody,
  signal: AbortSignal,
) => Promise<WornLayers>;
