import { Document, type Material, NodeIO, type Texture } from '@gltf-transform/core';
import { KHRMaterialsVariants, KHRTextureTransform } from '@gltf-transform/extensions';
import { prepareGarment } from '../../src/adopt/prepare-garment.ts';
import type { GarmentManifest, GarmentMeasures } from '../../src/garment/garment.ts';
import { GRADE_ATTRIBUTE, GRADE_METRES } from '../../src/garment/prepared-format.ts';
import { BONE_COUNT, boneNames, boneParents, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { encodePng, type Raster } from '../raster/encode-png.ts';
import type { Binding } from './bind-garment.ts';
import { type FabricName, fabrics } from './fabrics.ts';
import type { FinishedGarment } from './finish-garment.ts';
import type { Pattern, PatternColor } from './pattern.ts';

/**
 * Writes a garment as a prepared garment (bound to the mannequin, so that the room loads it without further work) in
 * a GLB file: one mesh with two primitives, cloth and bands, in all sizes and colours.
 *
 * 1. Make the textures (cloth, shade, fabrics), and a material for each fabric and colour.
 * 2. Write the vertices of the base size with their skin weights, and the differences of the other sizes from them.
 * 3. Make the two primitives; a variant for each colour names its materials.
 * 4. Write the mannequin's bones in the rest pose, and the skin.
 * 5. Add the manifest (sizes, fabric) to the scene, and have `prepareGarment` prepare the file.
 */

/** Input of `writeGarment`. */
export interface GarmentParts {
  pattern: Pattern;
  /** Vertices, triangles and texture coordinates in all sizes. */
  finished: FinishedGarment;
  /** Four bones and weights for each of its particles, the points of the sewn garment. */
  binding: Binding;
  /** The mannequin whose bones the garment is bound to. */
  mannequin: Mannequin;
  /**
   * Joints of the body that it was draped on, 3 × BONE_COUNT, metres, and the morph weights of this body; null: all 0.
   */
  wearerJoints: Float32Array;
  madeOn: Float32Array | null;
  /** Base colours of light and of dark cloth, before they are multiplied by a colour's factor. */
  pictures: Record<'light' | 'dark', Raster>;
  /** Ambient occlusion on the same texture coordinates: 0 = dark, 255 = unshaded. */
  occlusion: Raster;
}

/**
 * Returns the manifest of a garment: its published measures (centimetres), and its fabric (`stretch` per cent, `weight`
 * g/m²).
 *
 * @param textureMetres side of the texture, metres of flat cloth.
 */
function manifestOf(
  { kind, layer, sizes, baseSize, fabric, publish }: Pattern,
  textureMetres: number,
): GarmentManifest {
  const names = Object.keys(sizes);
  const cm = (measures: GarmentMeasures): GarmentMeasures =>
    Object.fromEntries(Object.entries(measures).map(([name, metres]) => [name, Math.round(metres * 1000) / 10]));
  return {
    kind,
    layer,
    sizes: Object.fromEntries(names.map((size) => [size, cm(publish(sizes[size]))])),
    baseSize,
    fabric: { stretch: fabric.stretch, weight: fabric.weight },
    pattern: {
      textureMetres,
      steps: Object.fromEntries(names.map((size, s) => [size, s - names.indexOf(baseSize)])),
    },
  };
}

/**
 * Returns the bytes of the GLB file: the mesh is skinned to the mannequin's bones, and has a morph target `size:NAME`
 * for each size but the base size and a material variant for each colour. Rejects if the preparation reports a warning.
 */
export async function writeGarment(garment: GarmentParts): Promise<Uint8Array> {
  const { pattern, finished, binding, mannequin, wearerJoints, madeOn, pictures, occlusion } = garment;
  const { id, baseSize, colors } = pattern;
  const document = new Document();
  document.getRoot().getAsset().generator = `fitting-room make-${id}`;
  const buffer = document.createBuffer();
  const transform = document.createExtension(KHRTextureTransform);
  const variants = document.createExtension(KHRMaterialsVariants);
  const texture = (name: string, raster: Raster): Texture =>
    document
      .createTexture(name)
      .setMimeType('image/png')
      .setImage(encodePng(raster) as Uint8Array<ArrayBuffer>);
  const clothTextures = { light: texture('cloth-light', pictures.light), dark: texture('cloth-dark', pictures.dark) };
  const shade = texture('occlusion', occlusion);
  const textures = new Map<FabricName, Texture>();
  const normalsOf = (name: FabricName): Texture => {
    if (!textures.has(name)) textures.set(name, texture(name, fabrics[name].normals()));
    return textures.get(name)!;
  };
  for (const name of [pattern.fabric.cloth, pattern.fabric.bands]) normalsOf(name);
  const material = (name: FabricName, { name: color, factor, picture }: PatternColor): Material => {
    const { tileMetres, normalScale, roughness } = fabrics[name];
    const repeats = finished.atlas.side / tileMetres;
    const out = document
      .createMaterial(`${name}-${color}`)
      .setDoubleSided(true)
      .setMetallicFactor(0)
      .setRoughnessFactor(roughness)
      .setBaseColorFactor([...factor, 1])
      .setBaseColorTexture(clothTextures[picture])
      .setOcclusionTexture(shade)
      .setOcclusionStrength(1)
      .setNormalTexture(normalsOf(name))
      .setNormalScale(normalScale);
    out
      .getNormalTextureInfo()!
      .setExtension('KHR_texture_transform', transform.createTransform().setScale([repeats, repeats]));
    return out;
  };
  const shared = {
    uv: document.createAccessor('uv').setType('VEC2').setArray(finished.uvs).setBuffer(buffer),
    joints: document
      .createAccessor('joints')
      .setType('VEC4')
      .setArray(perVertex(finished.particleOf, binding.joints, new Uint8Array(4 * finished.particleOf.length)))
      .setBuffer(buffer),
    weights: document
      .createAccessor('weights')
      .setType('VEC4')
      .setArray(perVertex(finished.particleOf, binding.weights, new Float32Array(4 * finished.particleOf.length)))
      .setBuffer(buffer),
    position: document
      .createAccessor('position')
      .setType('VEC3')
      .setArray(finished.positions[baseSize] as Float32Array<ArrayBuffer>)
      .setBuffer(buffer),
    normal: document
      .createAccessor('normal')
      .setType('VEC3')
      .setArray(finished.normals[baseSize] as Float32Array<ArrayBuffer>)
      .setBuffer(buffer),
  };
  const grades = document
    .createAccessor('grades')
    .setType('VEC2')
    .setArray(Int16Array.from(finished.grades, (metres) => Math.round(metres / GRADE_METRES)))
    .setBuffer(buffer);
  const difference = (name: string, from: Float32Array, to: Float32Array) =>
    document
      .createAccessor(name)
      .setType('VEC3')
      .setArray(to.map((value, i) => value - from[i]) as Float32Array<ArrayBuffer>)
      .setBuffer(buffer);
  const targets = Object.keys(pattern.sizes)
    .filter((size) => size !== baseSize && size in finished.positions)
    .map((size) =>
      document
        .createPrimitiveTarget(`size:${size}`)
        .setAttribute(
          'POSITION',
          difference(`position-${size}`, finished.positions[baseSize], finished.positions[size]),
        ),
    );
  const mesh = document
    .createMesh(id)
    .setWeights(targets.map(() => 0))
    .setExtras({ targetNames: targets.map((target) => target.getName()) });
  const named = colors.map((color) => variants.createVariant(color.name));
  for (const part of ['cloth', 'bands'] as const) {
    if (finished[part].length === 0) continue;
    const materials = colors.map((color) => material(pattern.fabric[part], color));
    const mappings = variants.createMappingList();
    materials.forEach((m, i) => mappings.addMapping(variants.createMapping().setMaterial(m).addVariant(named[i])));
    const primitive = document
      .createPrimitive()
      .setMaterial(materials[0])
      .setExtension('KHR_materials_variants', mappings)
      .setIndices(
        document
          .createAccessor(`${part}-indices`)
          .setType('SCALAR')
          .setArray(Uint16Array.from(finished[part]))
          .setBuffer(buffer),
      )
      .setAttribute('POSITION', shared.position)
      .setAttribute('NORMAL', shared.normal)
      .setAttribute('TEXCOORD_0', shared.uv)
      .setAttribute('JOINTS_0', shared.joints)
      .setAttribute('WEIGHTS_0', shared.weights);
    // A band is cut shorter than its seam and stretched to it: the texture does not show its lengths.
    if (part === 'cloth') primitive.setAttribute(GRADE_ATTRIBUTE, grades);
    for (const target of targets) primitive.addTarget(target);
    mesh.addPrimitive(primitive);
  }
  const bones = boneNames.map((name) => document.createNode(name));
  const inverse = new Float32Array(16 * BONE_COUNT);
  bones.forEach((bone, b) => {
    const parent = boneParents[b];
    const joint = [...wearerJoints.subarray(3 * b, 3 * b + 3)];
    bone.setTranslation(
      joint.map((value, k) => value - (parent < 0 ? 0 : wearerJoints[3 * parent + k])) as [number, number, number],
    );
    if (parent >= 0) bones[parent].addChild(bone);
    inverse.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -joint[0], -joint[1], -joint[2], 1], 16 * b);
  });
  const skin = document
    .createSkin(id)
    .setSkeleton(bones[0])
    .setInverseBindMatrices(
      document.createAccessor('inverse-bind').setType('MAT4').setArray(inverse).setBuffer(buffer),
    );
  for (const bone of bones) skin.addJoint(bone);
  const scene = document
    .createScene(id)
    .addChild(bones[0])
    .addChild(document.createNode(id).setMesh(mesh).setSkin(skin));
  scene.setExtras({ garment: manifestOf(pattern, finished.atlas.side) as unknown as Record<string, unknown> });
  document.getRoot().setDefaultScene(scene);
  const io = new NodeIO().registerExtensions([KHRTextureTransform, KHRMaterialsVariants]);
  const { file, warnings } = await prepareGarment(await io.writeBinary(document), mannequin, madeOn ? { madeOn } : {});
  if (warnings.length > 0) throw new Error(`${id} cannot be prepared as it is: ${warnings.join('; ')}`);
  return file;
}

/**
 * Copies the four values of each particle to its vertices. `values`: 4 × particles. Replaces `target` (4 × vertices)
 * and returns it.
 */
function perVertex<T extends Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(
  particleOf: Int32Array,
  values: ArrayLike<number>,
  target: T,
): T {
  for (let i = 0; i < particleOf.length; i++)
    for (let k = 0; k < 4; k++) target[4 * i + k] = values[4 * particleOf[i] + k];
  return target;
}
