import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Document } from '@gltf-transform/core';
import { describe, expect, it, vi } from 'vitest';
import type { GarmentManifest } from '../garment/garment.ts';
import { readGlb } from '../garment/read-glb.ts';
import { type BoneName, boneIndex, boneNames, type MorphName, morphNames } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';
import { prepareGarment } from './prepare-garment.ts';
import { readDocument } from './read-document.ts';

const folder = resolve(process.env.FITTING_DATA ?? '../shared/data', 'cases');
const mannequin = await readCommittedMannequin();
vi.setConfig({ testTimeout: 60_000 });

/** A prepared case. */
interface Prepared {
  document: Document;
  kind: GarmentManifest['kind'];
  warnings: string[];
  /** Names of the meshes. */
  meshes: string[];
  /** Highest point above the neck's joint, and lowest above the hip joint, of the body that it was made on, metres. */
  collar: number;
  hem: number;
  /** Share of the skin weights on bones whose names match. */
  shareOf(bones: RegExp): number;
}

/** Reads a file of the room as `lay-out-assets` copies it. */
const readAsset = async (path: string): Promise<ArrayBuffer> => Uint8Array.from(readFileSync(`assets/${path}`)).buffer;

/** Prepares the file of the case whose folder begins with `number`. */
async function prepare(number: string): Promise<Prepared> {
  const name = readdirSync(folder).find((entry) => entry.startsWith(number))!;
  const glb = readdirSync(`${folder}/${name}`).find((entry) => entry.endsWith('.glb'));
  const source = new Uint8Array(readFileSync(`${folder}/${name}/${glb}`));
  const { file, warnings } = await prepareGarment(source, mannequin, { compress: false, readAsset });
  const document = await readDocument(readGlb(file));
  const { kind, madeOn } = document.getRoot().getDefaultScene()!.getExtras().garment as GarmentManifest & {
    madeOn: Partial<Record<MorphName, number>>;
  };
  const weights = Float32Array.from(morphNames, (morph) => madeOn[morph] ?? 0);
  const { joints } = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const height = (bone: BoneName): number => joints[3 * boneIndex[bone] + 1];
  const primitives = document
    .getRoot()
    .listMeshes()
    .flatMap((mesh) => mesh.listPrimitives());
  const heights = primitives.flatMap((primitive) =>
    Array.from(primitive.getAttribute('POSITION')!.getArray() as Float32Array).filter((_, i) => i % 3 === 1),
  );
  return {
    document,
    kind,
    warnings,
    meshes: document
      .getRoot()
      .listMeshes()
      .map((mesh) => mesh.getName()),
    collar: Math.max(...heights) - height('neck'),
    hem: Math.min(...heights) - height('leftUpperLeg'),
    shareOf(bones) {
      let matching = 0;
      let all = 0;
      for (const primitive of primitives) {
        const indices = primitive.getAttribute('JOINTS_0')!.getArray() as Uint8Array;
        const weights = primitive.getAttribute('WEIGHTS_0')!.getArray() as Float32Array;
        for (let k = 0; k < weights.length; k++) {
          all += weights[k];
          if (bones.test(boneNames[indices[k]])) matching += weights[k];
        }
      }
      return matching / all;
    },
  };
}

/** Expects a shirt whose collar is at the neck and whose hem is at the hips. */
function expectShirt({ kind, collar, hem }: Prepared): void {
  expect(kind).toBe('top');
  expect(Math.abs(collar)).toBeLessThan(0.06);
  expect(Math.abs(hem)).toBeLessThan(0.12);
}

describe.skipIf(!existsSync(folder))('files of other programs (skipped without FITTING_DATA)', () => {
  for (const [number, warning] of [
    ['05', /108 % of the mannequin's size/],
    ['06', /7\d % of the mannequin's size/],
    ['07', /no usual unit/],
    ['08', /inches/],
    ['10', /turned/],
    ['12', /Body is part of a person/],
    ['14', /Icosphere lies apart/],
    ['15', /Ground is flat/],
    ['16', null],
    ['20', null],
    ['34', null],
    ['39', /recognised by where they lie/],
    ['40', /copy/],
    ['41', /cape is hidden/],
  ] as const) {
    it(`wears the shirt of case ${number} as a shirt${warning ? `, and warns: ${warning.source}` : ''}`, async () => {
      const prepared = await prepare(number);
      expectShirt(prepared);
      expect(prepared.meshes).toHaveLength(1);
      if (warning) expect(prepared.warnings).toContainEqual(expect.stringMatching(warning));
    });
  }

  it('lets sleeves follow the arms: modelled in T-pose, on a rig of DAZ, with eight influences', async () => {
    for (const number of ['03', '16', '22']) {
      const { shareOf } = await prepare(number);
      const arms = number === '16' ? /UpperArm/ : /(Upper|Lower)Arm/;
      for (const side of ['left', 'right'])
        expect(shareOf(new RegExp(`^${side}${arms.source}`)), number).toBeGreaterThan(0.08);
    }
  });

  it('takes legs from the rig, not from the poles before its knees', async () => {
    const { kind, shareOf } = await prepare('18');
    expect(kind).toBe('bottom');
    for (const side of ['left', 'right']) expect(shareOf(new RegExp(`^${side}LowerLeg`))).toBeGreaterThan(0.1);
  });

  it('keeps vertex colours, further texture coordinates, old materials, pictures in URIs and shape keys', async () => {
    const attributeOf = async (number: string, name: string) =>
      (await prepare(number)).document.getRoot().listMeshes()[0].listPrimitives()[0].getAttribute(name);
    const colours = (await attributeOf('23', 'COLOR_0'))!;
    expect(new Set(Array.from({ length: colours.getCount() }, (_, i) => colours.getElement(i, []).join())).size).toBe(
      3,
    );
    for (const number of ['25', '26']) expect(await attributeOf(number, 'TEXCOORD_1')).not.toBeNull();
    const [navy] = (await prepare('27')).document.getRoot().listMaterials();
    expect(navy.getBaseColorFactor()[2]).toBeGreaterThan(2 * navy.getBaseColorFactor()[0]);
    expect((await prepare('35')).document.getRoot().listTextures()[0].getImage()?.byteLength).toBeGreaterThan(50);
    // The shirt is oversized and long.
    expect((await prepare('29')).hem).toBeLessThan(-0.2);
  });
});
