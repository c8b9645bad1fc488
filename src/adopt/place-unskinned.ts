/**
 * Places a garment's meshes without a skin where they are worn, and skins them to the mannequin's bones (the mannequin
 * is the body model).
 *
 * 1. Find how the garment is worn: turn, scale, place, and the pose of the arms that it was modelled on (`findWearer`).
 * 2. Find the unit of the file: the usual one in which the garment's maker modelled it on a body of a person's size. A
 *    file in no usual unit, or one that was scaled to a box, has the mannequin's size.
 * 3. Scale and turn the meshes. If they were modelled on the mannequin's size and rest pose, they are then where it
 *    wears them; else the joints of their own body are returned, as those of a rig.
 * 4. Compute skin weights from the skin of that body (`weighCloth`).
 */
import { Matrix3 } from 'three';
import type { GarmentMesh } from '../garment/garment.ts';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { boundingBox, sidesOf } from './bounding-box.ts';
import { findWearer, UNITS, type Wearing } from './find-wearer.ts';
import { joinParts } from './join-parts.ts';
import type { FilePart } from './read-file-parts.ts';
import { transformPart } from './transform-part.ts';
import { type Body, weighCloth } from './weigh-cloth.ts';

/** Range of a garment's longest side in the unit of its file: no tool writes others. */
const SMALLEST_UNITS = 1e-3;
const LARGEST_UNITS = 1e5;
/** Range of a body's size, as a multiple of the mannequin's: any person, and adults. */
const PERSON = { from: 0.55, to: 1.5 };
const ADULT = { from: 0.85, to: 1.2 };
/** Bodies whose sizes differ by less than this are one: so well is a size known. */
const SAME_SIZE = 0.04;
/** Converters scale a file to a box whose longest side is 1 or 2; to within this share of it. */
const BOX_SHARE = 0.002;
/** Garments that are shifted by more than this were not modelled on a body in its place, metres. */
const ELSEWHERE_METRES = 0.15;
/** Above this cost a garment's place is no more than a guess (see `findWearer`). */
const UNSURE_COST = 0.42;

/** Meshes that are skinned to the mannequin's bones, and the body that they were modelled on. */
export interface PlacedParts {
  /** In metres, +y up, facing +z. */
  parts: GarmentMesh[];
  /** Joints of their body, 3 × BONE_COUNT, metres; null if it is the mannequin in its rest pose. */
  joints: Float32Array | null;
}

/**
 * Places a garment's meshes, none of which has a skin, and skins them to the mannequin's bones (steps above).
 *
 * Changes positions, normals and size displacements of `parts` in place, and adds a sentence for each guess to
 * `warnings`. Rejects with `FittingError` `garment-invalid` for meshes that have a garment's size in no unit.
 *
 * @param parts All meshes of the file, in its space and unit.
 * @param mannequin In its rest pose, metres.
 * @returns The meshes in the order of `parts`; they share all other arrays with them.
 */
export async function placeUnskinned(
  parts: readonly FilePart[],
  mannequin: Mannequin,
  warnings: string[],
): Promise<PlacedParts> {
  const { positions, indices } = joinParts(parts);
  const { longest, isBox } = measure(positions);
  if (!(longest > SMALLEST_UNITS && longest < LARGEST_UNITS))
    throw garmentInvalid(
      `the garment is ${longest.toPrecision(2)} units long, which is no garment's size in any usual unit`,
      'export in metres',
    );
  const wearing = await findWearer(positions, indices, mannequin, isBox);
  const { rotation, shift, body } = wearing;
  const unit = findUnit(wearing.scale, isBox);
  const size = Math.abs(Math.log(unit.metres / wearing.scale)) < SAME_SIZE ? 1 : unit.metres / wearing.scale;
  const isOwnPlace = size === 1 && body.isRest;
  describe(wearing, { unit, size, warnings });

  const isTurned = !rotation.equals(new Matrix3());
  for (const part of parts) transformPart(part, isTurned ? rotation : null, unit.metres);
  if (isOwnPlace) {
    // The scale that was found is not quite the unit's: the middle of the garment goes where it was found.
    const middle = middleOf(joinParts(parts).positions).map((value) => value * (wearing.scale / unit.metres - 1));
    const isMoved = shift.some((value) => value !== 0);
    for (const { positions: places } of isMoved ? parts : [])
      for (let i = 0; i < places.length; i++) places[i] += shift[i % 3] + middle[i % 3];
  }
  if (isOwnPlace) return { parts: await weighUnskinned(parts, mannequin), joints: null };
  const onCloth = (points: Float32Array): Float32Array => points.map((value, i) => size * (value - shift[i % 3]));
  const worn = { ...mannequin, positions: onCloth(body.positions), normals: body.normals };
  return { parts: await weighUnskinned(parts, worn), joints: onCloth(body.joints) };
}

/**
 * Skins meshes to the mannequin's bones by the skin of a body beneath them.
 *
 * @param parts Metres, where `body` wears them.
 * @returns The meshes in the order of `parts`; they share all other arrays with them.
 */
export async function weighUnskinned(parts: readonly FilePart[], body: Body): Promise<GarmentMesh[]> {
  if (parts.length === 0) return [];
  await yieldToEventLoop();
  const { positions, indices, firsts } = joinParts(parts);
  const { skinIndices, skinWeights } = await weighCloth(positions, indices, body);
  return parts.map(({ joints: _, ...part }, p) => {
    const from = 4 * firsts[p];
    const to = from + (4 * part.positions.length) / 3;
    return { ...part, skinIndices: skinIndices.slice(from, to), skinWeights: skinWeights.slice(from, to) };
  });
}

/** A unit of length: metres, and its name; null where the file is in none. */
interface Unit {
  metres: number;
  name: string | null;
}

/** Step 2, by the scale that brings the file to the mannequin's size. */
function findUnit(scale: number, isBox: boolean): Unit {
  const sizeIn = (metres: number): number => metres / scale;
  const isIn = (metres: number, { from, to }: typeof PERSON): boolean => sizeIn(metres) > from && sizeIn(metres) < to;
  const [metres] = UNITS[0];
  if (isIn(metres, ADULT) && (!isBox || Math.abs(Math.log(sizeIn(metres))) < SAME_SIZE)) return unitOf(UNITS[0]);
  const possible = isBox ? [] : UNITS.filter(([unit]) => isIn(unit, PERSON));
  possible.sort((a, b) => Math.abs(Math.log(sizeIn(a[0]))) - Math.abs(Math.log(sizeIn(b[0]))));
  return possible.length > 0 ? unitOf(possible[0]) : { metres: scale, name: null };
}

function unitOf([metres, name]: (typeof UNITS)[number]): Unit {
  return { metres, name };
}

/** Returns the middle of the bounding box. */
function middleOf(positions: Float32Array): number[] {
  const { low, high } = boundingBox([{ positions }]);
  return low.map((value, a) => (value + high[a]) / 2);
}

/** Returns the longest side of the bounding box, and whether the file was scaled to a box: -1..1, -0.5..0.5 or 0..1. */
function measure(positions: Float32Array): { longest: number; isBox: boolean } {
  const box = boundingBox([{ positions }]);
  const sides = sidesOf(box);
  const longest = Math.max(...sides);
  const is = (value: number, wanted: number): boolean => Math.abs(value - wanted) < BOX_SHARE * longest;
  const from = box.low[sides.indexOf(longest)];
  return { longest, isBox: (is(longest, 2) && is(from, -1)) || (is(longest, 1) && (is(from, -0.5) || is(from, 0))) };
}

/** Appends a sentence for each thing that was guessed and is not usual. */
function describe(
  { rotation, shift, body, cost }: Wearing,
  { unit, size, warnings }: { unit: Unit; size: number; warnings: string[] },
): void {
  if (unit.name === null) warnings.push('modelled in no usual unit: scaled to the mannequin by its own proportions');
  else if (unit.metres !== 1) warnings.push(`modelled in ${unit.name}, not metres: scaled`);
  if (!rotation.equals(new Matrix3())) warnings.push('the garment does not stand upright and face +z: turned');
  if (size !== 1) warnings.push(`modelled on a body of ${Math.round(100 * size)} % of the mannequin's size`);
  if (!body.isRest)
    warnings.push(`modelled on arms that ${body.armsRaised > 0 ? 'are stretched out' : 'hang'}: turned`);
  if (Math.hypot(...shift) > ELSEWHERE_METRES)
    warnings.push(
      'stands by itself: brought to where the mannequin wears it; model it on the mannequin for a better fit',
    );
  if (cost > UNSURE_COST) warnings.push('how it is worn is only a guess: look at it, or model it on the mannequin');
  warnings.push('no bones: taken from the mannequin beneath');
}
