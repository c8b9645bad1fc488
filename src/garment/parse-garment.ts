import { type Material, Texture } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { checkSizes } from './check-sizes.ts';
import { DecodeImages } from './decode-images.ts';
import { dropUnused } from './drop-unused.ts';
import type { Garment, GarmentPart } from './garment.ts';
import { garmentExtras, readMadeOn } from './prepared-format.ts';
import { readBinding } from './read-binding.ts';
import type { Glb } from './read-glb.ts';
import { readManifest } from './read-manifest.ts';
import { readParts, readVariantNames } from './read-parts.ts';

/** Options of `parseGarment`. */
export interface ParseGarmentOptions {
  /** Address of the file; becomes the garment's `url` and is not fetched. */
  url: string;
  /** The mannequin in use. A garment that was prepared for another mannequin is refused. */
  mannequin: Mannequin;
  /** Warnings so far. This array becomes the garment's; warnings about the file are added to it. */
  warnings: string[];
  /** Checked once, after GLTFLoader has finished: the loader takes no signal. */
  signal?: AbortSignal;
}

/**
 * Reads a prepared garment from its GLB. Prepared means that the meshes are in metres in the rest pose of the mannequin
 * (the body model; +x to the wearer's left, +y up, +z forward), skinned to the mannequin's bones, and bound to its
 * skin: vertex attributes store each vertex's nearest skin vertex, its distance from the skin, and the shares in which
 * joints move it. Fitting needs this binding for every size and every shape of the body.
 *
 * 1. Reads `extras.garment` of the header: the manifest (kind, layer, fabric, and the sizes with their measures in
 *    centimetres), and the morph weights of the body that the garment was modelled on.
 * 2. Removes from the header what a garment does not need: animations, cameras, lights, tangents and hidden meshes. So
 *    GLTFLoader does not decode them.
 * 3. Loads meshes, materials and pictures with GLTFLoader.
 * 4. Reads the meshes with the materials of their colour variants (`readParts`), and the binding (`readBinding`).
 *
 * Rejects with `FittingError` `garment-invalid`, with an error of GLTFLoader, or with the signal's reason when aborted.
 * If a step after 3 fails, it disposes of the loaded meshes, materials and pictures first.
 *
 * @param glb The header (`json`, changed by step 2) and the binary chunk. Either `checkGlb` has accepted the file or
 * `prepareGarment` has made it: all its references exist, its byte ranges are inside the chunk, it refers to no other
 * file, and it is not too large. Coordinates, indices and weights are checked here.
 * @returns The garment. The caller calls its `dispose`, which frees its materials and pictures.
 */
export async function parseGarment(
  { json, binary }: Glb,
  { url, mannequin, warnings, signal }: ParseGarmentOptions,
): Promise<Garment> {
  const extras = garmentExtras(json);
  const manifest = readManifest(extras);
  const madeOn = readMadeOn(extras, mannequin);
  dropUnused(json);

  let images: DecodeImages | undefined;
  const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder).register((parser) => {
    // The loader gets the parsed header, not the GLB, so it does not find the binary chunk by itself. It needs an
    // ArrayBuffer with the chunk alone; `binary` is a view into the whole file, so its bytes are copied.
    parser.loadBuffer = async () => binary.slice().buffer;
    return (images = new DecodeImages(parser));
  });
  // The loader accepts a parsed header too, but its types do not declare it.
  const gltf = await loader.parseAsync(json as unknown as string, '');
  let parts: GarmentPart[] = [];
  try {
    signal?.throwIfAborted();
    // GLTFLoader ignores pictures that fail. These are the pictures of the default materials.
    if (images?.failure) throw images.failure;
    const read = await readParts(gltf);
    parts = read.map(({ part }) => part);
    const binding = readBinding(read, { mannequin, madeOn });
    warnings.push(...checkSizes(manifest, new Set(parts.flatMap(({ sizes }) => Object.keys(sizes)))));
    // `readParts` has loaded the materials of the colour variants, whose pictures may fail too.
    if (images?.failure) throw images.failure;
    const colors = defaultFirst(readVariantNames(gltf.parser), parts);
    return { url, manifest, parts, binding, colors, warnings, dispose: () => disposeOf(gltf, parts) };
  } catch (error) {
    disposeOf(gltf, parts);
    throw error;
  }
}

/**
 * Returns the names of the colour variants, in the order of the file but for the default, which comes first: the one
 * whose material most triangles have before a variant is chosen. If no variant has it, the first is the default.
 */
function defaultFirst(names: readonly string[], parts: readonly GarmentPart[]): string[] {
  const shown = names.map((name) =>
    parts.reduce((sum, part) => sum + (part.variants[name] === part.material ? part.indices.length : 0), 0),
  );
  const first = names[shown.indexOf(Math.max(...shown))];
  return first === undefined ? [] : [first, ...names.filter((name) => name !== first)];
}

/**
 * Frees all materials of a garment (those in the loader's scene and those of colour variants in `parts`) with their
 * textures and decoded pictures, and the geometry in the scene. `parts` is empty before they are read.
 */
function disposeOf(gltf: GLTF, parts: GarmentPart[]): void {
  const materials = new Set<Material>(
    parts.flatMap(({ material, variants }) => [material, ...Object.values(variants)]),
  );
  gltf.scene.traverse((object) => {
    const { geometry, material } = object as { geometry?: { dispose(): void }; material?: Material };
    geometry?.dispose();
    if (material) materials.add(material);
  });
  for (const material of materials) {
    for (const value of Object.values(material)) {
      if (!(value instanceof Texture)) continue;
      value.dispose();
      (value.image as ImageBitmap | null)?.close?.();
    }
    material.dispose();
  }
}
