/**
 * Garment files for tests.
 *
 * 1. `makeGlb` makes a GLB with a tube of cloth on a skeleton; options make it a file of any maker, or a broken one.
 * 2. `editGlb` changes the JSON header of a GLB in any way.
 */
import { Document, NodeIO } from '@gltf-transform/core';
import { boneIndex, boneNames } from '../mannequin/mannequin.ts';
import { makeJoints, makeTube } from './make-tube.test-helper.ts';

/** What `makeGlb` writes. Nothing is checked, so that tests can write broken files. */
export interface GlbOptions {
  /** Value of `extras.garment` of the scene. Default: the scene has no extras. */
  manifest?: unknown;
  /** Names of the skin's joints, each a child of the node `rig`. Default: `chest` and `leftUpperArm`. */
  joints?: string[];
  /** Whether the mesh has a skin, joint indices and weights. Default true. */
  skinned?: boolean;
  /** Radius of the tube, metres. Default 0.17. */
  radius?: number;
  /** Metres per unit of the file: the scale of the node `rig`, which the inverse bind matrices undo. Default 1. */
  unit?: number;
  /** Names of the colour variants (`KHR_materials_variants`). Default: none. */
  colors?: string[];
  /** Factor on the vertices but not on the joints, as after an export in a wrong unit. Default 1. */
  stretch?: number;
}

/**
 * Makes a GLB with one mesh: a tube of cloth (`makeTube`) from 0.9 m to 1.4 m above the ground. A joint named as one of
 * the mannequin's bones is placed where `makeJoints` has it, any other joint at the origin. Vertex 0 is skinned to the
 * second joint, if there is one, and all other vertices to the first, with weight 1. The morph target `size:L` makes
 * the tube 10 per cent wider. Returns the bytes of the file.
 */
export async function makeGlb({
  manifest,
  joints = ['chest', 'leftUpperArm'],
  skinned = true,
  radius = 0.17,
  unit = 1,
  colors = [],
  stretch = 1,
}: GlbOptions = {}): Promise<ArrayBuffer> {
  const tube = makeTube((stretch * radius) / unit, (stretch * 0.9) / unit, (stretch * 1.4) / unit);
  const vertices = tube.positions.length / 3;
  const document = new Document();
  const buffer = document.createBuffer();
  const accessor = (
    type: 'SCALAR' | 'VEC3' | 'VEC4' | 'MAT4',
    array: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
  ) => document.createAccessor().setType(type).setArray(array).setBuffer(buffer);

  const scene = document.createScene('scene');
  const rig = document.createNode('rig').setScale([unit, unit, unit]);
  scene.addChild(rig);
  const rest = makeJoints();
  const skin = document.createSkin();
  const inverses = new Float32Array(16 * joints.length);
  joints.forEach((name, j) => {
    const bone = boneNames.find((known) => known === name);
    const position = bone ? Array.from(rest.subarray(3 * boneIndex[bone], 3 * boneIndex[bone] + 3)) : [0, 0, 0];
    const place = position.map((value) => value / unit) as [number, number, number];
    const node = document.createNode(name).setTranslation(place);
    rig.addChild(node);
    skin.addJoint(node);
    inverses.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -place[0], -place[1], -place[2], 1], 16 * j);
  });
  skin.setInverseBindMatrices(accessor('MAT4', inverses));

  const primitive = document
    .createPrimitive()
    .setIndices(accessor('SCALAR', tube.indices as Uint16Array<ArrayBuffer>))
    .setAttribute('POSITION', accessor('VEC3', tube.positions as Float32Array<ArrayBuffer>))
    .setAttribute('NORMAL', accessor('VEC3', tube.normals as Float32Array<ArrayBuffer>))
    .setMaterial(document.createMaterial('cloth').setBaseColorFactor([1, 0, 0, 1]));
  const larger = tube.positions.map((value, i) => (i % 3 === 1 ? 0 : value * 0.1));
  primitive.addTarget(
    document
      .createPrimitiveTarget('size:L')
      .setAttribute('POSITION', accessor('VEC3', larger as Float32Array<ArrayBuffer>)),
  );
  const mesh = document.createMesh('tube').addPrimitive(primitive);
  const node = document.createNode('tube').setMesh(mesh);
  scene.addChild(node);
  if (skinned) {
    const influences = new Uint8Array(4 * vertices);
    influences[0] = Math.min(1, joints.length - 1);
    primitive.setAttribute('JOINTS_0', accessor('VEC4', influences));
    primitive.setAttribute(
      'WEIGHTS_0',
      accessor(
        'VEC4',
        Float32Array.from({ length: 4 * vertices }, (_, i) => (i % 4 === 0 ? 1 : 0)),
      ),
    );
    node.setSkin(skin);
  }
  if (manifest !== undefined) scene.setExtras({ garment: manifest as Record<string, unknown> });
  if (colors.length > 0) await addVariants(document, colors);
  document.getRoot().setDefaultScene(scene);
  const bytes = await new NodeIO()
    .registerExtensions((await import('@gltf-transform/extensions')).ALL_EXTENSIONS)
    .writeBinary(document);
  return bytes.slice().buffer as ArrayBuffer;
}

/** Adds one material and one colour variant of that name for each of `colors` to every mesh primitive. */
async function addVariants(document: Document, colors: string[]): Promise<void> {
  const { KHRMaterialsVariants } = await import('@gltf-transform/extensions');
  const extension = document.createExtension(KHRMaterialsVariants);
  const list = extension.createMappingList();
  for (const color of colors) {
    const mapping = extension
      .createMapping()
      .setMaterial(document.createMaterial(color))
      .addVariant(extension.createVariant(color));
    list.addMapping(mapping);
  }
  for (const mesh of document.getRoot().listMeshes())
    for (const primitive of mesh.listPrimitives()) primitive.setExtension('KHR_materials_variants', list);
}

/** The glTF JSON of a GLB, which a test changes to anything. */
// biome-ignore lint/suspicious/noExplicitAny: a type would forbid what the tests write
export type LooseJson = any;

/**
 * Returns a copy of the GLB `file` whose glTF JSON `edit` has changed in place. The binary chunk stays as it is; the
 * JSON is padded with blanks to a multiple of 4 bytes, and the two lengths in the headers are set anew.
 */
export function editGlb(file: ArrayBuffer, edit: (json: LooseJson) => void): ArrayBuffer {
  const view = new DataView(file);
  const length = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 20, length)));
  edit(json);
  let text = JSON.stringify(json);
  text += ' '.repeat((4 - (text.length % 4)) % 4);
  const header = new TextEncoder().encode(text);
  const rest = new Uint8Array(file, 20 + length);
  const edited = new Uint8Array(20 + header.length + rest.length);
  edited.set(new Uint8Array(file, 0, 20));
  edited.set(header, 20);
  edited.set(rest, 20 + header.length);
  const out = new DataView(edited.buffer);
  out.setUint32(8, edited.length, true);
  out.setUint32(12, header.length, true);
  return edited.buffer;
}
