import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleTypes } from './bundle-types.ts';
import { describeElement } from './describe-element.ts';

/** Types of packages that are bundled, and the types of the browser that stand for them. */
const REPLACEMENTS = { 'lit LitElement': 'HTMLElement' };
const FRAMEWORK_TYPES = 'tools/pack/types';

/**
 * Writes the types of the package into `target` (a path): those of both entries, those of the tags in each framework,
 * and `custom-elements.json`. `source`: path of the folder in which tsc wrote the declarations of `src`.
 */
export async function writeTypes(source: string, target: string): Promise<void> {
  await writeFile(join(target, 'index.d.ts'), bundleTypes(join(source, 'index.d.ts'), REPLACEMENTS));
  await writeFile(join(target, 'define.d.ts'), "export { FittingGarment, FittingRoom } from './index.js';\n");
  for (const name of await readdir(FRAMEWORK_TYPES)) await copyFile(join(FRAMEWORK_TYPES, name), join(target, name));
  const modules = [
    describeElement(join(source, 'element/fitting-room.d.ts'), 'FittingRoom', 'dist/define.js'),
    describeElement(join(source, 'element/fitting-garment.d.ts'), 'FittingGarment', 'dist/define.js'),
  ];
  const manifest = { schemaVersion: '1.0.0', readme: 'README.md', modules };
  await writeFile(join(target, 'custom-elements.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}
