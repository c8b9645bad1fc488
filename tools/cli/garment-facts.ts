import { checkGlb } from '../../src/garment/check-glb.ts';
import { checkSizes } from '../../src/garment/check-sizes.ts';
import type { GarmentKind } from '../../src/garment/garment.ts';
import { garmentExtras } from '../../src/garment/prepared-format.ts';
import { isJson, list, readGlb } from '../../src/garment/read-glb.ts';
import { readManifest } from '../../src/garment/read-manifest.ts';

/** What a file holds, once the room has understood it. */
export interface GarmentFacts {
  kind: GarmentKind;
  layer: number;
  /** Names of the sizes, and those of them that have measures: the others are shown in the wearer's own size. */
  sizes: string[];
  measuredSizes: string[];
  baseSize: string;
  /** Names of the colours; empty for one only. */
  colors: string[];
  triangles: number;
  bytes: number;
  isPrepared: boolean;
}

/**
 * Reads the facts of a prepared garment, and warnings of its sizes.
 *
 * @param origin of the maker's file: its size in bytes, and whether it was prepared already.
 */
export function readFacts(
  file: Uint8Array<ArrayBuffer>,
  origin: { bytes: number; isPrepared: boolean },
): { facts: GarmentFacts; warnings: string[] } {
  const glb = readGlb(file);
  const manifest = readManifest(garmentExtras(glb.json));
  const { kind, layer, sizes, baseSize } = manifest;
  const { KHR_materials_variants: variants } = isJson(glb.json.extensions) ? glb.json.extensions : {};
  const targets = list(glb.json.meshes).flatMap(({ extras }) => (isJson(extras) ? extras.targetNames : []));
  const shapes = targets.map(String).filter((name) => name.startsWith('size:'));
  const facts = {
    kind,
    layer,
    sizes: Object.keys(sizes),
    measuredSizes: Object.keys(sizes).filter((size) => Object.keys(sizes[size]).length > 0),
    baseSize,
    colors: isJson(variants) ? list(variants.variants).map(({ name }) => String(name)) : [],
    triangles: checkGlb(glb).triangles,
    ...origin,
  };
  return { facts, warnings: checkSizes(manifest, new Set(shapes.map((name) => name.slice('size:'.length)))) };
}

/** Describes a garment in one line. */
export function describeFacts({
  isPrepared,
  kind,
  layer,
  sizes,
  measuredSizes,
  colors,
  triangles,
  bytes,
}: GarmentFacts): string {
  const names = sizes.map((size) => (measuredSizes.includes(size) ? size : `${size} (no measures)`));
  return [
    `can be worn; ${isPrepared ? 'prepared' : 'not prepared yet'}; ${kind}, layer ${layer}`,
    `sizes ${names.join(' ')}`,
    colors.length > 0 ? `colours ${colors.join(', ')}` : 'one colour',
    `${triangles} triangles, ${(bytes / 1e6).toFixed(2)} MB`,
  ].join('; ');
}
