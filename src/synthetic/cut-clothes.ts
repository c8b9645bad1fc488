/**
 * Cuts the cloth of a wide top and wide trousers for a body in the rest pose. The cloth surrounds the body as a sewn
 * pattern does before it falls, so the sides of its triangles have the lengths to which they are cut.
 *
 * 1. Split the body into tubes: trunk and arms for the top, seat and legs for the trousers.
 * 2. Surround them with cloth (`surroundTubes`): the trunk of a top is straight and has the wanted girth.
 * 3. Even out the cloth under the arms, where trunk and sleeve meet.
 * 4. Cut the mesh at the edges of the clothes. Lengthen the top straight down to its hem, which passes the crotch.
 *
 * Model space: metres, +x to the body's left, +y up, +z forward.
 */
import { boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { averageNeighbours } from './average-neighbours.ts';
import { clipMesh, type SkinnedSurface } from './clip-mesh.ts';
import { createClothesEdges } from './clothes-edges.ts';
import { surroundTubes, type Tube } from './surround-tubes.ts';

/** Names of the pieces. */
export type ClothesPiece = 'top' | 'shorts';

/** The body's mesh is cut above the crotch, so far under the joint of the hips, metres; the hem is so far under the cut. */
const CUT_METRES = 0.06;
const HEM_METRES = 0.07;
/**
 * A sleeve is 10 cm wider than the arm, and so is a trouser leg at the thigh; both narrow to the wrist and the ankle:
 * wide trousers measure some 48 cm at the hem. At the seat trousers have 4 cm of ease, at the waistband none.
 */
const SLEEVE = { gapMetres: 0.016, widenMetres: 0.12, narrowing: 0.06, beyondMetres: 0 };
const LEG = { gapMetres: 0.016, widenMetres: 0.2, narrowing: 0.03, beyondMetres: 0 };
const SEAT = { gapMetres: 0.006, widenMetres: 0.2, narrowing: 0.06, beyondMetres: 0 };
/** A straight top is at least this far from the body where that is widest. */
const TRUNK = { gapMetres: 0.008, widenMetres: 0.16, narrowing: 0, beyondMetres: CUT_METRES };

/** Distance of all cloth from the skin, metres. */
const CLOTH_METRES = 0.004;
/** Number of rows of triangles between the cut and the hem. */
const HEM_ROWS = 3;

/**
 * Cloth that faces down and that arms move by this share lies under an arm. It is averaged with its neighbours so many
 * times: otherwise trunk and sleeve, which both stand off there, cross each other on heavy people.
 */
const UNDERARM = { leastShare: 0.05, mostShare: 0.95, rounds: 30 };

const isArm = isBoneIn(armRegions);

/**
 * Cuts one piece of the clothes (steps above), in the rest pose of a body.
 *
 * @param mannequin its triangles and skin weights are those of the body; on it the edges are measured.
 * @param shape the body's vertices and joints, metres.
 * @param girthMetres girth of the top's trunk; a body that is wider somewhere gets a wider one.
 */
export function cutClothes(
  mannequin: Mannequin,
  shape: MannequinShape,
  piece: ClothesPiece,
  girthMetres: number,
): SkinnedSurface {
  const { positions: rest } = mannequin;
  const displacements = surroundTubes(mannequin, shape, tubesOf(piece, girthMetres));
  const positions = shape.positions.map((x, i) => x + CLOTH_METRES * shape.normals[i] + displacements[i]);
  evenOutUnderarms(mannequin, shape.normals, positions);
  const edge = createClothesEdges(mannequin, { isLong: true, hemMetres: CUT_METRES })[piece];
  const distances = new Float32Array(rest.length / 3).map((_, v) =>
    edge(Math.abs(rest[3 * v]), rest[3 * v + 1], rest[3 * v + 2]),
  );
  const surface = clipMesh(mannequin, positions, distances);
  if (piece === 'top') lengthen(surface, shape.joints[3 * boneIndex.hips + 1]);
  return surface;
}

/** Step 1. */
function tubesOf(piece: ClothesPiece, girthMetres: number): Tube[] {
  const sides = ['left', 'right'] as const;
  if (piece === 'top')
    return [
      {
        ...TRUNK,
        bones: isBoneIn(['trunk', 'thigh']),
        from: 'upperChest',
        to: 'hips',
        isCentred: true,
        girthMetres,
      },
      ...sides.map(
        (side): Tube => ({
          ...SLEEVE,
          bones: isBoneIn(armRegions, side),
          from: `${side}UpperArm`,
          to: `${side}Hand`,
        }),
      ),
    ];
  return [
    {
      ...SEAT,
      bones: boneNames.map((name) => name === 'hips' || name === 'spine'),
      from: 'spine',
      to: 'leftUpperLeg',
      isCentred: true,
    },
    ...sides.map(
      (side): Tube => ({
        ...LEG,
        bones: isBoneIn(['thigh', 'calf'], side),
        from: `${side}UpperLeg`,
        to: `${side}Foot`,
      }),
    ),
  ];
}

/** Step 3: changes `positions` (3 × vertices, metres) under the arms. `normals`: of the body, 3 × vertices. */
function evenOutUnderarms(mannequin: Mannequin, normals: Float32Array, positions: Float32Array): void {
  const { skinIndices, skinWeights, indices } = mannequin;
  const isUnderarm = Array.from({ length: positions.length / 3 }, (_, v) => {
    let share = 0;
    for (let k = 4 * v; k < 4 * v + 4; k++) if (isArm[skinIndices[k]]) share += skinWeights[k];
    return share > UNDERARM.leastShare && share < UNDERARM.mostShare && normals[3 * v + 1] < 0;
  });
  for (let round = 0; round < UNDERARM.rounds; round++) {
    const averaged = averageNeighbours(positions, indices);
    for (let k = 0; k < positions.length; k++) if (isUnderarm[Math.floor(k / 3)]) positions[k] = averaged[k];
  }
}

/** Step 4: adds rows of triangles under the lower border of the trunk, which is under the height `below`. */
function lengthen(surface: SkinnedSurface, below: number): void {
  const { positions, skinIndices, skinWeights, indices } = surface;
  const inHem = (v: number): boolean => positions[3 * v + 1] < below && !isArm[skinIndices[4 * v]];
  const count = positions.length / 3;
  const sides = new Set<number>();
  for (let i = 0; i < indices.length; i++) sides.add(indices[i] * count + indices[i % 3 === 2 ? i - 2 : i + 1]);
  const border = [...sides]
    .map((side) => [Math.floor(side / count), side % count])
    .filter(([a, b]) => !sides.has(b * count + a) && inHem(a) && inHem(b));
  let row = new Map(border.flat().map((v) => [v, v]));
  for (let n = 0; n < HEM_ROWS; n++) {
    const next = new Map<number, number>();
    for (const [v, above] of row) {
      next.set(v, positions.length / 3);
      positions.push(positions[3 * above], positions[3 * above + 1] - HEM_METRES / HEM_ROWS, positions[3 * above + 2]);
      skinIndices.push(...skinIndices.slice(4 * above, 4 * above + 4));
      skinWeights.push(...skinWeights.slice(4 * above, 4 * above + 4));
    }
    for (const [a, b] of border)
      indices.push(row.get(b)!, row.get(a)!, next.get(a)!, row.get(b)!, next.get(a)!, next.get(b)!);
    row = next;
  }
}
