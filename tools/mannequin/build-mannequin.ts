import { type Mannequin, type MannequinMorph, morphNames } from '../../src/mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { smoothNormals } from '../../src/mannequin/smooth-normals.ts';
import { ansurTable } from './ansur-table.ts';
import { createBodyField } from './body-field.ts';
import { createBodyParts } from './body-parts.ts';
import { carrySkin, holdSkin } from './displace.ts';
import { edgeLength } from './edge-length.ts';
import { fair } from './fair.ts';
import { fitWeights } from './fit-weights.ts';
import { largestPiece } from './largest-piece.ts';
import { marchingTetrahedra } from './marching-tetrahedra.ts';
import { measureBody } from './measure-body.ts';
import { morphExtent } from './morph-extent.ts';
import { remesh } from './remesh.ts';
import { reorderMesh } from './reorder-mesh.ts';
import { placeSites } from './sites.ts';
import { skin } from './skin.ts';
import type { AnsurFigures, AnsurMeasure } from './tabulate.ts';

/** A vertex that moves less than this under a morph does not move: 0.05 mm. */
const STILL = 5e-5;

/** What a tape says each girth morph changes; lengths and breadths change what their name says, in `morphExtent`. */
const girthOf: Partial<Record<(typeof morphNames)[number], AnsurMeasure>> = {
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

/** Weight of the bust morph that the presets keep near: ANSUR's chest girth and depth do not tell a bust from a rib cage. */
const bustOf = { female: 0.9, male: -0.8 } as const;

/** The whole mannequin, from figures to skinned mesh. Deterministic; takes about a minute. */
export function buildMannequin(): Mannequin {
  const body = createBodyParts();
  const field = createBodyField(body.parts);
  const raw = largestPiece(marchingTetrahedra(field, [-0.78, -0.03, -0.2], [0.78, 1.74, 0.22], 0.012));
  const fine = remesh(raw, field, edgeLength(body), 8);
  fair(fine, body);
  const mesh = reorderMesh(fine);
  const { indices, weights } = skin(mesh, body);
  const holds = holdSkin(mesh.positions, body);
  const morphs: MannequinMorph[] = morphNames.map((name) => {
    const changed = createBodyParts({ [name]: 1 });
    const to = carrySkin(mesh.positions, holds, body, changed);
    const positions = Float32Array.from(to, (c, i) => c - mesh.positions[i]!);
    for (let i = 0; i < positions.length; i += 3) {
      if (Math.hypot(positions[i]!, positions[i + 1]!, positions[i + 2]!) < STILL) positions.fill(0, i, i + 3);
    }
    const joints = Float32Array.from(changed.joints, (c, i) => c - body.joints[i]!);
    const both = name.endsWith('Breadth') ? 2 : 1;
    return { name, cmPerUnit: morphExtent[name] * 100 * both, joints, positions };
  });
  const positions = Float32Array.from(mesh.positions);
  const triangles = Uint16Array.from(mesh.indices);
  const mannequin: Mannequin = {
    positions,
    normals: new Float32Array(positions.length),
    indices: triangles,
    skinIndices: indices,
    skinWeights: weights,
    joints: Float32Array.from(body.joints),
    morphs,
    sites: placeSites(body),
    presets: {},
    statureMetres: 0,
  };
  // What the sections miss of the mean body by tape, the morphs put right, once and for all.
  const { female, male } = ansurTable;
  const mean = Object.fromEntries(
    Object.keys(female[50]).map((name) => [
      name,
      (female[50][name as AnsurMeasure] + male[50][name as AnsurMeasure]) / 2,
    ]),
  ) as AnsurFigures;
  const correction = fitWeights(mannequin, mean);
  bake(mannequin, correction);
  const shape = createMannequinShape(mannequin);
  const measured = (w: ArrayLike<number>) => measureBody(mannequin, shapeMannequin(mannequin, w, shape));
  const base = measured(new Float32Array(morphs.length));
  morphs.forEach((morph, m) => {
    const girth = girthOf[morph.name];
    if (girth) morph.cmPerUnit = 100 * (measured(morphs.map((_, i) => (i === m ? 1 : 0)))[girth]! - base[girth]!);
  });
  for (const [sex, figures] of Object.entries(ansurTable))
    for (const percentile of [5, 50, 95] as const) {
      mannequin.presets[`${sex}-${percentile}`] = Float32Array.from(
        fitWeights(mannequin, figures[percentile], bustOf[sex as keyof typeof bustOf]),
      );
    }
  return mannequin;
}

/** Makes a shape the mannequin's base. */
function bake(mannequin: Mannequin, weights: ArrayLike<number>): void {
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  // The soles back on the floor.
  let floor = Infinity;
  for (let i = 1; i < shape.positions.length; i += 3) floor = Math.min(floor, shape.positions[i]!);
  mannequin.positions = shape.positions.map((c, i) => (i % 3 === 1 ? c - floor : c));
  mannequin.joints = shape.joints.map((c, i) => (i % 3 === 1 ? c - floor : c));
  smoothNormals(mannequin.positions, mannequin.indices, mannequin.normals);
  mannequin.statureMetres = mannequin.positions.reduce((top, c, i) => (i % 3 === 1 && c > top ? c : top), 0);
}
