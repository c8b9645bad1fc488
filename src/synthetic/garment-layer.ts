import type { Material } from 'three';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';

/** A real garment that the mannequin puts on over its clothes. */
export interface FigureGarment {
  /** URL of a GLB. */
  src: string;
  /** Of the garment's own sizes; its base size by default. */
  size?: string;
  /** Name of one of its colour variants. */
  color?: string;
}

/** One mesh of a garment, fitted to a figure in the rest pose and bound to the mannequin's bones. */
export interface GarmentLayer {
  /** 3 × vertices, metres. */
  positions: Float32Array;
  normals: Float32Array;
  uvs: Float32Array | null;
  indices: Uint16Array | Uint32Array;
  /** 4 × vertices. */
  skinIndices: Uint16Array;
  skinWeights: Float32Array;
  material: Material;
}

/** What a figure wears over its clothes. */
export interface WornLayers {
  /** The meshes of each garment, in the order asked for. */
  garments: GarmentLayer[][];
  /** By vertex of the mannequin: how far above the skin cloth lies, metres; infinite where none does. */
  cover: Float32Array;
  dispose(): void;
}

/** Loads garments and fits them to a body of this shape. */
export type WearGarments = (
  garments: readonly FigureGarment[],
  mannequin: Mannequin,
  shape: MannequinShape,
  signal: AbortSignal,
) => Promise<WornLayers>;
