import { readFile } from 'node:fs/promises';
import { type Document, NodeIO, type Primitive } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import validator from 'gltf-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GarmentManifest } from '../../src/garment/garment.ts';
import { boneNames, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { BodyDistance } from './body-distance.ts';
import { buildTee, teeSpace, teeSpacing } from './build-tee.ts';
import { balance } from './draft-tee.ts';
import { pieceNames, type SewnTee, sewTee } from './sew-tee.ts';
import { type TeeSize, teeMeasures, teeSizes } from './tee-measures.ts';

const io = new NodeIO().registerExtensions(ALL_EXTENSIONS);
async function bytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(`../../assets/${name}`, import.meta.url)));
}

let file: Uint8Array<ArrayBuffer>, document: Document, mannequin: Mannequin, tee: SewnTee;
beforeAll(async () => {
  file = await bytes('tee.glb');
  document = await io.readBinary(file);
  mannequin = readMannequin((await bytes('mannequin.glb')).buffer);
  tee = sewTee(teeSizes, teeSpacing);
}, 60_000);

function primitives(from: Document = document): Primitive[] {
  return from.getRoot().listMeshes()[0].listPrimitives();
}
function targetNames(): string[] {
  return (document.getRoot().listMeshes()[0].getExtras() as { targetNames: string[] }).targetNames;
}

/** Vertex positions of one size, metres. */
function positionsOf(size: TeeSize): Float32Array {
  const out = Float32Array.from(primitives()[0].getAttribute('POSITION')!.getArray()!);
  const target = targetNames().indexOf(`size:${size}`);
  if (target >= 0)
    primitives()[0]
      .listTargets()
      [target].getAttribute('POSITION')!
      .getArray()!
      .forEach((value: number, i: number) => (out[i] += value));
  return out;
}

/** Length over the mesh of the line that was straight at height y of a pattern piece, metres. */
function lengthAlongRow(positions: Float32Array, size: TeeSize, piece: 'front' | 'back', y: number): number {
  const flat = tee.flat[size],
    p = pieceNames.indexOf(piece);
  let length = 0;
  for (let t = 0; t < tee.triangles.length; t += 3) {
    if (tee.pieceOf[tee.triangles[t]] !== p) continue;
    const cuts: number[][] = [];
    for (let k = 0; k < 3; k++) {
      const a = tee.triangles[t + k],
        b = tee.triangles[t + ((k + 1) % 3)],
        ya = flat[2 * a + 1] - y,
        yb = flat[2 * b + 1] - y;
      if (ya < 0 !== yb < 0)
        cuts.push(
          [0, 1, 2].map((c) => positions[3 * a + c] + (ya / (ya - yb)) * (positions[3 * b + c] - positions[3 * a + c])),
        );
    }
    if (cuts.length === 2) length += Math.hypot(...cuts[0].map((value, c) => value - cuts[1][c]));
  }
  return length;
}

describe('assets/tee.glb', () => {
  it('passes the glTF validator without errors', async () => {
    const report = await validator.validateBytes(file);
    expect(report.issues.numErrors, JSON.stringify(report.issues.messages)).toBe(0);
  });

  it('is light enough for a phone: 6 to 12 thousand triangles, under 2 MB', () => {
    const triangles = primitives().reduce((sum, primitive) => sum + primitive.getIndices()!.getCount() / 3, 0);
    expect(triangles).toBeGreaterThan(6000);
    expect(triangles).toBeLessThan(12000);
    expect(file.length).toBeLessThan(2 * 1024 * 1024);
  });

  it('carries its manifest, and a morph target for every size but the base', () => {
    const { garment } = document.getRoot().getDefaultScene()!.getExtras() as { garment: GarmentManifest };
    expect(garment).toMatchObject({ kind: 'top', layer: 1, baseSize: 'M', fabric: { weight: 160 } });
    expect(Object.keys(garment.sizes)).toEqual([...teeSizes]);
    expect(garment.sizes.M.chest).toBeCloseTo(100 * teeMeasures('M').chest, 6);
    expect(targetNames()).toEqual(teeSizes.filter((size) => size !== 'M').map((size) => `size:${size}`));
    for (const primitive of primitives()) {
      const count = primitive.getAttribute('POSITION')!.getCount();
      expect(primitive.listTargets().map((target) => target.getAttribute('POSITION')!.getCount())).toEqual(
        targetNames().map(() => count),
      );
    }
  });

  it('measures what its size table says, at chest and hem, growing from size to size', () => {
    let chestBefore = 0,
      hemBefore = 0;
    for (const size of teeSizes) {
      const positions = positionsOf(size),
        m = teeMeasures(size);
      const girth = (y: number): number =>
        lengthAlongRow(positions, size, 'front', y - balance.front) +
        lengthAlongRow(positions, size, 'back', y - balance.back);
      const chest = girth(-m.armholeDepth - 0.025),
        hem = girth(-m.length + 0.001);
      expect(Math.abs(chest / m.chest - 1), `chest ${size}`).toBeLessThan(0.05);
      expect(Math.abs(hem / m.hem - 1), `hem ${size}`).toBeLessThan(0.05);
      expect(chest).toBeGreaterThan(chestBefore);
      expect(hem).toBeGreaterThan(hemBefore);
      [chestBefore, hemBefore] = [chest, hem];
    }
  });

  it('hangs level, and alike on both sides', () => {
    for (const size of teeSizes) {
      const positions = positionsOf(size);
      const hem = [...tee.edges['front.hem'], ...tee.edges['back.hem']].map((i) => positions[3 * i + 1]);
      expect(Math.max(...hem) - Math.min(...hem), `hem ${size}`).toBeLessThan(0.008);
      tee.twins.forEach((j, i) => {
        if (j < 0) return;
        const askew = Math.hypot(
          positions[3 * i] + positions[3 * j],
          positions[3 * i + 1] - positions[3 * j + 1],
          positions[3 * i + 2] - positions[3 * j + 2],
        );
        expect(askew, `${size}, vertices ${i} and ${j}`).toBeLessThan(0.005);
      });
    }
  });

  it('keeps 4 mm from the base body with every vertex of every size', () => {
    const body = new BodyDistance(mannequin.positions, mannequin.indices, teeSpace);
    for (const size of teeSizes) {
      const positions = positionsOf(size);
      let nearest = Infinity;
      for (let i = 0; i < positions.length; i += 3)
        nearest = Math.min(nearest, body.exact(positions[i], positions[i + 1], positions[i + 2]) ?? Infinity);
      expect(nearest, size).toBeGreaterThan(0.004);
    }
  }, 60_000);

  it('is bound to the mannequin: its bones at its rest joints, weights that sum to 1, no arm in the trunk below the armpit, no forearm at all', () => {
    const skin = document.getRoot().listSkins()[0];
    expect(skin.listJoints().map((joint) => joint.getName())).toEqual([...boneNames]);
    skin.listJoints().forEach((joint, b) => {
      joint.getWorldTranslation().forEach((value, k) => expect(value).toBeCloseTo(mannequin.joints[3 * b + k], 5));
      expect(joint.getWorldRotation()).toEqual([0, 0, 0, 1]);
    });
    const joints = primitives()[0].getAttribute('JOINTS_0')!.getArray()!,
      weights = primitives()[0].getAttribute('WEIGHTS_0')!.getArray()!;
    const flat = tee.flat.M,
      belowArmpit = -teeMeasures('M').armholeDepth - 0.08;
    for (let i = 0; i < weights.length / 4; i++) {
      let sum = 0,
        arm = 0;
      for (let k = 0; k < 4; k++) {
        sum += weights[4 * i + k];
        const name = boneNames[joints[4 * i + k]];
        if (/UpperArm/.test(name)) arm += weights[4 * i + k];
        if (/LowerArm|Hand/.test(name)) expect(weights[4 * i + k]).toBe(0);
      }
      expect(sum).toBeCloseTo(1, 5);
      const inTrunk = i < tee.pieceOf.length && tee.pieceOf[i] < 2;
      if (inTrunk && flat[2 * i + 1] < belowArmpit) expect(arm).toBeLessThan(0.05);
    }
  });

  it('is what the generator makes from the committed mannequin, number for number', async () => {
    const again = await io.readBinary(await buildTee(mannequin));
    primitives(again).forEach((primitive, p) => {
      const committed = primitives()[p];
      expect(primitive.getIndices()!.getArray()).toEqual(committed.getIndices()!.getArray());
      for (const semantic of committed.listSemantics())
        expect(primitive.getAttribute(semantic)!.getArray()).toEqual(committed.getAttribute(semantic)!.getArray());
      primitive
        .listTargets()
        .forEach((target, t) =>
          expect(target.getAttribute('POSITION')!.getArray()).toEqual(
            committed.listTargets()[t].getAttribute('POSITION')!.getArray(),
          ),
        );
    });
  }, 240_000);
});
