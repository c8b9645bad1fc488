import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Before the first tap a page loads this much at most, brotli: the promise of the shell. */
export const shellBudgetBytes = 25_000;

/** The modules that loading `entry` loads at once: static imports, all the way down. */
function staticModules(entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  const code = readFileSync(entry, 'utf8');
  for (const [, path] of code.matchAll(/(?:import|from)\s*["'](\.\/[^"']+)["']/g))
    staticModules(join(dirname(entry), path), found);
  return found;
}

/** What `define.js` of a build costs before anybody taps: each module's file and brotli bytes. */
export function shellSize(folder) {
  const modules = [...staticModules(join(folder, 'define.js'))].map((file) => ({
    file,
    bytes: brotliCompressSync(readFileSync(file)).length,
  }));
  return { modules, bytes: modules.reduce((sum, { bytes }) => sum + bytes, 0) };
}
