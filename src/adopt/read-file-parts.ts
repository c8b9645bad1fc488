/**
 * Reads every triangle mesh of a garment file's default scene (its first scene if it has no default), in the rest pose,
 * space and unit of the file.
 *
 * 1. List the scene's nodes and read the skeleton.
 * 2. Read each mesh's triangles and the vertices that they use.
 * 3. Transform the vertices by node and bind matrices into the file's rest pose. This also undoes quantisation. Scale
 *    the skin weights to sum to 1.
 */
import type { Accessor, Document, Node, Primitive, PrimitiveTarget } from '@gltf-transform/core';
import { Matrix3, Matrix4, Vector3 } from 'three';
import type { GarmentMesh } from '../garment/garment.ts';
import { EXPORT_ANEW, garmentInvalid } from '../garment/garment-invalid.ts';
import { GRADE_ATTRIBUTE, GRADE_METRES } from '../garment/prepared-format.ts';
import { readFileRig } from './read-file-rig.ts';
import { readSkin } from './read-skin.ts';
import { readTriangles } from './read-triangles.ts';
import type { Rig } from './rig.ts';
import { TimeSlice } from './time-slice.ts';

/** Opening and saving such a file mends nothing: a program may put the points at the origin, as a spike. */
const NUMBERS_REMEDY =
  'export it again from the program that made it (ask the supplier), or move these points to their neighbours in Blender';

/** Scratch of one vertex. */
const matrix = new Matrix4();
const normalMatrix = new Matrix3();
const vector = new Vector3();
const morphVector = new Vector3();
const element: number[] = [0, 0, 0, 0];
/** Morph targets whose names begin with this are sizes. */
const SIZE_PREFIX = 'size:';
/** Most sets of texture coordinates: three.js's materials know four. */
const MAX_UV_SETS = 4;

/**
 * A mesh (positions, normals, texture coordinates, triangles, weights, size displacements) in the rest pose and unit of
 * its file, skinned to the joints of its file.
 */
export interface FilePart extends Omit<GarmentMesh, 'skinIndices'> {
  /** 4 × vertices: indices into the rig's joints; null for a mesh without a skin and without a joint above its node. */
  joints: Uint16Array | null;
}

/** What `readFileParts` reads from a document. */
export interface FileParts {
  /** One for each primitive of triangles that a node of the scene shows. */
  parts: FilePart[];
  /** By part: the primitive that it was read from, with its material and colour variants. */
  primitives: Primitive[];
  /** The joints of all skins in the scene, and the nodes above them. */
  rig: Rig;
}

/**
 * Reads every triangle mesh of a glTF document's default scene (steps above). Between slices of the work the page gets
 * time to draw.
 *
 * A mesh without a skin whose node is below a joint (a button) is skinned to that joint with weight 1. Morph targets
 * `size:NAME` become size displacements; others count where the file shows them by default. Rejects with `FittingError`
 * `garment-invalid` for a broken mesh and for a scene without a mesh.
 */
export async function readFileParts(document: Document): Promise<FileParts> {
  const root = document.getRoot();
  const scene = root.getDefaultScene() ?? root.listScenes()[0];
  const nodes: Node[] = [];
  // Parents first, children in the order of the file.
  const collect = (node: Node): void => {
    nodes.push(node);
    node.listChildren().forEach(collect);
  };
  scene.listChildren().forEach(collect);

  const { rig, numbers, worldMatrices } = readFileRig(nodes);
  const parts: FilePart[] = [];
  const primitives: Primitive[] = [];
  for (const node of nodes) {
    for (const [p, primitive] of (node.getMesh()?.listPrimitives() ?? []).entries()) {
      const source = { node, primitive, name: nameOf(node, p), numbers, worldMatrices };
      const part = await readPart(source);
      if (!part) continue;
      parts.push(part);
      primitives.push(primitive);
    }
  }
  if (parts.length === 0)
    throw garmentInvalid('the scene shows no mesh', 'export the garment in the scene that is shown');
  return { parts, primitives, rig };
}

/** Returns the name of a mesh's primitive (number from 0): the mesh's or node's name, with a suffix after the first. */
function nameOf(node: Node, primitive: number): string {
  const name = node.getMesh()?.getName() || node.getName() || 'mesh';
  return primitive === 0 ? name : `${name}_${primitive}`;
}

/** A primitive with the node that shows it. */
interface PartSource {
  node: Node;
  primitive: Primitive;
  /** For the part and for errors. */
  name: string;
  /** Joint → its index in the rig. */
  numbers: ReadonlyMap<Node, number>;
  /** From each node's space to the scene's, in the file's units. */
  worldMatrices: ReadonlyMap<Node, Matrix4>;
}

/** Steps 2 and 3 for one primitive. Null for points and lines. */
async function readPart({ node, primitive, name, numbers, worldMatrices }: PartSource): Promise<FilePart | null> {
  const position = primitive.getAttribute('POSITION');
  if (!position) throw garmentInvalid(`mesh ${name} has no vertices`, EXPORT_ANEW);
  const triangles = readTriangles(primitive, position.getCount(), name);
  if (!triangles) return null;
  const { indices, used } = triangles;
  const count = used.length;
  const normal = primitive.getAttribute('NORMAL');
  const uv = primitive.getAttribute('TEXCOORD_0');
  const skin = node.getSkin();
  const carrier = skin ? undefined : carrierOf(node, numbers);
  const weights = skin ? readSkin(skin, primitive, { name, numbers, worldMatrices }) : null;

  const joints = weights || carrier !== undefined ? new Uint16Array(4 * count) : null;
  const skinWeights = new Float32Array(4 * count);
  const positions = new Float32Array(3 * count);
  const normals = new Float32Array(3 * count);
  const targets = primitive.listTargets().flatMap((target) => {
    const source = target.getAttribute('POSITION');
    const size = target.getName();
    return source && size.startsWith(SIZE_PREFIX)
      ? [{ size: size.slice(SIZE_PREFIX.length), source, deltas: new Float32Array(3 * count) }]
      : [];
  });
  const morphs = shownMorphs(node, primitive);

  const slice = new TimeSlice();
  for (let i = 0; i < count; i++) {
    if (slice.isOver()) await slice.next();
    const vertex = used[i];
    if (weights && joints) {
      weights.read(vertex, joints, skinWeights, 4 * i, matrix);
    } else {
      matrix.copy(worldMatrices.get(node)!);
      if (joints) joints[4 * i] = carrier!;
      skinWeights[4 * i] = 1;
    }
    readMorphed('POSITION', position, vertex, morphs)
      .applyMatrix4(matrix)
      .toArray(positions, 3 * i);
    normalMatrix.setFromMatrix4(matrix);
    for (const { source, deltas } of targets)
      readVector(source, vertex)
        .applyMatrix3(normalMatrix)
        .toArray(deltas, 3 * i);
    if (normal)
      readMorphed('NORMAL', normal, vertex, morphs)
        .applyMatrix3(normalMatrix.invert().transpose())
        .normalize()
        .toArray(normals, 3 * i);
  }
  const grade = primitive.getAttribute(GRADE_ATTRIBUTE);
  const readPairs = (accessor: Accessor, unit: number): Float32Array =>
    Float32Array.from({ length: 2 * count }, (_, i) => unit * accessor.getElement(used[i >> 1], element)[i & 1]);
  const moreUvs: Float32Array[] = [];
  for (let set = 1; set < MAX_UV_SETS; set++) {
    const more = primitive.getAttribute(`TEXCOORD_${set}`);
    if (more) moreUvs.push(readPairs(more, 1));
    else break;
  }
  const color = primitive.getAttribute('COLOR_0');
  const colors = color && readColors(color, used);
  const uvs = uv && readPairs(uv, 1);
  const grades = grade && readPairs(grade, GRADE_METRES);
  const sizes = Object.fromEntries(targets.map(({ size, deltas }) => [size, deltas]));
  for (const data of [
    positions,
    normals,
    skinWeights,
    ...(uvs ? [uvs] : []),
    ...moreUvs,
    ...(colors ? [colors] : []),
    ...(grades ? [grades] : []),
    ...Object.values(sizes),
  ]) {
    if (!data.every(Number.isFinite))
      throw garmentInvalid(`mesh ${name} has coordinates that are not numbers`, NUMBERS_REMEDY);
  }
  return {
    name,
    positions,
    normals,
    uvs,
    ...(moreUvs.length > 0 && { moreUvs }),
    ...(colors && { colors }),
    indices,
    joints,
    skinWeights,
    sizes,
    ...(grades && { grades }),
  };
}

/** Returns the colours of the vertices `used`, 4 values each (red, green, blue, linear; alpha 1 where there is none). */
function readColors(color: Accessor, used: readonly number[]): Float32Array {
  const colors = new Float32Array(4 * used.length).fill(1);
  used.forEach((vertex, i) => colors.set(color.getElement(vertex, []).slice(0, 4), 4 * i));
  return colors;
}

/** A morph target that the file shows, with its weight. */
interface ShownMorph {
  target: PrimitiveTarget;
  weight: number;
}

/**
 * Returns the morph targets that are on in the file (the weights of the node, or else of its mesh), but for sizes: the
 * garment's base size has none of these.
 */
function shownMorphs(node: Node, primitive: Primitive): ShownMorph[] {
  const own = node.getWeights();
  const weights = own.length > 0 ? own : (node.getMesh()?.getWeights() ?? []);
  return primitive
    .listTargets()
    .map((target, t) => ({ target, weight: weights[t] ?? 0 }))
    .filter(({ target, weight }) => weight !== 0 && !target.getName().startsWith(SIZE_PREFIX));
}

/** Returns element `i` of a VEC3 attribute with its morphs in `vector`, which the next call overwrites. */
function readMorphed(
  semantic: 'POSITION' | 'NORMAL',
  accessor: Accessor,
  i: number,
  morphs: readonly ShownMorph[],
): Vector3 {
  readVector(accessor, i);
  for (const { target, weight } of morphs) {
    const deltas = target.getAttribute(semantic);
    if (deltas) vector.addScaledVector(morphVector.fromArray(deltas.getElement(i, element)), weight);
  }
  return vector;
}

/** Returns element `i` of a VEC3 accessor in `vector`, which the next call overwrites. */
function readVector(accessor: Accessor, i: number): Vector3 {
  return vector.fromArray(accessor.getElement(i, element));
}

/** Returns the index of the nearest joint above a node, to which a mesh without a skin belongs; undefined for none. */
function carrierOf(node: Node, numbers: ReadonlyMap<Node, number>): number | undefined {
  for (let above = node.getParentNode(); above; above = above.getParentNode())
    if (numbers.has(above)) return numbers.get(above);
  return undefined;
}
