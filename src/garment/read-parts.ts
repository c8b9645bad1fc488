/**
 * Reads the meshes of a prepared garment file (in the rest pose of the mannequin, the body model) from GLTFLoader's
 * result.
 *
 * 1. Read positions, normals and size displacements, and transform them by the bind matrix into metres in the
 *    mannequin's rest pose. (Tools that quantise leave a scale in the bind matrix.)
 * 2. Read skin weights, and skin indices as indices of the mannequin's bones, which are found by the joints' names.
 * 3. Read how the flat pattern grows from size to size, where the file tells it.
 * 4. Load the materials of the colour variants.
 */
import {
  type BufferAttribute,
  type InterleavedBufferAttribute,
  type Material,
  Matrix3,
  Matrix4,
  type Mesh,
  type SkinnedMesh,
  Vector3,
} from 'three';
import type { GLTF, GLTFParser } from 'three/addons/loaders/GLTFLoader.js';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import type { GarmentPart } from './garment.ts';
import { garmentInvalid } from './garment-invalid.ts';
import { GRADE_ATTRIBUTE, GRADE_METRES, PREPARE_ANEW } from './prepared-format.ts';

/** A vertex attribute as GLTFLoader loads it; in some files it is interleaved with others. */
export type Attribute = BufferAttribute | InterleavedBufferAttribute;

/**
 * Largest difference between elements of two joints' matrices in a file that is in the rest pose: 0.01 mm at 1 m.
 */
const SAME_MATRIX = 1e-5;

const jointMatrix = new Matrix4();
const vector = new Vector3();

/** A mesh of a prepared file. */
export interface ReadPart {
  /** Its geometry (rest pose, metres), skin and materials. */
  part: GarmentPart;
  /** The three.js mesh that it was read from. Its geometry still has the binding's attributes. */
  mesh: SkinnedMesh;
}

/**
 * Reads every mesh of a prepared file that GLTFLoader has loaded (`gltf`), in the order of the scene (steps above).
 *
 * Rejects with `FittingError` `garment-invalid` for a scene without a mesh, and for a mesh that does not have the
 * format of a prepared garment (`PREPARED_VERSION`).
 */
export async function readParts(gltf: GLTF): Promise<ReadPart[]> {
  gltf.scene.updateMatrixWorld(true);
  const meshes: SkinnedMesh[] = [];
  gltf.scene.traverse((object) => {
    if (!(object as Mesh).isMesh) return;
    if (!(object as SkinnedMesh).isSkinnedMesh) throw garmentInvalid(`mesh ${object.name} has no skin`, PREPARE_ANEW);
    meshes.push(object as SkinnedMesh);
  });
  if (meshes.length === 0) throw garmentInvalid('the scene shows no mesh', PREPARE_ANEW);
  return Promise.all(meshes.map(async (mesh) => ({ part: await readPart(mesh, gltf.parser), mesh })));
}

/** Reads one mesh. Rejects when an attribute has the wrong length or values that are not finite. */
async function readPart(mesh: SkinnedMesh, parser: GLTFParser): Promise<GarmentPart> {
  const { geometry, name, material } = mesh;
  const [position, normal] = [attributeOf(mesh, 'position', 3), attributeOf(mesh, 'normal', 3)];
  const uv = attributeOf(mesh, 'uv', 2);
  const moreUvs = ['uv1', 'uv2', 'uv3'].flatMap((key) => attributeOf(mesh, key, 2) ?? []);
  const color = geometry.attributes.color as Attribute | undefined;
  const [skinIndex, skinWeight] = [attributeOf(mesh, 'skinIndex', 4), attributeOf(mesh, 'skinWeight', 4)];
  if (!position) throw garmentInvalid(`mesh ${name} has no vertices`, PREPARE_ANEW);
  if (!skinIndex || !skinWeight) throw garmentInvalid(`mesh ${name} has no skin weights`, PREPARE_ANEW);
  // GLTFLoader changes the names of custom attributes to lower case.
  const grade = attributeOf(mesh, GRADE_ATTRIBUTE.toLowerCase(), 2);
  const bind = readBindMatrix(mesh);
  const linear = new Matrix3().setFromMatrix4(bind);
  const normalMatrix = new Matrix3().getNormalMatrix(bind);
  const part: GarmentPart = {
    name,
    positions: transformed(position, (v) => v.applyMatrix4(bind)),
    normals: normal
      ? transformed(normal, (v) => v.applyMatrix3(normalMatrix).normalize())
      : new Float32Array(3 * position.count),
    uvs: uv ? readValues(uv, 2) : null,
    ...(moreUvs.length > 0 && { moreUvs: moreUvs.map((set) => readValues(set, 2)) }),
    ...(color && { colors: readColors(color) }),
    indices: readIndices(mesh, position.count),
    skinIndices: readSkinIndices(mesh, skinIndex),
    skinWeights: readValues(skinWeight, 4),
    sizes: Object.fromEntries(
      Object.entries(mesh.morphTargetDictionary ?? {})
        .filter(([target]) => target.startsWith('size:'))
        .map(([target, index]) => [
          target.slice('size:'.length),
          transformed(checked(mesh, target, geometry.morphAttributes.position?.[index], 3), (v) =>
            v.applyMatrix3(linear),
          ),
        ]),
    ),
    ...(grade && { grades: readValues(grade, 2).map((value) => GRADE_METRES * value) }),
    material: material as Material,
    variants: await readVariants(mesh, parser),
  };
  const { positions, normals, uvs, skinWeights, sizes, grades, colors } = part;
  const optional = [uvs, grades, colors, ...(part.moreUvs ?? [])].filter((data) => data != null);
  for (const data of [positions, normals, skinWeights, ...optional, ...Object.values(sizes)]) {
    if (!data.every(Number.isFinite))
      throw garmentInvalid(`mesh ${name} has coordinates that are not numbers`, PREPARE_ANEW);
  }
  return part;
}

/** Returns the attribute that three.js calls `key`, checked; undefined where the mesh has none. */
function attributeOf(mesh: Mesh, key: string, itemSize: number): Attribute | undefined {
  const attribute = mesh.geometry.attributes[key] as Attribute | undefined;
  return attribute && checked(mesh, key, attribute, itemSize);
}

/** Returns `attribute`, after a check that it has `itemSize` values for each vertex of the mesh. */
function checked({ geometry, name }: Mesh, key: string, attribute: Attribute | undefined, itemSize: number): Attribute {
  const { count } = geometry.attributes.position;
  if (attribute?.count !== count || attribute.itemSize !== itemSize)
    throw garmentInvalid(`mesh ${name} does not have ${itemSize} numbers of ${key} for each vertex`, PREPARE_ANEW);
  return attribute;
}

/**
 * Returns the matrix from the mesh's coordinates to the rest pose, metres. In the rest pose it is the same for all
 * joints of a skin: the identity, or the matrix that undoes quantisation. Throws when two joints differ.
 */
function readBindMatrix({ skeleton, name }: SkinnedMesh): Matrix4 {
  const { bones, boneInverses } = skeleton;
  const bind = new Matrix4().multiplyMatrices(bones[0].matrixWorld, boneInverses[0]);
  for (let j = 1; j < bones.length; j++) {
    jointMatrix.multiplyMatrices(bones[j].matrixWorld, boneInverses[j]);
    if (jointMatrix.elements.some((value, e) => !(Math.abs(value - bind.elements[e]) < SAME_MATRIX)))
      throw garmentInvalid(`the joints of mesh ${name} do not stand in the rest pose`, PREPARE_ANEW);
  }
  return bind;
}

/** Returns the vectors of an attribute, each transformed by `change`, which may change its argument: 3 × vertices. */
function transformed(attribute: Attribute, change: (v: Vector3) => Vector3): Float32Array {
  const result = new Float32Array(3 * attribute.count);
  for (let i = 0; i < attribute.count; i++) change(vector.fromBufferAttribute(attribute, i)).toArray(result, 3 * i);
  return result;
}

/** Returns the values of an attribute with `size` values a vertex: `size` × vertices. */
function readValues(attribute: Attribute, size: number): Float32Array {
  const result = new Float32Array(size * attribute.count);
  for (let i = 0; i < result.length; i++) result[i] = attribute.getComponent(Math.floor(i / size), i % size);
  return result;
}

/** Returns the vertices' colours, 4 values each; alpha is 1 where the file has only red, green and blue. */
function readColors(color: Attribute): Float32Array {
  const result = new Float32Array(4 * color.count).fill(1);
  for (let i = 0; i < color.count; i++)
    for (let k = 0; k < color.itemSize; k++) result[4 * i + k] = color.getComponent(i, k);
  return result;
}

/** Returns the mesh's triangles, 3 × triangles. Throws for none and for an index that is not below `vertices`. */
function readIndices({ geometry: { index }, name }: Mesh, vertices: number): Uint16Array | Uint32Array {
  const indices = vertices > 65535 ? new Uint32Array(index?.count ?? 0) : new Uint16Array(index?.count ?? 0);
  for (let i = 0; index && i < indices.length; i++) {
    indices[i] = index.getX(i);
    if (!(indices[i] < vertices))
      throw garmentInvalid(`mesh ${name} has a triangle outside its vertices`, PREPARE_ANEW);
  }
  if (indices.length === 0 || indices.length % 3 !== 0)
    throw garmentInvalid(`mesh ${name} has no list of triangles`, PREPARE_ANEW);
  return indices;
}

/** Returns the joints of each vertex as indices into `boneNames`, 4 × vertices. Throws for a joint of another name. */
function readSkinIndices({ skeleton, name }: SkinnedMesh, joints: Attribute): Uint16Array {
  const bones = skeleton.bones.map(({ userData, name: loaded }) => {
    // GLTFLoader may change a node's name; it then keeps the name in the file in `userData`.
    const bone = String(userData.name ?? loaded);
    if (!Object.hasOwn(boneIndex, bone))
      throw garmentInvalid(`mesh ${name} hangs on ${bone.slice(0, 30)}, no bone of the mannequin`, PREPARE_ANEW);
    return boneIndex[bone as BoneName];
  });
  const result = new Uint16Array(4 * joints.count);
  for (let i = 0; i < result.length; i++) {
    const bone = bones[joints.getComponent(Math.floor(i / 4), i % 4)];
    if (bone === undefined)
      throw garmentInvalid(`mesh ${name} names a joint that its skin does not have`, PREPARE_ANEW);
    result[i] = bone;
  }
  return result;
}

/**
 * Loads the mesh's materials by the name of their colour variant, from `KHR_materials_variants`, which three.js reads
 * but does not apply.
 */
async function readVariants(mesh: Mesh, parser: GLTFParser): Promise<Record<string, Material>> {
  const names = readVariantNames(parser);
  const extension = mesh.userData.gltfExtensions?.KHR_materials_variants as
    | { mappings?: { material: number; variants: number[] }[] }
    | undefined;
  const variants: Record<string, Material> = {};
  for (const { material, variants: of } of extension?.mappings ?? []) {
    // GLTFLoader adapts a material to its mesh: for a mesh without tangents it flips the normal map's y. Do the same
    // for the variants.
    const swatch = mesh.clone();
    swatch.material = (await parser.getDependency('material', material)) as Material;
    parser.assignFinalMaterial(swatch);
    for (const index of of) if (names[index] !== undefined) variants[names[index]] = swatch.material as Material;
  }
  return variants;
}

/** Returns the names of the colour variants of GLTFLoader's file, in the order of the file; [] if it has none. */
export function readVariantNames(parser: GLTFParser): string[] {
  const declared = parser.json.extensions?.KHR_materials_variants?.variants as { name?: unknown }[] | undefined;
  return Array.isArray(declared) ? declared.map(({ name }) => String(name)) : [];
}
