import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { validateBytes } from 'gltf-validator';
import { MeshoptDecoder } from 'meshoptimizer';
import { Vector3 } from 'three';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GarmentManifest } from '../../src/garment/garment.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { allPatterns } from './all-patterns.ts';
import { expectSameNumbers } from './expect-same-numbers.test-helper.ts';
import { makeWearer } from './make-wearer.ts';
import { Surface } from './surface.ts';

const io = new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
async function bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(path));
}
let mannequin: Mannequin;
beforeAll(async () => {
  mannequin = await readMannequin((await bytes('assets/mannequin.glb')).buffer);
});

// The tee has a test of its own.
describe.each(allPatterns.filter(({ pattern }) => pattern.id !== 'tee'))('$path', ({ pattern, path }) => {
  it('is valid glTF, at most 2 MB and 30,000 triangles', async () => {
    const file = await bytes(path);
    const { issues, info } = await validateBytes(file);
    expect(issues.numErrors, JSON.stringify(issues.messages)).toBe(0);
    expect(file.length).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(info.totalTriangleCount).toBeLessThanOrEqual(30_000);
  });

  it('has the published measures of its table, and a shape for every size', async () => {
    const document = await io.readBinary(await bytes(path));
    const { garment } = document.getRoot().getDefaultScene()!.getExtras() as { garment: GarmentManifest };
    expect(Object.keys(garment.sizes)).toEqual(Object.keys(pattern.sizes));
    for (const [size, measures] of Object.entries(pattern.sizes))
      for (const [name, metres] of Object.entries(pattern.publish(measures)))
        expect(garment.sizes[size][name as 'chest'], `${name} of size ${size}`).toBeCloseTo(100 * metres, 0);
    const shapes = document.getRoot().listMeshes()[0].getExtras() as { targetNames: string[] };
    expect(shapes.targetNames).toEqual(
      Object.keys(pattern.sizes).flatMap((size) => (size === pattern.baseSize ? [] : [`size:${size}`])),
    );
  });

  it('stays 4 mm away from the wearer of its base size', async () => {
    const document = await io.readBinary(await bytes(path));
    const { positions, indices } = makeWearer(pattern, mannequin, pattern.baseSize).mannequin;
    const body = new Surface(positions, indices);
    for (const mesh of document.getRoot().listMeshes())
      for (const primitive of mesh.listPrimitives()) {
        const cloth = primitive.getAttribute('POSITION')!.getArray()!;
        let nearest = Infinity;
        for (let i = 0; i < cloth.length; i += 3)
          nearest = Math.min(nearest, body.signedDistance(cloth[i], cloth[i + 1], cloth[i + 2]) ?? Infinity);
        expect(nearest).toBeGreaterThan(0.004);
      }
  }, 60_000);

  it('has no triangle that is folded over, in any size', async () => {
    const document = await io.readBinary(await bytes(path));
    const [mesh] = document.getRoot().listMeshes();
    const { targetNames } = mesh.getExtras() as { targetNames: string[] };
    for (const primitive of document
      .getRoot()
      .listMeshes()
      .flatMap((each) => each.listPrimitives())) {
      const base = primitive.getAttribute('POSITION')!.getArray()!;
      const normals = primitive.getAttribute('NORMAL')!.getArray()!;
      const indices = primitive.getIndices()!.getArray()!;
      const shapes = [null, ...primitive.listTargets().map((target) => target.getAttribute('POSITION')!.getArray()!)];
      shapes.forEach((deltas, s) => {
        const corner = (i: number): Vector3 =>
          new Vector3().fromArray(base, 3 * i).add(deltas ? new Vector3().fromArray(deltas, 3 * i) : new Vector3());
        const folded: number[] = [];
        for (let t = 0; t < indices.length; t += 3) {
          const [a, b, c] = [0, 1, 2].map((k) => corner(indices[t + k]));
          const facing = b.sub(a).cross(c.sub(a));
          const normal = [0, 1, 2].reduce(
            (sum, k) => sum.add(new Vector3().fromArray(normals, 3 * indices[t + k])),
            new Vector3(),
          );
          if (facing.dot(normal) < 0) folded.push(t / 3);
        }
        expect(folded, deltas ? targetNames[s - 1] : pattern.baseSize).toEqual([]);
      });
    }
  });

  it('is what the generator makes from the committed mannequin, number by number', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'garment-'));
    try {
      const made = join(folder, 'made.glb');
      // In a process of its own: within the test runner the generator takes longer, since modules are wrapped there.
      await promisify(execFile)('node', ['tools/run.mjs', 'tools/make-garment.ts', pattern.id, made]);
      expectSameNumbers(await io.readBinary(await bytes(made)), await io.readBinary(await bytes(path)));
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 600_000);
});
