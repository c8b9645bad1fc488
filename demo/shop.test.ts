import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync('demo/index.html', 'utf8');

/**
 * The JSON part of a binary glTF:
 * https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html#glb-file-format-specification
 */
const gltf = (() => {
  const file = readFileSync('assets/tee.glb');
  return JSON.parse(file.subarray(20, 20 + file.readUInt32LE(12)).toString('utf8'));
})();
const manifest = gltf.scenes[0].extras.garment;
function radioValues(name: string): string[] {
  return [...page.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, 'g'))].map(([, value]) => value);
}

it('the form has the sizes and colours of the garment file', () => {
  expect(radioValues('size')).toEqual(Object.keys(manifest.sizes));
  expect(radioValues('color')).toEqual(
    gltf.extensions.KHR_materials_variants.variants.map(({ name }: { name: string }) => name),
  );
});

it('the table of measures has the figures of the garment file', () => {
  const rows = [...page.matchAll(/<tr data-size="(\w+)">(.+?)<\/tr>/g)].map(([, size, cells]) => [
    size,
    ...[...cells.matchAll(/<td>([\d.]+)<\/td>/g)].map(([, cell]) => Number(cell)),
  ]);
  type Measures = { chest: number; length: number; sleeve: number };
  const wanted = Object.entries(manifest.sizes as Record<string, Measures>).map(([size, { chest, length, sleeve }]) => [
    size,
    chest,
    length,
    sleeve,
  ]);
  expect(rows).toEqual(wanted);
});

it('the weight of the cloth is that of the garment file', () => {
  expect(page).toContain(`${manifest.fabric.weight} g/m²`);
});
