import { Document, type Material, NodeIO, type Texture } from '@gltf-transform/core';
import { KHRMaterialsVariants, KHRTextureTransform } from '@gltf-transform/extensions';
import { prepareGarment } from '../../src/adopt/prepare-garment.ts';
import type { GarmentManifest } from '../../src/garment/garment.ts';
import { GRADE_ATTRIBUTE, GRADE_METRES } from '../../src/garment/prepared-format.ts';
import { BONE_COUNT, boneNames, boneParents, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { encodePng, type Raster } from '../raster/encode-png.ts';
import type { Binding } from './bind-tee.ts';
import type { FinishedTee } from './finish-tee.ts';
import { jerseyNormals, jerseyTile, ribNormals, ribTile } from './knit-normals.ts';
import { baseTeeSize, type TeeSize, teeMeasures, teeSizes } from './tee-measures.ts';

/**
 * Writes the T-shirt as a prepared garment (bound to the mannequin, so that the room loads it without further work) in
 * a GLB file: one mesh with two primitives, jersey and rib, in all sizes and colours.
 *
 * 1. Make the textures (cloth, shade, knits), and a material for each knit and colour.
 * 2. Write the vertices of the base size with their skin weights, and the differences of the other sizes from them.
 * 3. Make the two primitives; a variant for each colour names its materials.
 * 4. Write the mannequin's bones in the rest pose, and the skin.
 * 5. Add the manifest (sizes, fabric) to the scene, and have `prepareGarment` prepare the file.
 */

/** A colour of the shirt. */
interface TeeColor {
  name: string;
  /**
   * Linear RGB, 0 to 1, by which the picture's greys are multiplied. It is the colour of the cloth in the light picture
   * and of the print in the dark one.
   */
  factor: [number, number, number];
  /** The picture that is multiplied: `light`, light cloth with a dark print, or `dark`, the reverse. */
  picture: 'light' | 'dark';
}

/** Colours of the shirt, the default first. */
const colors: TeeColor[] = [
  // Bleached and brightened cotton: as light as paper, and a little bluish.
  { name: 'white', factor: [0.83, 0.83, 0.85], picture: 'light' },
  { name: 'black', factor: [0.62, 0.6, 0.58], picture: 'dark' },
  { name: 'navy', factor: [0.36, 0.48, 0.92], picture: 'dark' },
  { name: 'sage', factor: [0.3, 0.37, 0.25], picture: 'light' },
  { name: 'clay', factor: [0.37, 0.125, 0.08], picture: 'light' },
];

/** Cotton scatters light from its fuzz and has no visible highlight. */
const roughness = 0.88;

/** Input of `writeTee`. */
export interface TeeParts {
  /** Vertices, triangles and texture coordinates in all sizes. */
  finished: FinishedTee;
  /** Four bones and weights for each of its particles, the points of the sewn shirt. */
  binding: Binding;
  /** The mannequin whose bones the shirt is bound to. */
  mannequin: Mannequin;
  /** Base colours of light and of dark cloth, before they are multiplied by a colour's factor. */
  pictures: Record<'light' | 'dark', Raster>;
  /** Ambient occlusion on the same texture coordinates: 0 = dark, 255 = unshaded. */
  occlusion: Raster;
}

/**
 * Returns the manifest of the shirt: finished measures of its pattern (centimetres), and its fabric (`stretch` per
 * cent, `weight` g/m²).
 *
 * @param textureMetres side of the texture, metres of flat cloth.
 */
function teeManifest(textureMetres: number): GarmentManifest {
  const cm = (metres: number): number => Math.round(metres * 1000) / 10;
  const sizes = Object.fromEntries(
    teeSizes.map((size) => {
      const m = teeMeasures(size);
      return [
        size,
        {
          chest: cm(m.chest),
          waist: cm((m.chest + m.hem) / 2),
          hip: cm(m.hem),
          length: cm(m.length),
          sleeve: cm(m.sleeve),
        },
      ];
    }),
  );
  const base = teeSizes.indexOf(baseTeeSize);
  const steps = Object.fromEntries(teeSizes.map((size, s) => [size, s - base]));
  return {
    kind: 'top',
    layer: 1,
    sizes,
    baseSize: baseTeeSize,
    fabric: { stretch: 18, weight: 160 },
    pattern: { textureMetres, steps },
  };
}

/**
 * Returns the bytes of the GLB file: the mesh is skinned to the mannequin's bones, and has a morph target `size:NAME`
 * for each size but the base size and a material variant for each colour. Rejects if the preparation reports a warning.
 */
export async function writeTee({ finished, binding, mannequin, pictures, occlusion }: TeeParts): Promise<Uint8Array> {
  const document = new Document();
  document.getRoot().getAsset().generator = 'fitting-room make-tee';
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
  const knits = {
    jersey: { texture: texture('jersey', jerseyNormals()), side: jerseyTile.side },
    rib: { texture: texture('rib', ribNormals()), side: ribTile.side },
  };
  const material = (part: 'jersey' | 'rib', { name, factor, picture }: TeeColor): Material => {
    const repeats = finished.atlas.side / knits[part].side;
    const out = document
      .createMaterial(`${part}-${name}`)
      .setDoubleSided(true)
      .setMetallicFactor(0)
      .setRoughnessFactor(roughness)
      .setBaseColorFactor([...factor, 1])
      .setBaseColorTexture(clothTextures[picture])
      .setOcclusionTexture(shade)
      .setOcclusionStrength(1)
      .setNormalTexture(knits[part].texture)
      .setNormalScale(part === 'rib' ? 1 : 0.7);
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
      .setArray(finished.positions[baseTeeSize] as Float32Array<ArrayBuffer>)
      .setBuffer(buffer),
    normal: document
      .createAccessor('normal')
      .setType('VEC3')
      .setArray(finished.normals[baseTeeSize] as Float32Array<ArrayBuffer>)
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
  const targets = teeSizes
    .filter((size) => size !== baseTeeSize && size in finished.positions)
    .map((size: TeeSize) =>
      document
        .createPrimitiveTarget(`size:${size}`)
        .setAttribute(
          'POSITION',
          difference(`position-${size}`, finished.positions[baseTeeSize], finished.positions[size]),
        ),
    );
  const mesh = document
    .createMesh('tee')
    .setWeights(targets.map(() => 0))
    .setExtras({ targetNames: targets.map((target) => target.getName()) });
  const named = colors.map((color) => variants.createVariant(color.name));
  for (const part of ['jersey', 'rib'] as const) {
    const materials = colors.map((color) => material(part, color));
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
    // The rib is cut shorter than the neckline and stretched to it: the texture does not show its lengths.
    if (part === 'jersey') primitive.setAttribute(GRADE_ATTRIBUTE, grades);
    for (const target of targets) primitive.addTarget(target);
    mesh.addPrimitive(primitive);
  }
  const bones = boneNames.map((name) => document.createNode(name));
  const inverse = new Float32Array(16 * BONE_COUNT);
  bones.forEach((bone, b) => {
    const parent = boneParents[b];
    const joint = [...mannequin.joints.subarray(3 * b, 3 * b + 3)];
    bone.setTranslation(
      joint.map((value, k) => value - (parent < 0 ? 0 : mannequin.joints[3 * parent + k])) as [number, number, number],
    );
    if (parent >= 0) bones[parent].addChild(bone);
    inverse.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -joint[0], -joint[1], -joint[2], 1], 16 * b);
  });
  const skin = document
    .createSkin('tee')
    .setSkeleton(bones[0])
    .setInverseBindMatrices(
      document.createAccessor('inverse-bind').setType('MAT4').setArray(inverse).setBuffer(buffer),
    );
  for (const bone of bones) skin.addJoint(bone);
  const scene = document
    .createScene('tee')
    .addChild(bones[0])
    .addChild(document.createNode('tee').setMesh(mesh).setSkin(skin));
  scene.setExtras({ garment: teeManifest(finished.atlas.side) as unknown as Record<string, unknown> });
  document.getRoot().setDefaultScene(scene);
  const io = new NodeIO().registerExtensions([KHRTextureTransform, KHRMaterialsVariants]);
  const { file, warnings } = await prepareGarment(await io.writeBinary(document), mannequin);
  if (warnings.length > 0) throw new Error(`the shirt cannot be prepared as it is: ${warnings.join('; ')}`);
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
