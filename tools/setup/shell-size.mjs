import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Limit for the code that a page loads before the first tap, bytes after brotli compression. */
export const shellBudgetBytes = 25_000;

/**
 * Returns the modules that a page loads together with `entry`: its static imports (all of them are beside it or below),
 * and theirs.
 */
function staticModules(entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  const code = readFileSync(entry, 'utf8');
  for (const [, path] of code.matchAll(/(?:import|from)\s*["'](\.\/[^"']+)["']/g))
    staticModules(join(dirname(entry), path), found);
  return found;
}

/**
 * Returns the modules that a page loads with `define.js` of the build in `folder`, and their bytes after brotli
 * compression.
 */
export function shellSize(folder) {
  const modules = [...staticModules(join(folder, 'define.js'))].map((file) => ({
    file,
    bytes: brotliCompressSync(readFileSync(file)).length,
  }));
  return { modules, bytes: modules.reduce((sum, { bytes }) => sum + bytes, 0) };
}
