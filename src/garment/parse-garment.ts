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

export interface ParseGarmentOptions {
  url: string;
  mannequin: Mannequin;
  /** Becomes the garment's own list; warnings about the file are added. */
  warnings: string[];
  signal?: AbortSignal;
}

/**
 * Reads a prepared garment from its GLB, which `checkGlb` has accepted. Changes `glb.json`.
 *
 * 1. Checks the manifest and the body that the garment was made on.
 * 2. Loads meshes, materials and pictures by GLTFLoader.
 * 3. Reads the meshes (`readParts`) and their binding to the mannequin (`readBinding`).
 *
 * Rejects with `FittingError` `garment-invalid`, and with the signal's reason when aborted.
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
    // The header is parsed already, so the loader does not see the container and cannot find its binary chunk.
    parser.loadBuffer = async () => binary.slice().buffer;
    return (images = new DecodeImages(parser));
  });
  // The loader also accepts a parsed header, which its types do not say.
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

/** Frees the materials and pictures of a garment, and GLTFLoader's geometry. */
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
