import { type Mannequin, MORPH_COUNT, type MorphName, morphIndex } from '../mannequin/mannequin.ts';
import { garmentInvalid } from './garment-invalid.ts';
import { isJson, type Json, list } from './read-glb.ts';

/**
 * Version of the format of a prepared garment, a GLB that `loadGarment` reads without adoption:
 *
 * - `extras.garment` of its scene holds a complete manifest and `PreparedExtras`.
 * - Its meshes are in metres in the rest pose of the mannequin (the body model), skinned to joints with the names of
 *   the mannequin's bones.
 * - Each mesh has one primitive of triangles with JOINTS_0, WEIGHTS_0, the attributes in `bindingAttributes`, and a
 *   morph target `size:NAME` for each size that differs from the base size.
 * - A mesh that is cut by the manifest's pattern has the attribute GRADE_ATTRIBUTE.
 */
export const PREPARED_VERSION = 1;

/**
 * Names of the vertex attributes (float) that store a `ClothBinding`. Vertices that are welded together have equal
 * values.
 */
export const bindingAttributes = {
  /** Number of the welded vertex, from 0, in one sequence for all meshes of the file. */
  weld: '_WELD',
  /** Index of the mannequin's nearest vertex; −1 for none. */
  skinVertex: '_SKIN_VERTEX',
  /**
   * Signed distance from the skin, in millimetres because tools do not quantise values beyond ±1; 0 where there is no
   * skin vertex.
   */
  clearance: '_CLEARANCE',
  /** Shares of the first four and the last four of `anchorBones`, 0..1, two VEC4. */
  anchors: ['_ANCHORS_0', '_ANCHORS_1'],
  /** In outfits only: number of the outfit's garments under this one, 0 for the innermost. */
  layer: '_LAYER',
} as const;

/** Name of the vertex attribute that stores `GarmentMesh.grades`, VEC2: whole multiples of GRADE_METRES. */
export const GRADE_ATTRIBUTE = '_GRADE';
/** Unit of GRADE_ATTRIBUTE, metres. */
export const GRADE_METRES = 1e-4;

/** The keys of `extras.garment` that a prepared file has besides the manifest. */
export interface PreparedExtras {
  /** The format's version. */
  prepared: typeof PREPARED_VERSION;
  /**
   * Number of vertices of the mannequin that the garment is bound to. On a mannequin with another number the indices in
   * `_SKIN_VERTEX` would be wrong, so the file is refused.
   */
  bodyVertices: number;
  /** Morph name → weight, for the body that the garment was modelled on; a missing morph has weight 0. */
  madeOn: Partial<Record<MorphName, number>>;
}

/**
 * Returns `extras.garment` of a header's default scene (the first scene if it names none), or else of its `asset`;
 * undefined when neither has it. The value is untrusted.
 */
export function garmentExtras(json: Json): unknown {
  const scene = list(json.scenes)[Number(json.scene ?? 0)];
  const holders = [scene, isJson(json.asset) ? json.asset : undefined];
  for (const holder of holders) {
    const garment = isJson(holder?.extras) ? holder.extras.garment : undefined;
    if (garment !== undefined && garment !== null) return garment;
  }
  return undefined;
}

/** The remedy, in an error message, for a file that is marked as prepared but cannot be read as such. */
export const PREPARE_ANEW = "prepare the maker's file anew with this version";

/**
 * Whether `extras.garment` (untrusted) marks its file as prepared. Throws `FittingError` `garment-invalid` for any
 * format version but `PREPARED_VERSION`.
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
 * Returns the morph weights of the body that a prepared garment was modelled on, in the order of `morphNames`
 * (MORPH_COUNT); null when all are 0, the mannequin's base shape. Throws `FittingError` `garment-invalid` when the
 * extras are malformed, name an unknown morph, or belong to another mannequin.
 *
 * @param extras `extras.garment` of the file, untrusted.
 * @param mannequin The mannequin in use.
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
