import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from './read-imports.test-helper.ts';

const guide = readFileSync(join(REPOSITORY, 'CONTRIBUTING.md'), 'utf8');

/** The rows `| \`name\` | \`file\` | what it does |` of the table under a heading of the guide. */
function readTable(heading: string): { name: string; file: string; does: string }[] {
  const section = guide.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `(\w+)` \| `(\S+)` \| (.+) \|$/gm)].map(([, name, file, does]) => ({
    name,
    file,
    does,
  }));
}

function isExported(name: string, file: string): boolean {
  const path = join(REPOSITORY, file);
  if (!existsSync(path)) return false;
  return new RegExp(`^export (async )?(function|class) ${name}\\b`, 'm').test(readFileSync(path, 'utf8'));
}

describe('contributing guide', () => {
  it.each(["A frame's way", "A garment's way"])('"%s" names functions that the named files export', (heading) => {
    const rows = readTable(heading);
    expect(rows.length).toBeGreaterThanOrEqual(10);
    const missing = rows.filter(({ name, file }) => !isExported(name, file));
    expect(missing.map(({ name, file }) => `${file} exports no ${name}`)).toEqual([]);
  });

  it('a function that was renamed or moved is noticed', () => {
    expect(isExported('solveFrame', 'src/session/solve-frame.ts')).toBe(true);
    expect(isExported('solvePicture', 'src/session/solve-frame.ts')).toBe(false);
    expect(isExported('solveFrame', 'src/session/no-such-file.ts')).toBe(false);
  });
});
