// Tests the committed T-shirt:
//
// 1. Read the file, and sew the pattern again, which tells where each vertex of the file comes from.
// 2. Check format, weight, manifest, measures, hang, distance from the body, and skin weights.
// 3. Make the shirt again and compare all numbers.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Accessor, type Document, NodeIO, type Primitive } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { validateBytes } from 'gltf-validator';
import { MeshoptDecoder } from 'meshoptimizer';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareGarment } from '../../src/adopt/prepare-garment.ts';
import type { GarmentManifest } from '../../src/garment/garment.ts';
import { boneNames, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { expectSameNumbers } from './expect-same-numbers.test-helper.ts';
import { teeSizes as measures, tee as pattern, teeForm } from './patterns/tee.ts';
import { type SewnGarment, sewPattern } from './sew-pattern.ts';
import { Surface } from './surface.ts';

const io = new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
async function bytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(`../../assets/${name}`, import.meta.url)));
}

const teeSizes = Object.keys(measures);
let file: Uint8Array<ArrayBuffer>, document: Document, mannequin: Mannequin, tee: SewnGarment;
beforeAll(async () => {
  file = await bytes('tee.glb');
  document = await io.readBinary(file);
  mannequin = await readMannequin((await bytes('mannequin.glb')).buffer);
  tee = sewPattern(pattern, teeSizes);
}, 60_000);

/** The primitives of the jersey and of the rib, in this order. */
function primitives(): Primitive[] {
  return document
    .getRoot()
    .listMeshes()
    .flatMap((mesh) => mesh.listPrimitives());
}
function targetNames(): string[] {
  return (document.getRoot().listMeshes()[0].getExtras() as { targetNames: string[] }).targetNames;
}

/**
 * For each vertex of the sewn pieces: the primitive that has it, and its number there. A prepared garment numbers the
 * vertices of a mesh in the order in which its triangles use them; those of the sewn pieces come first.
 */
function sewnVertices(): [primitive: number, vertex: number][] {
  const rib = tee.firstBand;
  const found: [number, number][] = [];
  const counts = [0, 0];
  for (const vertex of tee.triangles) {
    const primitive = tee.pieceOf[vertex] === rib ? 1 : 0;
    found[vertex] ??= [primitive, counts[primitive]++];
  }
  return found;
}

/** `width` numbers for each vertex of the sewn pieces, from an attribute of both primitives. */
function gather(attributeOf: (primitive: Primitive) => Accessor, width: number): Float32Array {
  const arrays = primitives().map((primitive) => attributeOf(primitive).getArray()!);
  return Float32Array.from(
    sewnVertices().flatMap(([p, i]) => Array.from(arrays[p].subarray(width * i, width * (i + 1)))),
  );
}

/** Positions of the vertices of the sewn pieces in one size, metres. */
function positionsOf(size: string): Float32Array {
  const base = gather((primitive) => primitive.getAttribute('POSITION')!, 3);
  const target = targetNames().indexOf(`size:${size}`);
  if (target < 0) return base;
  const deltas = gather((primitive) => primitive.listTargets()[target].getAttribute('POSITION')!, 3);
  return base.map((value, i) => value + deltas[i]);
}

/** Positions of all vertices in one size, metres. */
function allPositions(size: string): Float32Array {
  const target = targetNames().indexOf(`size:${size}`);
  return Float32Array.from(
    primitives().flatMap((primitive) => {
      const base = Array.from(primitive.getAttribute('POSITION')!.getArray()!);
      const deltas = target < 0 ? null : primitive.listTargets()[target].getAttribute('POSITION')!.getArray()!;
      return deltas ? base.map((value, i) => value + deltas[i]) : base;
    }),
  );
}

/** Length on the finished mesh of the horizontal line at height `y` of a pattern piece, metres. */
function lengthAlongRow(positions: Float32Array, size: string, piece: 'front' | 'back', y: number): number {
  const flat = tee.flat[size],
    p = tee.pieceNames.indexOf(piece);
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
    const report = await validateBytes(file);
    expect(report.issues.numErrors, JSON.stringify(report.issues.messages)).toBe(0);
  });

  it('is light enough for a phone: 6 to 12 thousand triangles, under 2 MB', () => {
    const triangles = primitives().reduce((sum, primitive) => sum + primitive.getIndices()!.getCount() / 3, 0);
    expect(triangles).toBeGreaterThan(6000);
    expect(triangles).toBeLessThan(12000);
    expect(file.length).toBeLessThan(2 * 1024 * 1024);
  });

  it('is a prepared garment: preparing it again changes nothing', async () => {
    const prepared = await prepareGarment(file, mannequin);
    expect(prepared.file).toBe(file);
    expect(prepared.warnings).toEqual([]);
  });

  it('has its manifest, and a morph target for every size but the base', () => {
    const { garment } = document.getRoot().getDefaultScene()!.getExtras() as { garment: GarmentManifest };
    expect(garment).toMatchObject({ kind: 'top', layer: 1, baseSize: 'M', fabric: { weight: 160 } });
    expect(Object.keys(garment.sizes)).toEqual([...teeSizes]);
    expect(garment.sizes.M.chest).toBeCloseTo(100 * measures.M.chest, 6);
    expect(targetNames()).toEqual(teeSizes.filter((size) => size !== 'M').map((size) => `size:${size}`));
    for (const primitive of primitives()) {
      const count = primitive.getAttribute('POSITION')!.getCount();
      expect(primitive.listTargets().map((target) => target.getAttribute('POSITION')!.getCount())).toEqual(
        targetNames().map(() => count),
      );
    }
  });

  it('measures what its size table says at chest and hem, more with every size', () => {
    let chestBefore = 0,
      hemBefore = 0;
    for (const size of teeSizes) {
      const positions = positionsOf(size),
        m = measures[size];
      const girth = (y: number): number =>
        lengthAlongRow(positions, size, 'front', y - teeForm.front.balance) +
        lengthAlongRow(positions, size, 'back', y - teeForm.back.balance);
      const chest = girth(-m.armholeDepth - 0.025),
        hem = girth(-m.length + 0.001);
      expect(Math.abs(chest / m.chest - 1), `chest ${size}`).toBeLessThan(0.05);
      expect(Math.abs(hem / m.hem - 1), `hem ${size}`).toBeLessThan(0.05);
      expect(chest).toBeGreaterThan(chestBefore);
      expect(hem).toBeGreaterThan(hemBefore);
      [chestBefore, hemBefore] = [chest, hem];
    }
  });

  it('hangs level, and symmetrically', () => {
    for (const size of teeSizes) {
      const positions = positionsOf(size);
      const hem = [...tee.edges['front.hem'], ...tee.edges['back.hem']].map((i) => positions[3 * i + 1]);
      expect(Math.max(...hem) - Math.min(...hem), `hem ${size}`).toBeLessThan(0.008);
      const askew = [...tee.twins].flatMap((j, i) => {
        if (j < 0) return [];
        const asymmetry = Math.hypot(
          positions[3 * i] + positions[3 * j],
          positions[3 * i + 1] - positions[3 * j + 1],
          positions[3 * i + 2] - positions[3 * j + 2],
        );
        return asymmetry < 0.005 ? [] : [`${size}, vertices ${i} and ${j}: ${asymmetry} m`];
      });
      expect(askew).toEqual([]);
    }
  });

  it('keeps every vertex of every size 4 mm away from the base body', () => {
    const body = new Surface(mannequin.positions, mannequin.indices);
    for (const size of teeSizes) {
      const positions = allPositions(size);
      let nearest = Infinity;
      for (let i = 0; i < positions.length; i += 3)
        nearest = Math.min(nearest, body.signedDistance(positions[i], positions[i + 1], positions[i + 2]) ?? Infinity);
      expect(nearest, size).toBeGreaterThan(0.004);
    }
  }, 60_000);

  it('is bound at the joints, by weights that sum to 1, never to forearms, to no arm below the armpit', () => {
    const skin = document.getRoot().listSkins()[0];
    expect(skin.listJoints().map((joint) => joint.getName())).toEqual([...boneNames]);
    skin.listJoints().forEach((joint, b) => {
      joint.getWorldTranslation().forEach((value, k) => expect(value).toBeCloseTo(mannequin.joints[3 * b + k], 5));
      expect(joint.getWorldRotation()).toEqual([0, 0, 0, 1]);
    });
    for (const primitive of primitives()) {
      const joints = primitive.getAttribute('JOINTS_0')!.getArray()!;
      const weights = primitive.getAttribute('WEIGHTS_0')!.getArray()!;
      const faults: string[] = [];
      for (let i = 0; i < weights.length; i += 4) {
        let sum = 0;
        for (let k = i; k < i + 4; k++) {
          sum += weights[k];
          const bone = boneNames[joints[k]];
          if (/LowerArm|Hand/.test(bone) && weights[k] !== 0) faults.push(`vertex ${i / 4} is bound to ${bone}`);
        }
        if (!(Math.abs(sum - 1) < 5e-6)) faults.push(`the weights of vertex ${i / 4} have the sum ${sum}`);
      }
      expect(faults).toEqual([]);
    }
    const joints = gather((primitive) => primitive.getAttribute('JOINTS_0')!, 4);
    const weights = gather((primitive) => primitive.getAttribute('WEIGHTS_0')!, 4);
    /** Of the vertices below the armpits: their weights on the upper arms. */
    const armShares: number[] = [];
    const belowArmpit = -measures.M.armholeDepth - 0.08;
    for (let i = 0; i < tee.pieceOf.length; i++) {
      if (tee.pieceOf[i] >= 2 || tee.flat.M[2 * i + 1] >= belowArmpit) continue;
      let arm = 0;
      for (let k = 4 * i; k < 4 * i + 4; k++) if (/UpperArm/.test(boneNames[joints[k]])) arm += weights[k];
      armShares.push(arm);
    }
    expect(Math.max(...armShares)).toBeLessThan(0.05);
  });

  it('is what the generator makes from the committed mannequin, number by number', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tee-'));
    try {
      const made = join(folder, 'tee.glb');
      // In a process of its own: within the test runner the generator takes longer, since modules are wrapped there.
      await promisify(execFile)('node', ['tools/run.mjs', 'tools/make-garment.ts', 'tee', made]);
      expectSameNumbers(await io.readBinary(Uint8Array.from(await readFile(made))), document);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 240_000);
});
