import { readFile } from 'node:fs/promises';
import { Material } from 'three';
import { bindCloth } from '../../../src/adopt/bind-cloth.ts';
import { completeBinding } from '../../../src/garment/complete-binding.ts';
import type { Garment, GarmentManifest, GarmentMesh } from '../../../src/garment/garment.ts';
import { parseGarment } from '../../../src/garment/parse-garment.ts';
import { readGlb } from '../../../src/garment/read-glb.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { allowGarmentsInNode } from '../load-piece.ts';
import { makeLongSleeve } from './make-long-sleeve.ts';
import { makeSkirt } from './make-skirt.ts';

/** Names of the garments, as they are worn together, from the skin outwards. */
export const garmentNames = ['tee', 'skirt', 'long-sleeve', 'outer'] as const;
/** One of `garmentNames`. */
export type GarmentName = (typeof garmentNames)[number];

/** A prepared garment. */
const TEE = 'assets/tee.glb';
/** Viscose of a skirt and jersey of a wide top: per cent, and g/m². */
const SKIRT: GarmentManifest = {
  kind: 'skirt',
  layer: 1,
  sizes: { M: { waist: 86 } },
  baseSize: 'M',
  fabric: { stretch: 8, weight: 180 },
};
const LONG_SLEEVE: GarmentManifest = {
  kind: 'top',
  layer: 2,
  sizes: { M: { chest: 114 } },
  baseSize: 'M',
  fabric: { stretch: 15, weight: 200 },
};

/**
 * Creates the garments of the benchmark, bound to `mannequin`: the tee of `assets`, a flared skirt, a wide top with
 * long sleeves, and the tee again as what is worn over both.
 */
export async function createWardrobe(mannequin: Mannequin): Promise<Record<GarmentName, Garment>> {
  allowGarmentsInNode();
  const glb = readGlb(Uint8Array.from(await readFile(TEE)));
  const tee = await parseGarment(glb, { url: TEE, mannequin, warnings: [] });
  return {
    tee,
    skirt: await bindMesh(await makeSkirt(mannequin), SKIRT, mannequin),
    'long-sleeve': await bindMesh(makeLongSleeve(mannequin), LONG_SLEEVE, mannequin),
    outer: { ...tee, manifest: { ...tee.manifest, kind: 'outer', layer: 3 } },
  };
}

/** Returns a garment of one mesh, which was modelled on the mannequin's base shape. */
async function bindMesh(mesh: GarmentMesh, manifest: GarmentManifest, mannequin: Mannequin): Promise<Garment> {
  const parts = [{ ...mesh, material: new Material(), variants: {} }];
  const wearer = { mannequin, madeOn: null };
  const binding = completeBinding(parts, await bindCloth(parts, manifest.kind, wearer), wearer);
  return { url: `${mesh.name}.glb`, manifest, parts, binding, colors: [], warnings: [], dispose() {} };
}
