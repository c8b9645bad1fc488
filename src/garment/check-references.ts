import { FittingError } from '../errors.ts';

/** An object of the file's JSON header. */
export type Json = Record<string, unknown>;
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The objects of a list; after `checkReferences` that is all of it. */
export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function invalid(reason: string): FittingError {
  return new FittingError('garment-invalid', reason);
}

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

/** Nothing in a material lies deeper (extension → texture info → transform). */
const MATERIAL_DEPTH = 6;

/**
 * Follows every number by which one thing in a glTF header names another, and the tree of nodes. Throws `FittingError`
 * `garment-invalid` saying which reference is broken; a loader would stumble over it without a word that helps.
 */
export function checkReferences(json: Json): void {
  for (const kind of kinds) {
    const entries = json[kind];
    if (entries !== undefined && !(Array.isArray(entries) && entries.every(isJson)))
      throw invalid(`the file's ${kind} are not a list of objects`);
  }
  const check = (from: string, index: unknown, kind: Kind): void => {
    if (index === undefined) return;
    const count = list(json[kind]).length;
    if (Number.isInteger(index) && Number(index) >= 0 && Number(index) < count) return;
    throw invalid(`${from} refers to number ${String(index).slice(0, 20)} of the file's ${kind}, which has ${count}`);
  };
  const checkAll = (from: string, indices: unknown, kind: Kind): void => {
    if (indices === undefined) return;
    if (!Array.isArray(indices) && !isJson(indices)) throw invalid(`${from} is malformed`);
    for (const index of Object.values(indices)) check(from, index ?? null, kind);
  };
  const each = (kind: Kind, visit: (entry: Json, name: string) => void): void =>
    list(json[kind]).forEach((entry, i) => visit(entry, `${kind}[${i}]`));

  // Without `scene` the loader shows the first.
  check('scene', json.scene ?? 0, 'scenes');
  each('scenes', ({ nodes }, at) => checkAll(`${at}.nodes`, nodes, 'nodes'));
  each('nodes', ({ children, mesh, skin }, at) => {
    checkAll(`${at}.children`, children, 'nodes');
    check(`${at}.mesh`, mesh, 'meshes');
    check(`${at}.skin`, skin, 'skins');
  });
  each('skins', ({ joints, skeleton, inverseBindMatrices }, at) => {
    checkAll(`${at}.joints`, joints ?? null, 'nodes');
    check(`${at}.skeleton`, skeleton, 'nodes');
    check(`${at}.inverseBindMatrices`, inverseBindMatrices, 'accessors');
  });
  each('meshes', ({ primitives }, at) => {
    if (!Array.isArray(primitives) || !primitives.every(isJson)) throw invalid(`${at} has no list of primitives`);
    primitives.forEach(({ attributes, indices, material, targets, extensions }, p) => {
      const from = `${at}.primitives[${p}]`;
      checkAll(`${from}.attributes`, attributes ?? null, 'accessors');
      check(`${from}.indices`, indices, 'accessors');
      check(`${from}.material`, material, 'materials');
      if (targets !== undefined && !Array.isArray(targets)) throw invalid(`${from}.targets is malformed`);
      for (const target of targets ?? []) checkAll(`${from}.targets`, target ?? null, 'accessors');
      const variants = isJson(extensions) ? extensions.KHR_materials_variants : undefined;
      if (variants === undefined) return;
      if (!isJson(variants) || !Array.isArray(variants.mappings))
        throw invalid(`${from} has colour variants without mappings`);
      for (const mapping of variants.mappings) {
        if (!isJson(mapping) || !Array.isArray(mapping.variants))
          throw invalid(`${from} has a malformed colour variant`);
        check(`${from}'s colour variant`, mapping.material ?? null, 'materials');
      }
    });
  });
  each('accessors', ({ bufferView, sparse }, at) => {
    check(`${at}.bufferView`, bufferView, 'bufferViews');
    if (sparse === undefined) return;
    if (!isJson(sparse) || !isJson(sparse.indices) || !isJson(sparse.values))
      throw invalid(`${at}.sparse is malformed`);
    check(`${at}.sparse.indices.bufferView`, sparse.indices.bufferView ?? null, 'bufferViews');
    check(`${at}.sparse.values.bufferView`, sparse.values.bufferView ?? null, 'bufferViews');
  });
  each('bufferViews', ({ buffer, extensions }, at) => {
    check(`${at}.buffer`, buffer ?? null, 'buffers');
    for (const packed of isJson(extensions) ? Object.values(extensions) : [])
      if (isJson(packed)) check(`${at}'s packed buffer`, packed.buffer, 'buffers');
  });
  each('images', ({ bufferView }, at) => check(`${at}.bufferView`, bufferView, 'bufferViews'));
  each('textures', ({ source, sampler, extensions }, at) => {
    check(`${at}.source`, source, 'images');
    check(`${at}.sampler`, sampler, 'samplers');
    for (const other of isJson(extensions) ? Object.values(extensions) : [])
      if (isJson(other)) check(`${at}.source`, other.source, 'images');
  });
  // Extensions bring textures of their own: whatever is called so is one.
  const checkTextures = (at: string, value: Json, depth: number): void => {
    for (const [key, inner] of Object.entries(value)) {
      if (!isJson(inner) || depth === 0) continue;
      if (key.endsWith('Texture')) check(`${at}.${key}`, inner.index ?? null, 'textures');
      checkTextures(`${at}.${key}`, inner, depth - 1);
    }
  };
  each('materials', (material, at) => checkTextures(at, material, MATERIAL_DEPTH));
  checkTree(list(json.nodes));
}

/** Every node hangs from at most one other, and none from itself. */
function checkTree(nodes: Json[]): void {
  const parents = new Int32Array(nodes.length).fill(-1);
  nodes.forEach(({ children }, n) => {
    for (const child of Array.isArray(children) ? (children as number[]) : []) {
      if (parents[child] >= 0)
        throw invalid(`nodes[${child}] hangs from both nodes[${parents[child]}] and nodes[${n}]`);
      parents[child] = n;
    }
  });
  // What is known to lead to a root needs no second walk.
  const rooted = new Uint8Array(nodes.length);
  for (let start = 0; start < nodes.length; start++) {
    let steps = 0;
    for (let n = start; n >= 0 && rooted[n] === 0; n = parents[n]) {
      if (++steps > nodes.length) throw invalid(`nodes[${start}] hangs from itself: the nodes form a cycle`);
    }
    for (let n = start; n >= 0 && rooted[n] === 0; n = parents[n]) rooted[n] = 1;
  }
}
