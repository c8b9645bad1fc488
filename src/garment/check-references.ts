/**
 * Checks every index by which one object of a glTF header refers to another. A glTF loader fails on a broken index with
 * an error that does not name it.
 *
 * 1. Each value of the header that should be a list is a list of objects.
 * 2. Scenes, nodes, skins, meshes, accessors, buffer views, images, textures and materials refer to objects that exist.
 * 3. The nodes form trees: each has at most one parent, and none is its own ancestor.
 */
import { EXPORT_ANEW, garmentInvalid } from './garment-invalid.ts';
import { isJson, type Json, list } from './read-glb.ts';

/** Returns the `garment-invalid` error for a broken reference. */
function broken(fault: string): Error {
  return garmentInvalid(fault, EXPORT_ANEW);
}

/** The keys of a glTF header whose values are lists of objects that refer to each other by index. */
const kinds = [
  'scenes',
  'nodes',
  'meshes',
  'skins',
  'accessors',
  'bufferViews',
  'buffers',
  'materials',
  'textures',
  'images',
  'samplers',
] as const;
type Kind = (typeof kinds)[number];

/** Largest depth to which objects in a material are searched; glTF nests extension → texture info → transform. */
const MATERIAL_DEPTH = 6;

/**
 * Checks every index by which one object of a glTF header refers to another (steps above).
 *
 * Throws `FittingError` `garment-invalid`, which names the path of the first broken reference
 * (`meshes[0].primitives[1].indices`).
 *
 * @param json The header of a GLB, untrusted. Not changed.
 */
export function checkReferences(json: Json): void {
  for (const kind of kinds) {
    const entries = json[kind];
    if (entries !== undefined && !(Array.isArray(entries) && entries.every(isJson)))
      throw broken(`the file's ${kind} are not a list of objects`);
  }
  const check = (from: string, index: unknown, kind: Kind): void => {
    if (index === undefined) return;
    const count = list(json[kind]).length;
    if (Number.isInteger(index) && Number(index) >= 0 && Number(index) < count) return;
    throw broken(`${from} refers to number ${String(index).slice(0, 20)} of the file's ${kind}, which has ${count}`);
  };
  const checkAll = (from: string, indices: unknown, kind: Kind): void => {
    if (indices === undefined) return;
    if (!Array.isArray(indices) && !isJson(indices)) throw broken(`${from} is malformed`);
    for (const index of Object.values(indices)) check(from, index ?? null, kind);
  };
  const each = (kind: Kind, visit: (entry: Json, name: string) => void): void =>
    list(json[kind]).forEach((entry, i) => visit(entry, `${kind}[${i}]`));

  // The default scene of a file without `scene` is its first scene.
  check('scene', json.scene ?? 0, 'scenes');
  each('scenes', ({ nodes }, path) => checkAll(`${path}.nodes`, nodes, 'nodes'));
  each('nodes', ({ children, mesh, skin }, path) => {
    checkAll(`${path}.children`, children, 'nodes');
    check(`${path}.mesh`, mesh, 'meshes');
    check(`${path}.skin`, skin, 'skins');
  });
  each('skins', ({ joints, skeleton, inverseBindMatrices }, path) => {
    checkAll(`${path}.joints`, joints ?? null, 'nodes');
    check(`${path}.skeleton`, skeleton, 'nodes');
    check(`${path}.inverseBindMatrices`, inverseBindMatrices, 'accessors');
  });
  each('meshes', ({ primitives }, path) => {
    if (!Array.isArray(primitives) || !primitives.every(isJson)) throw broken(`${path} has no list of primitives`);
    primitives.forEach(({ attributes, indices, material, targets, extensions }, p) => {
      const from = `${path}.primitives[${p}]`;
      checkAll(`${from}.attributes`, attributes ?? null, 'accessors');
      check(`${from}.indices`, indices, 'accessors');
      check(`${from}.material`, material, 'materials');
      if (targets !== undefined && !Array.isArray(targets)) throw broken(`${from}.targets is malformed`);
      for (const target of targets ?? []) checkAll(`${from}.targets`, target ?? null, 'accessors');
      const variants = isJson(extensions) ? extensions.KHR_materials_variants : undefined;
      if (variants === undefined) return;
      if (!isJson(variants) || !Array.isArray(variants.mappings))
        throw broken(`${from} has colour variants without mappings`);
      for (const mapping of variants.mappings) {
        if (!isJson(mapping) || !Array.isArray(mapping.variants))
          throw broken(`${from} has a malformed colour variant`);
        check(`${from}'s colour variant`, mapping.material ?? null, 'materials');
      }
    });
  });
  each('accessors', ({ bufferView, sparse }, path) => {
    check(`${path}.bufferView`, bufferView, 'bufferViews');
    if (sparse === undefined) return;
    if (!isJson(sparse) || !isJson(sparse.indices) || !isJson(sparse.values))
      throw broken(`${path}.sparse is malformed`);
    check(`${path}.sparse.indices.bufferView`, sparse.indices.bufferView ?? null, 'bufferViews');
    check(`${path}.sparse.values.bufferView`, sparse.values.bufferView ?? null, 'bufferViews');
  });
  each('bufferViews', ({ buffer, extensions }, path) => {
    check(`${path}.buffer`, buffer ?? null, 'buffers');
    for (const packed of isJson(extensions) ? Object.values(extensions) : [])
      if (isJson(packed)) check(`${path}'s packed buffer`, packed.buffer, 'buffers');
  });
  each('images', ({ bufferView }, path) => check(`${path}.bufferView`, bufferView, 'bufferViews'));
  each('textures', ({ source, sampler, extensions }, path) => {
    check(`${path}.source`, source, 'images');
    check(`${path}.sampler`, sampler, 'samplers');
    for (const other of isJson(extensions) ? Object.values(extensions) : [])
      if (isJson(other)) check(`${path}.source`, other.source, 'images');
  });
  // In materials and their extensions every key that ends in `Texture` refers to a texture.
  const checkTextures = (path: string, value: Json, depth: number): void => {
    for (const [key, inner] of Object.entries(value)) {
      if (!isJson(inner) || depth === 0) continue;
      if (key.endsWith('Texture')) check(`${path}.${key}`, inner.index ?? null, 'textures');
      checkTextures(`${path}.${key}`, inner, depth - 1);
    }
  };
  each('materials', (material, path) => checkTextures(path, material, MATERIAL_DEPTH));
  checkTree(list(json.nodes));
}

/** Step 3. The indices in `children` have been checked. */
function checkTree(nodes: Json[]): void {
  const parents = new Int32Array(nodes.length).fill(-1);
  nodes.forEach(({ children }, n) => {
    for (const child of Array.isArray(children) ? (children as number[]) : []) {
      if (parents[child] >= 0) throw broken(`nodes[${child}] hangs from both nodes[${parents[child]}] and nodes[${n}]`);
      parents[child] = n;
    }
  });
  /** By node: 1 if a walk over its parents is known to end at a root. */
  const isRooted = new Uint8Array(nodes.length);
  for (let start = 0; start < nodes.length; start++) {
    let steps = 0;
    for (let n = start; n >= 0 && isRooted[n] === 0; n = parents[n]) {
      if (++steps > nodes.length) throw broken(`nodes[${start}] hangs from itself: the nodes form a cycle`);
    }
    for (let n = start; n >= 0 && isRooted[n] === 0; n = parents[n]) isRooted[n] = 1;
  }
}
