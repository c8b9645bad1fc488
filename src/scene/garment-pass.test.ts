import { Mesh, MeshStandardMaterial, type Object3D, Texture, Vector3 } from 'three';
import { expect, it } from 'vitest';
import type { Garment, WornGarment } from '../garment/garment.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { BodyBones } from './body-bones.ts';
import { BodyOpenness } from './body-openness.ts';
import { CameraGrain } from './camera-grain.ts';
import { ContactShade } from './contact-shade.ts';
import { createOutlineInputs } from './create-outline-inputs.test-helper.ts';
import { GarmentPass } from './garment-pass.ts';
import { ObstacleSight } from './obstacle-sight.ts';

/** A worn garment of one triangle on the chest. */
function wear(layer: number): WornGarment {
  const positions = Float32Array.of(0, 1.2, 0.1, 0.1, 1.2, 0.1, 0, 1.3, 0.1);
  const normals = Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1);
  const garment = {
    url: 'tee.glb',
    manifest: { kind: 'top', layer, sizes: { M: {} }, baseSize: 'M', fabric: { stretch: 10, weight: 150 } },
    parts: [
      {
        name: 'front',
        positions,
        normals,
        uvs: null,
        indices: Uint16Array.of(0, 1, 2),
        skinIndices: Uint16Array.from({ length: 12 }, (_, k) => (k % 4 === 0 ? boneIndex.chest : 0)),
        skinWeights: Float32Array.from({ length: 12 }, (_, k) => (k % 4 === 0 ? 1 : 0)),
        sizes: {},
        material: new MeshStandardMaterial(),
        variants: { red: new MeshStandardMaterial({ color: 'red' }) },
      },
    ],
    binding: {
      layers: null,
      firsts: [0],
      vertices: Uint32Array.of(0, 1, 2),
      triangles: Uint32Array.of(0, 1, 2),
      weld: {
        welded: Uint32Array.of(0, 1, 2),
        count: 3,
        starts: Uint32Array.of(0, 2, 4, 6),
        neighbours: Uint32Array.of(1, 2, 0, 2, 0, 1),
      },
      skinVertices: Int32Array.of(0, 0, 0),
    },
    colors: ['white', 'red'],
    warnings: [],
    dispose: () => undefined,
  };
  return {
    id: 'tee',
    garment: garment as unknown as Garment,
    size: 'M',
    color: null,
    fit: {
      drape: positions,
      positions: [positions],
      normals: [normals],
      folds: [new Uint8Array(24)],
      clearances: [new Float32Array(3)],
      version: 1,
    },
  };
}

function createPass() {
  const contact = new ContactShade(new Vector3(0, 0, 1));
  const person = { value: new Texture() };
  const support = {
    bones: new BodyBones(),
    obstacles: new ObstacleSight(person),
    grain: new CameraGrain(),
    outline: createOutlineInputs(),
    openness: new BodyOpenness(),
    seenLight: { value: new Texture() },
    skinNormals: Float32Array.of(0, 0, 1),
  };
  return { contact, pass: new GarmentPass(support, contact) };
}

/** Visible meshes within an object. */
function meshesIn(object: Object3D): Mesh[] {
  const meshes: Mesh[] = [];
  object.traverseVisible((child) => {
    if (child instanceof Mesh) meshes.push(child);
  });
  return meshes;
}

it('draws worn garments, outer layers after inner ones, and removes garments that are taken off', () => {
  const { pass, contact } = createPass();
  const [inner, outer] = [wear(1), wear(2)];
  pass.takeGarments([inner, outer]);
  const [first, second] = meshesIn(pass.group);
  expect(second.renderOrder).toBeGreaterThan(first.renderOrder);
  expect(contact.scene.children.length).toBe(2);
  pass.takeGarments([outer]);
  expect(meshesIn(pass.group)).toEqual([second]);
  expect(contact.scene.children.length).toBe(1);
});

it('draws all garments again after a lost WebGL context', () => {
  const { pass, contact } = createPass();
  const worn = [wear(1)];
  pass.takeGarments(worn);
  pass.release();
  expect(pass.group.children).toEqual([]);
  expect(contact.scene.children).toEqual([]);
  pass.takeGarments(worn);
  expect(meshesIn(pass.group).length).toBe(1);
});

it('applies a new colour, and copies a fit only if its version has changed', () => {
  const { pass } = createPass();
  const worn = wear(1);
  pass.takeGarments([worn]);
  const [mesh] = meshesIn(pass.group);
  const { position, foldsB } = mesh.geometry.attributes;
  worn.fit.folds[0].set([0, 0, 0, 255]);
  worn.fit.positions[0][0] = 0.5;
  worn.color = 'red';
  pass.takeGarments([worn]);
  expect((mesh.material as MeshStandardMaterial).color.getHexString()).toBe('ff0000');
  expect(position.array[0]).toBe(0);
  expect(foldsB.getX(0)).toBe(0);
  worn.fit.version++;
  pass.takeGarments([worn]);
  expect(position.array[0]).toBe(0.5);
  expect(foldsB.getX(0)).toBe(1);
});
