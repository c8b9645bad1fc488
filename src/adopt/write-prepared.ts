/**
 * Writes a prepared garment, one that was brought onto the mannequin (the body model) and bound to its skin and joints,
 * as GLB in the format of `PREPARED_VERSION`.
 *
 * 1. Add a scene to the document: the manifest and the body in its extras, the mannequin's bones as a skin, and the
 *    garment's meshes with their binding in vertex attributes.
 * 2. Remove the document's old scenes, nodes, meshes, skins and data. Materials, pictures and colour variants stay.
 * 3. Write the document. Values are stored as they are, not quantised.
 */
import { Accessor, type Buffer, type Document, type Primitive, type Skin } from '@gltf-transform/core';
import { EXTMeshoptCompression } from '@gltf-transform/extensions';
import type { BoundCloth } from '../garment/complete-binding.ts';
import type { GarmentManifest, GarmentMesh } from '../garment/garment.ts';
import { ANCHORS } from '../garment/garment-binding.ts';
import {
  bindingAttributes,
  GRADE_ATTRIBUTE,
  GRADE_METRES,
  PREPARED_VERSION,
  type PreparedExtras,
} from '../garment/prepared-format.ts';
import {
  BONE_COUNT,
  boneNames,
  boneParents,
  type Mannequin,
  type MorphName,
  morphNames,
} from '../mannequin/mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { MemoryIO } from './read-document.ts';

/** What `writePrepared` writes of a garment. */
export interface PreparedGarment {
  /** In the mannequin's rest pose, metres, skinned to its bones. */
  meshes: readonly GarmentMesh[];
  /** By mesh: the primitive of the document whose material and colour variants it keeps. */
  primitives: readonly Primitive[];
  /** Kind, layer, sizes and fabric. */
  manifest: GarmentManifest;
  /** Morph weights (MORPH_COUNT) of the body that it was modelled on; null: all 0, the mannequin's base shape. */
  madeOn: Float32Array | null;
  /** By welded vertex: distance from the mannequin's skin (metres) and shares of joints. */
  bound: BoundCloth;
  /** Its bones become the skin of the file. */
  mannequin: Mannequin;
}

/**
 * Writes a prepared garment as GLB and returns its bytes (steps above). Between the steps the page gets time to draw.
 *
 * @param document The document that the garment was read from. It is changed; do not use it afterwards.
 * @param garment Meshes in the mannequin's rest pose, metres, their binding, manifest, and the body they were made on.
 * @param compress Whether to compress the geometry (EXT_meshopt_compression, without loss).
 */
export async function writePrepared(
  document: Document,
  garment: PreparedGarment,
  compress: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const root = document.getRoot();
  const oldScene = root.getDefaultScene() ?? root.listScenes()[0];
  const extras = { ...oldScene.getExtras(), garment: extrasOf(garment) };
  const name = oldScene.getName();
  const old = [
    ...root.listScenes(),
    ...root.listNodes(),
    ...root.listMeshes(),
    ...root.listSkins(),
    ...root.listAccessors(),
    ...root.listBuffers(),
  ];
  const buffer = document.createBuffer();
  const scene = document.createScene(name).setExtras(extras);
  const skin = createSkin(document, buffer, garment.mannequin);
  scene.addChild(skin.listJoints()[0]);
  for (const [p, mesh] of garment.meshes.entries()) {
    await yieldToEventLoop();
    const primitive = createPrimitive(document, buffer, garment, p);
    const targetNames = primitive.listTargets().map((target) => target.getName());
    const written = document.createMesh(mesh.name).addPrimitive(primitive);
    if (targetNames.length > 0) written.setWeights(targetNames.map(() => 0)).setExtras({ targetNames });
    scene.addChild(document.createNode(mesh.name).setMesh(written).setSkin(skin));
  }
  for (const property of old) property.dispose();
  root.setDefaultScene(scene);

  await yieldToEventLoop();
  const io = new MemoryIO();
  for (const extension of root.listExtensionsUsed())
    if (extension instanceof EXTMeshoptCompression) extension.dispose();
  if (compress) {
    const { MeshoptEncoder } = await import('meshoptimizer/encoder');
    await MeshoptEncoder.ready;
    io.registerDependencies({ 'meshopt.encoder': MeshoptEncoder });
    document
      .createExtension(EXTMeshoptCompression)
      .setRequired(true)
      .setEncoderOptions({ method: EXTMeshoptCompression.EncoderMethod.QUANTIZE });
  }
  return io.writeBinary(document);
}

/** Returns `extras.garment` of the scene: manifest, format version, body. */
function extrasOf({ manifest, madeOn, mannequin }: PreparedGarment): GarmentManifest & PreparedExtras {
  const weights = morphNames.flatMap((name, m): [MorphName, number][] => (madeOn?.[m] ? [[name, madeOn[m]]] : []));
  return {
    prepared: PREPARED_VERSION,
    ...manifest,
    bodyVertices: mannequin.positions.length / 3,
    madeOn: Object.fromEntries(weights),
  };
}

/** Adds the mannequin's bones to the document, as nodes in the rest pose, and a skin of them. */
function createSkin(document: Document, buffer: Buffer, { joints }: Mannequin): Skin {
  const bones = boneNames.map((name) => document.createNode(name));
  const inverses = new Float32Array(16 * BONE_COUNT);
  bones.forEach((bone, b) => {
    const [x, y, z] = joints.subarray(3 * b, 3 * b + 3);
    const parent = boneParents[b];
    const [px, py, pz] = parent < 0 ? [0, 0, 0] : joints.subarray(3 * parent, 3 * parent + 3);
    bone.setTranslation([x - px, y - py, z - pz]);
    if (parent >= 0) bones[parent].addChild(bone);
    inverses.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, -z, 1], 16 * b);
  });
  const skin = document.createSkin().setSkeleton(bones[0]);
  for (const bone of bones) skin.addJoint(bone);
  return skin.setInverseBindMatrices(
    document.createAccessor().setType(Accessor.Type.MAT4).setArray(inverses).setBuffer(buffer),
  );
}

/** Creates the primitive of mesh number `p`: geometry, skin, size displacements, and binding (distances in mm). */
function createPrimitive(
  document: Document,
  buffer: Buffer,
  { meshes, primitives, bound }: PreparedGarment,
  p: number,
): Primitive {
  const mesh = meshes[p];
  const accessor = (
    type: 'SCALAR' | 'VEC2' | 'VEC3' | 'VEC4',
    array: Float32Array | Int16Array | Uint8Array | Uint16Array | Uint32Array,
  ): Accessor =>
    document
      .createAccessor()
      .setType(type)
      .setArray(array as Float32Array<ArrayBuffer>)
      .setBuffer(buffer);

  // A joint with weight 0 is written as joint 0: it compresses better, and the glTF validator demands it.
  const joints = Uint8Array.from(mesh.skinIndices, (bone, k) => (mesh.skinWeights[k] > 0 ? bone : 0));
  const primitive = document
    .createPrimitive()
    .setMaterial(primitives[p].getMaterial())
    .setIndices(accessor('SCALAR', mesh.indices))
    .setAttribute('POSITION', accessor('VEC3', mesh.positions))
    .setAttribute('JOINTS_0', accessor('VEC4', joints))
    .setAttribute('WEIGHTS_0', accessor('VEC4', mesh.skinWeights));
  const variants = primitives[p].getExtension('KHR_materials_variants');
  if (variants) primitive.setExtension('KHR_materials_variants', variants);
  // A mesh without normals gets flat ones from three.js; normals of length 0 would be drawn black.
  if (mesh.normals.some((value) => value !== 0)) primitive.setAttribute('NORMAL', accessor('VEC3', mesh.normals));
  if (mesh.uvs) primitive.setAttribute('TEXCOORD_0', accessor('VEC2', mesh.uvs));
  mesh.moreUvs?.forEach((uvs, s) => void primitive.setAttribute(`TEXCOORD_${s + 1}`, accessor('VEC2', uvs)));
  if (mesh.colors) primitive.setAttribute('COLOR_0', accessor('VEC4', mesh.colors));
  if (mesh.grades)
    primitive.setAttribute(
      GRADE_ATTRIBUTE,
      accessor(
        'VEC2',
        Int16Array.from(mesh.grades, (metres) => Math.round(metres / GRADE_METRES)),
      ),
    );
  for (const [size, deltas] of Object.entries(mesh.sizes))
    primitive.addTarget(
      document.createPrimitiveTarget(`size:${size}`).setAttribute('POSITION', accessor('VEC3', deltas)),
    );

  const { weld, firsts, skinVertices, clearances, anchors, layers } = bound;
  const welded = weld.welded.subarray(firsts[p], firsts[p] + mesh.positions.length / 3);
  const perVertex = (value: (w: number) => number): Accessor => accessor('SCALAR', Float32Array.from(welded, value));
  primitive
    .setAttribute(
      bindingAttributes.weld,
      perVertex((w) => w),
    )
    .setAttribute(
      bindingAttributes.skinVertex,
      perVertex((w) => skinVertices[w]),
    )
    .setAttribute(
      bindingAttributes.clearance,
      perVertex((w) => (skinVertices[w] < 0 ? 0 : 1000 * clearances[w])),
    );
  bindingAttributes.anchors.forEach((name, half) => {
    const shares = new Float32Array(4 * welded.length);
    welded.forEach((w, i) => shares.set(anchors.subarray(ANCHORS * w + 4 * half, ANCHORS * w + 4 * half + 4), 4 * i));
    primitive.setAttribute(name, accessor('VEC4', shares));
  });
  if (layers)
    primitive.setAttribute(
      bindingAttributes.layer,
      perVertex((w) => layers[w]),
    );
  return primitive;
}
