/**
 * Positions a garment's meshes without a skin on the mannequin (the body model), and skins them to its bones.
 *
 * 1. Scale them to metres, by the unit in which the longest side of their bounding box is 0.2 to 2.2 m. Of several
 *    units that fit, prefer metres, then the unit in which the meshes are where the mannequin wears them.
 * 2. If the mannequin does not wear them there (they stand on the floor, or are about the origin), translate them so
 *    that they hang from its shoulders or from its waist, by their shape.
 * 3. Compute skin weights from the mannequin's skin beneath (`weighCloth`).
 */
import type { GarmentMesh } from '../garment/garment.ts';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { joinParts } from './join-parts.ts';
import type { FilePart } from './read-file-parts.ts';
import { transformPart } from './transform-part.ts';
import { weighCloth } from './weigh-cloth.ts';

/** Units in which files are modelled: metres per unit, and name; the most frequent first. */
const units: readonly [number, string][] = [
  [1, 'metres'],
  [0.01, 'centimetres'],
  [0.001, 'millimetres'],
  [0.0254, 'inches'],
  [0.1, 'decimetres'],
];
/** Range of the longest side of a garment's bounding box, metres: from a child's shorts to a gown with its train. */
const SMALLEST_METRES = 0.2;
const LARGEST_METRES = 2.2;
/**
 * Largest distance, metres, along x and along z between the middle of a garment that was modelled on a body and the
 * body's vertical axis.
 */
const MAX_OFF_AXIS_METRES = 0.3;

/**
 * Positions meshes without a skin on the mannequin, and skins them to its bones (steps above).
 *
 * Changes positions and size displacements of `parts` in place and adds a sentence for each change to `warnings`.
 * Rejects with `FittingError` `garment-invalid` for meshes that have a garment's size in no unit.
 *
 * @param parts Meshes of the file (positions, triangles, size displacements), +y up, facing +z: in any unit if
 * `isPlaced` is false, else in metres.
 * @param mannequin Its skin (positions, metres, rest pose), joints and skin weights are read.
 * @param warnings Sentences for the merchandiser; new ones are appended.
 * @param isPlaced Whether the meshes are in metres and on the mannequin already: skips steps 1 and 2.
 * @returns The meshes in the order of `parts`, with the mannequin's bones; they share all other arrays with `parts`.
 */
export async function placeUnskinned(
  parts: readonly FilePart[],
  mannequin: Mannequin,
  warnings: string[],
  isPlaced = false,
): Promise<GarmentMesh[]> {
  if (parts.length === 0) return [];
  await yieldToEventLoop();
  if (!isPlaced) {
    scaleToMetres(parts, mannequin, warnings);
    hangOnMannequin(parts, mannequin, warnings);
    warnings.push('no bones: taken from the mannequin beneath');
  }
  const { positions, indices, firsts } = joinParts(parts);
  const { skinIndices, skinWeights } = await weighCloth(positions, indices, mannequin);
  return parts.map(({ joints: _, ...part }, p) => {
    const from = 4 * firsts[p];
    const to = from + (4 * part.positions.length) / 3;
    return { ...part, skinIndices: skinIndices.slice(from, to), skinWeights: skinWeights.slice(from, to) };
  });
}

/** A bounding box: smallest and largest coordinates along x, y and z, in the unit of its meshes. */
interface Box {
  low: [number, number, number];
  high: [number, number, number];
}

function boxOf(parts: readonly { positions: Float32Array }[]): Box {
  const box: Box = { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] };
  for (const { positions } of parts) {
    for (let i = 0; i < positions.length; i++) {
      box.low[i % 3] = Math.min(box.low[i % 3], positions[i]);
      box.high[i % 3] = Math.max(box.high[i % 3], positions[i]);
    }
  }
  return box;
}

/** Step 1: scales positions and size displacements from the unit of the file to metres, in place. */
function scaleToMetres(parts: readonly FilePart[], mannequin: Mannequin, warnings: string[]): void {
  const { low, high } = boxOf(parts);
  const longest = Math.max(...high.map((value, a) => value - low[a]));
  const possible = units.filter(([unit]) => unit * longest >= SMALLEST_METRES && unit * longest <= LARGEST_METRES);
  if (possible.length === 0) {
    throw garmentInvalid(
      `the garment is ${longest.toPrecision(2)} units long, which is no garment's size in any usual unit`,
      'export in metres',
    );
  }
  const scaled = (unit: number): Box => ({
    low: low.map((value) => unit * value) as Box['low'],
    high: high.map((value) => unit * value) as Box['high'],
  });
  const [unit, name] =
    possible.find(([unit]) => unit === 1) ?? possible.find(([unit]) => isWorn(scaled(unit), mannequin)) ?? possible[0];
  if (unit === 1) return;
  warnings.push(`modelled in ${name}, not metres: scaled`);
  for (const part of parts) transformPart(part, null, unit);
}

/**
 * Whether a garment with this bounding box (metres) is where the mannequin wears it: about its axis, between floor and
 * head. A garment that reaches the floor is not worn but was placed on it, unless its top is above the hips (trousers,
 * a gown) or below the knees (shoes).
 */
function isWorn({ low, high }: Box, { positions, joints }: Mannequin): boolean {
  const body = boxOf([{ positions }]);
  const middle = (a: number): number => (low[a] + high[a]) / 2;
  const isOnAxis =
    Math.abs(middle(0)) < MAX_OFF_AXIS_METRES &&
    Math.abs(middle(2) - (body.low[2] + body.high[2]) / 2) < MAX_OFF_AXIS_METRES;
  const height = (bone: keyof typeof boneIndex): number => joints[3 * boneIndex[bone] + 1];
  const reachesFloor = low[1] < height('leftFoot') + 0.05;
  return (
    isOnAxis &&
    low[1] > -0.05 &&
    high[1] < body.high[1] + 0.1 &&
    (!reachesFloor || high[1] > height('hips') - 0.1 || high[1] < height('leftLowerLeg'))
  );
}

/** Step 2: translates `parts` (metres) in place, unless the mannequin wears them where they are. */
function hangOnMannequin(parts: readonly FilePart[], mannequin: Mannequin, warnings: string[]): void {
  const { joints } = mannequin;
  const { low, high } = boxOf(parts);
  if (isWorn({ low, high }, mannequin)) return;
  const middle = (a: number): number => (low[a] + high[a]) / 2;
  const height = (bone: keyof typeof boneIndex): number => joints[3 * boneIndex[bone] + 1];

  // All lengths in metres.
  const width = high[0] - low[0];
  // A garment that is wide (sleeves) or longer than any skirt hangs from the shoulders, any other from the waist.
  const shoulders = 2 * joints[3 * boneIndex.leftUpperArm];
  const isTop = width > 1.25 * shoulders || high[1] - low[1] > 1.15;
  const top = isTop ? height('neck') + 0.02 : height('spine');
  // Along z its middle moves to the middle of the trunk, 2 cm in front of the chest's joint.
  const shift = [-middle(0), top - high[1], joints[3 * boneIndex.chest + 2] + 0.02 - middle(2)];
  for (const part of parts) for (let i = 0; i < part.positions.length; i++) part.positions[i] += shift[i % 3];
  warnings.push(
    `stands by itself: hung on the mannequin by its ${isTop ? 'shoulders' : 'waist'}; model it on the mannequin for a better fit`,
  );
}
