import { type Material, Texture } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { checkPlacement } from '../adopt/check-placement.ts';
import { guessManifest } from '../adopt/guess-manifest.ts';
import { type SettledParts, settleParts } from '../adopt/settle-parts.ts';
import { FittingError } from '../errors.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { checkGlb, MAX_BYTES } from './check-glb.ts';
import { CheckWeights } from './check-weights.ts';
import { DecodeImages } from './decode-images.ts';
import type { Garment, GarmentManifest, GarmentPart } from './garment.ts';
import { readManifest } from './read-manifest.ts';
import { readParts, variantNames } from './read-parts.ts';

export interface LoadGarmentOptions {
  mannequin: Mannequin;
  signal?: AbortSignal;
  /** Bytes; `total` is 0 where the server does not say. */
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * Fetches a garment (GLB), checks it and turns it into parts in the mannequin's rest pose. Rejects with `FittingError`
 * `garment-unreachable` (naming the URL) or `garment-invalid` (with the reason), and with the signal's reason when
 * aborted. Whoever loads a garment disposes of it.
 */
export async function loadGarment(
  url: string,
  { mannequin, signal, onProgress }: LoadGarmentOptions,
): Promise<Garment> {
  const file = await fetchFile(url, signal, onProgress);
  try {
    return await parseGarment(url, file, mannequin, signal);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new FittingError('garment-invalid', `${url}: ${reason}`, { cause: error });
  }
}

/** The file's bytes, refused as soon as there are too many of them. */
async function fetchFile(
  url: string,
  signal: AbortSignal | undefined,
  onProgress: LoadGarmentOptions['onProgress'],
): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
    // A compressed answer is longer once unpacked than its header says: then the total is unknown.
    const total = response.headers.has('content-encoding') ? 0 : Number(response.headers.get('content-length') ?? 0);

    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let loaded = 0;
    const reader = response.body.getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      chunks.push(step.value);
      loaded += step.value.byteLength;
      if (loaded > MAX_BYTES) {
        await reader.cancel();
        throw new FittingError('garment-invalid', `${url}: the file has more than ${MAX_BYTES / 1024 / 1024} MB`);
      }
      onProgress?.(loaded, total);
    }
    return await new Blob(chunks).arrayBuffer();
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof FittingError) throw cause;
    throw new FittingError(
      'garment-unreachable',
      `${url} could not be fetched: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}

async function parseGarment(
  url: string,
  file: ArrayBuffer,
  mannequin: Mannequin,
  signal?: AbortSignal,
): Promise<Garment> {
  const { warnings } = checkGlb(file);

  let images: DecodeImages | undefined;
  const loader = new GLTFLoader()
    .setMeshoptDecoder(MeshoptDecoder)
    .register((parser) => {
      dropUnused(parser.json);
      return (images = new DecodeImages(parser));
    })
    .register((parser) => new CheckWeights(parser));
  const gltf = await loader.parseAsync(file, '');
  const release = (): void => disposeOf(gltf, parts);
  let parts: GarmentPart[] = [];
  try {
    signal?.throwIfAborted();
    if (images?.failure) throw images.failure;
    const settled = await settleParts(await readParts(gltf), mannequin, warnings);
    ({ parts } = settled);
    checkPlacement(parts, mannequin);
    const manifest = manifestOf(gltf, settled, mannequin, warnings);
    for (const part of parts) {
      for (const size of Object.keys(part.sizes)) {
        if (!Object.hasOwn(manifest.sizes, size))
          warnings.push(`the shape of size ${size} is there, its measures are not`);
      }
    }
    if (images?.failure) throw images.failure;
    return {
      url,
      manifest,
      parts,
      madeOn: settled.madeOn,
      colors: variantNames(gltf.parser),
      warnings,
      dispose: release,
    };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Tangents would go stale when a size is fitted, and colours by vertex are no part of a garment: neither is worth its bytes
 * on the GPU. Animations, cameras and lights are no part of it either, and not even read.
 */
function dropUnused(json: GlbJson): void {
  delete json.animations;
  for (const node of json.nodes ?? []) {
    delete node.camera;
    delete node.extensions;
  }
  for (const { primitives = [] } of json.meshes ?? []) {
    for (const { attributes = {} } of primitives) {
      delete attributes.TANGENT;
      delete attributes.COLOR_0;
    }
  }
}

interface GlbJson {
  animations?: unknown;
  nodes?: { camera?: unknown; extensions?: unknown }[];
  meshes?: { primitives?: { attributes?: Record<string, unknown> }[] }[];
}

function manifestOf(
  gltf: GLTF,
  { parts, madeOn }: SettledParts,
  mannequin: Mannequin,
  warnings: string[],
): GarmentManifest {
  const declared: unknown = gltf.scene.userData.garment ?? gltf.asset.extras?.garment;
  if (declared === undefined) {
    warnings.push('no extras.garment: kind and sizes are guessed');
    return guessManifest(
      parts,
      madeOn ? shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin)).joints : mannequin.joints,
    );
  }
  const result = readManifest(declared);
  if ('reason' in result) throw new FittingError('garment-invalid', result.reason);
  return result.manifest;
}

/** Frees materials, their pictures and the loader's own geometry. */
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
