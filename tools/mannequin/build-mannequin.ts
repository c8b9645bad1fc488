/**
 * Builds the mannequin, a skinned mesh with morph targets, from the dimensions of a body in these files. Metres, rest
 * pose with arms 45° down: +x to the body's left, +y up, +z to the front, soles on y = 0.
 *
 * 1. Blend the base body's parts into a distance field, and mesh its surface.
 * 2. Remesh with triangles of the wanted sizes, smooth the seams between parts, and order the mesh for GPUs.
 * 3. Compute skin weights.
 * 4. For each morph, build the changed body and carry the skin over to it: the displacements. The morphs of the form of
 *    shoulders and trunk change no part of the body: they move the skin alone.
 * 5. Fit morph weights to the mean of the women and men of ANSUR II, the US Army's survey of bodies, and make that
 *    shape the base: all weights 0.
 * 6. Measure what each girth morph changes, and fit the presets: 5th and 95th percentile and mean of each sex.
 */
import { type Mannequin, type MannequinMorph, type MorphName, morphNames } from '../../src/mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { smoothNormals } from '../../src/mannequin/smooth-normals.ts';
import { ansurTable } from './ansur-table.ts';
import { createBodyField } from './body-field.ts';
import { type BodyParts, createBodyParts } from './body-parts.ts';
import { carrySkin, findHoldingParts } from './carry-skin.ts';
import { edgeLength } from './edge-length.ts';
import { fair } from './fair.ts';
import { fitWeights } from './fit-weights.ts';
import { largestPiece } from './largest-piece.ts';
import { marchingTetrahedra, type TriangleMesh } from './marching-tetrahedra.ts';
import { measureBody } from './measure-body.ts';
import { morphExtent } from './morph-extent.ts';
import { moveShoulders, shoulderMorphs } from './move-shoulders.ts';
import { remesh } from './remesh.ts';
import { reorderMesh } from './reorder-mesh.ts';
import { placeSites } from './sites.ts';
import { skin } from './skin.ts';
import type { AnsurFigures, AnsurMeasure } from './tabulate.ts';
import { type TrunkSkin, trunkBreadths, widenTrunk } from './widen-trunk.ts';

/** Box around the body, and grid step of the first mesh, metres. */
const SPACE = { min: [-0.78, -0.03, -0.2], max: [0.78, 1.74, 0.22] };
const GRID_STEP_METRES = 0.012;
const REMESH_ROUNDS = 8;
/** Smaller displacements of a vertex by a morph become 0, metres. */
const MIN_DISPLACEMENT_METRES = 5e-5;

/** The measure that each girth morph changes. The other morphs change what their name says, by `morphExtent`. */
const girthOf: Partial<Record<MorphName, AnsurMeasure>> = {
  headSize: 'headcircumference',
  chest: 'chestcircumference',
  bust: 'chestcircumference',
  waist: 'waistcircumference',
  hip: 'buttockcircumference',
  belly: 'waistcircumference',
  upperArm: 'bicepscircumferenceflexed',
  lowerArm: 'forearmcircumferenceflexed',
  thigh: 'thighcircumference',
  calf: 'calfcircumference',
  neck: 'neckcircumference',
};

/** Bust weights near which the presets are held: chest girth and depth do not distinguish bust and rib cage. */
const PRESET_BUST = { female: 0.9, male: -0.8 } as const;

/** Returns the mannequin. The result is the same in every run, which lasts about a minute. */
export function buildMannequin(): Mannequin {
  const body = createBodyParts();
  const field = createBodyField(body.parts);
  const raw = largestPiece(marchingTetrahedra(field, SPACE.min, SPACE.max, GRID_STEP_METRES));
  const fine = remesh(raw, field, edgeLength(body), REMESH_ROUNDS);
  fair(fine, body);
  const mesh = reorderMesh(fine);
  const { indices, weights } = skin(mesh, body);
  const positions = Float32Array.from(mesh.positions);
  const mannequin: Mannequin = {
    positions,
    normals: new Float32Array(positions.length),
    indices: Uint16Array.from(mesh.indices),
    skinIndices: indices,
    skinWeights: weights,
    joints: Float32Array.from(body.joints),
    morphs: buildMorphs(mesh, body, { indices, weights }),
    sites: placeSites(body),
    presets: {},
    statureMetres: 0,
  };
  makeBase(mannequin, fitWeights(mannequin, meanFigures()));
  measureMorphs(mannequin);
  for (const [sex, figures] of Object.entries(ansurTable))
    for (const percentile of [5, 50, 95] as const)
      mannequin.presets[`${sex}-${percentile}`] = Float32Array.from(
        fitWeights(mannequin, figures[percentile], PRESET_BUST[sex as keyof typeof PRESET_BUST]),
      );
  return mannequin;
}

/**
 * Step 4. `mesh`: the skin of `body`; `bones`: its skin weights. `morphExtent` states breadths on each side;
 * `cmPerUnit` of a morph is the change of the whole breadth.
 */
function buildMorphs(
  mesh: TriangleMesh,
  body: BodyParts,
  bones: Pick<TrunkSkin, 'indices' | 'weights'>,
): MannequinMorph[] {
  const holdingParts = findHoldingParts(mesh.positions, body);
  const { positions: base } = mesh;
  const displace = (name: MorphName, changed: BodyParts): Float32Array => {
    if (shoulderMorphs.includes(name)) return Float32Array.from(moveShoulders(base, body, { [name]: 1 }));
    if (trunkBreadths.includes(name)) return widenTrunk({ ...bones, positions: base, joints: body.joints }, name);
    return Float32Array.from(carrySkin(base, holdingParts, body, changed), (c, i) => c - base[i]!);
  };
  return morphNames.map((name) => {
    const changed = createBodyParts({ [name]: 1 });
    const positions = displace(name, changed);
    for (let i = 0; i < positions.length; i += 3) {
      if (Math.hypot(positions[i]!, positions[i + 1]!, positions[i + 2]!) < MIN_DISPLACEMENT_METRES)
        positions.fill(0, i, i + 3);
    }
    const joints = Float32Array.from(changed.joints, (c, i) => c - body.joints[i]!);
    const sides = name.endsWith('Breadth') ? 2 : 1;
    return { name, cmPerUnit: morphExtent[name] * 100 * sides, joints, positions };
  });
}

/** Returns the mean of women's and men's means of each measure, metres. */
function meanFigures(): AnsurFigures {
  const { female, male } = ansurTable;
  return Object.fromEntries(
    Object.keys(female[50]).map((name) => [
      name,
      (female[50][name as AnsurMeasure] + male[50][name as AnsurMeasure]) / 2,
    ]),
  ) as AnsurFigures;
}

/**
 * Makes the shape with the given morph weights the base (all weights 0), with its soles on y = 0. Changes `mannequin`.
 */
function makeBase(mannequin: Mannequin, weights: ArrayLike<number>): void {
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  let floor = Infinity;
  for (let i = 1; i < shape.positions.length; i += 3) floor = Math.min(floor, shape.positions[i]!);
  mannequin.positions = shape.positions.map((c, i) => (i % 3 === 1 ? c - floor : c));
  mannequin.joints = shape.joints.map((c, i) => (i % 3 === 1 ? c - floor : c));
  smoothNormals(mannequin.positions, mannequin.indices, mannequin.normals);
  mannequin.statureMetres = mannequin.positions.reduce((top, c, i) => (i % 3 === 1 && c > top ? c : top), 0);
}

/** Sets `cmPerUnit` of each girth morph: centimetres of measured girth for a weight of 1. Changes `mannequin`. */
function measureMorphs(mannequin: Mannequin): void {
  const { morphs } = mannequin;
  const shape = createMannequinShape(mannequin);
  const measured = (weights: ArrayLike<number>) => measureBody(mannequin, shapeMannequin(mannequin, weights, shape));
  const base = measured(new Float32Array(morphs.length));
  morphs.forEach((morph, m) => {
    const girth = girthOf[morph.name];
    if (girth) morph.cmPerUnit = 100 * (measured(morphs.map((_, i) => (i === m ? 1 : 0)))[girth]! - base[girth]!);
  });
}
