import { type Mannequin, MORPH_COUNT, type MorphName, morphIndex } from '../mannequin/mannequin.ts';
import { garmentInvalid } from './garment-invalid.ts';
import { isJson, type Json, list } from './read-glb.ts';

/**
 * Version of the format of a prepared garment: a GLB that is read without adoption.
 *
 * - `extras.garment` of its scene holds a complete manifest and `PreparedExtras`.
 * - It stands in metres in the mannequin's rest pose, on joints that have the names of the mannequin's bones.
 * - Each mesh is one primitive of triangles with JOINTS_0, WEIGHTS_0, morph targets `size:NAME` and
 *   `bindingAttributes`.
 */
export const PREPARED_VERSION = 1;

/** Vertex attributes (float) that store a `ClothBinding`. Vertices that are welded together have equal values. */
export const bindingAttributes = {
  /** Number of the welded vertex, over all meshes of the file. */
  weld: '_WELD',
  /** Index of the mannequin's nearest vertex; −1 for none. */
  skinVertex: '_SKIN_VERTEX',
  /** Distance from the skin, millimetres (tools do not quantise values beyond ±1); 0 where there is no vertex. */
  clearance: '_CLEARANCE',
  /** Shares of the first and last four anchors, two VEC4. */
  anchors: ['_ANCHORS_0', '_ANCHORS_1'],
  /** Of an outfit: over how many of its garments this one lies. */
  layer: '_LAYER',
} as const;

/** What `extras.garment` of a prepared file says besides the manifest. */
export interface PreparedExtras {
  prepared: typeof PREPARED_VERSION;
  /**
   * Number of vertices of the mannequin that the garment is bound to: `_SKIN_VERTEX` means nothing on another
   * mannequin.
   */
  bodyVertices: number;
  /** Morph name → weight of the body that the garment was made on; a morph without a weight has 0. */
  madeOn: Partial<Record<MorphName, number>>;
}

/** `extras.garment` of the scene that the file shows, or of its `asset`; undefined when neither has it. */
export function garmentExtras(json: Json): unknown {
  const scene = list(json.scenes)[Number(json.scene ?? 0)];
  const holders = [scene, isJson(json.asset) ? json.asset : undefined];
  for (const holder of holders) {
    const garment = isJson(holder?.extras) ? holder.extras.garment : undefined;
    if (garment !== undefined && garment !== null) return garment;
  }
  return undefined;
}

/** The remedy for a file that says that it is prepared, and cannot be read as prepared. */
export const PREPARE_ANEW = "prepare the maker's file anew with this version";

/**
 * Whether `extras.garment` says that the file is prepared. Throws `FittingError` `garment-invalid` for another version
 * of the format.
 */
export function isPrepared(extras: unknown): boolean {
  if (!isJson(extras) || extras.prepared === undefined) return false;
  if (extras.prepared !== PREPARED_VERSION)
    throw garmentInvalid(
      `the garment was prepared in format ${JSON.stringify(extras.prepared).slice(0, 20)}, not ${PREPARED_VERSION}`,
      PREPARE_ANEW,
    );
  return true;
}

/**
 * Morph weights (MORPH_COUNT) of the body that a prepared garment was made on; null: the mannequin's base shape. Throws
 * `FittingError` `garment-invalid` when the extras are malformed or belong to another mannequin.
 */
export function readMadeOn(extras: unknown, { positions }: Mannequin): Float32Array | null {
  if (!isJson(extras) || extras.bodyVertices !== positions.length / 3)
    throw garmentInvalid('the garment was prepared for another mannequin', PREPARE_ANEW);
  if (!isJson(extras.madeOn)) throw garmentInvalid('the garment does not say which body it was made on', PREPARE_ANEW);
  const weights = new Float32Array(MORPH_COUNT);
  for (const [name, weight] of Object.entries(extras.madeOn)) {
    if (!Object.hasOwn(morphIndex, name) || !Number.isFinite(weight))
      throw garmentInvalid(`the garment was made on a body of unknown shape (${name.slice(0, 30)})`, PREPARE_ANEW);
    weights[morphIndex[name as MorphName]] = weight as number;
  }
  return weights.some((weight) => weight !== 0) ? weights : null;
}
