import { type Material, Texture } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { Mannequin } from '../mannequin/mannequin.ts';
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
  /** The mannequin that the garment must be bound to. */
  mannequin: Mannequin;
  /** Warnings so far. This array becomes the garment's; warnings about the file are added to it. */
  warnings: string[];
  /** Is checked after GLTFLoader has finished. */
  signal?: AbortSignal;
}

/**
 * Reads a prepared garment from its GLB and returns it, bound to the mannequin. The caller disposes of it.
 *
 * 1. Reads the manifest and the morph weights of the body that the garment was modelled on, from `extras.garment`.
 * 2. Loads meshes, materials and pictures with GLTFLoader.
 * 3. Reads the meshes (`readParts`) and their binding to the mannequin (`readBinding`).
 *
 * Rejects with `FittingError` `garment-invalid`, with an error of GLTFLoader, or with the signal's reason when aborted.
 * If step 3 fails, it disposes of everything that step 2 has loaded.
 *
 * @param glb `checkGlb` has accepted it. Its `json` is changed.
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
    // The loader gets the parsed header, not the GLB, so it does not find the binary chunk by itself.
    parser.loadBuffer = async () => binary.slice().buffer;
    return (images = new DecodeImages(parser));
  });
  // The loader accepts a parsed header too, but its types do not declare it.
  const gltf = await loader.parseAsync(json as unknown as string, '');
  let parts: GarmentPart[] = [];
  try {
    signal?.throwIfAborted();
    if (images?.failure) throw images.failure;
    const read = await readParts(gltf);
    parts = read.map(({ part }) => part);
    const binding = readBinding(read, { mannequin, madeOn });
    const measured = new Set(Object.keys(manifest.sizes));
    for (const size of new Set(parts.flatMap(({ sizes }) => Object.keys(sizes)))) {
      if (!measured.has(size)) warnings.push(`the shape of size ${size} is there, its measures are not`);
    }
    if (images?.failure) throw images.failure;
    const colors = readVariantNames(gltf.parser);
    return { url, manifest, parts, binding, colors, warnings, dispose: () => disposeOf(gltf, parts) };
  } catch (error) {
    disposeOf(gltf, parts);
    throw error;
  }
}

/** Disposes of a garment's materials, textures and pictures, and of the geometry that GLTFLoader has made. */
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
