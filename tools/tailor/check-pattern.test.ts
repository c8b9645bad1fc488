import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allPatterns } from './all-patterns.ts';
import { checkPattern } from './check-pattern.ts';
import type { Measures, Pattern } from './pattern.ts';
import { tee } from './patterns/tee.ts';
import { writeGarmentFile } from './write-garment-file.ts';

/** The tee with one size's measures changed. */
function withMeasures(size: string, changed: Partial<Record<string, number>>): Pattern {
  const measures = Object.fromEntries(
    Object.entries({ ...tee.sizes[size], ...changed }).filter(([, value]) => value !== undefined),
  );
  return { ...tee, sizes: { ...tee.sizes, [size]: measures as Measures } };
}

describe('checkPattern', () => {
  it.each(allPatterns)('finds no fault in $pattern.id', ({ pattern }) => {
    expect(checkPattern(pattern)).toEqual([]);
  });

  it('names both edges and both lengths of a seam that does not match', () => {
    const faulty: Pattern = {
      ...tee,
      draft(measures) {
        const drafts = tee.draft(measures);
        // A back that is 2 cm longer below: its side seam no longer matches the front's.
        const back = drafts.back.map((edge) => ({
          ...edge,
          line: edge.line.map((value, i) => (i % 2 === 1 && value < -0.6 ? value - 0.02 : value)),
        }));
        return { ...drafts, back };
      },
    };
    const faults = checkPattern(faulty);
    expect(faults).toContain(
      'size M: the seam of front.sideLeft and back.sideLeft does not match: 42.50 cm against 44.50 cm',
    );
  });

  it('names the edges of a piece that cross', () => {
    const faulty: Pattern = {
      ...tee,
      draft(measures) {
        const { front, ...others } = tee.draft(measures);
        // The shoulder point is beyond the side of the neck: the shoulder runs back over the neckline.
        const armhole = front.find(({ name }) => name === 'armhole')!.line;
        const [x, y] = armhole.slice(-2);
        const moved = front.map((edge) => ({
          ...edge,
          line: edge.line.map((value, i) => {
            const [px, py] = [edge.line[i - (i % 2)], edge.line[i - (i % 2) + 1]];
            return px === x && py === y && i % 2 === 0 ? -0.05 : value;
          }),
        }));
        return { ...others, front: moved };
      },
    };
    expect(checkPattern(faulty).filter((fault) => / crosses /.test(fault))[0]).toMatch(
      /^size XS, front: \w+ crosses \w+$/,
    );
  });

  it('names measures that contradict each other', () => {
    expect(checkPattern(withMeasures('L', { neckWidth: tee.sizes.L.neckWidth + 0.004, armholeDepth: 0.95 }))).toEqual(
      expect.arrayContaining([expect.stringMatching(/armholeDepth/)]),
    );
    const rules = tee.rules.map(({ smaller, larger }) => `${smaller} < ${larger}`);
    expect(rules).toContain('neckWidth < acrossShoulder');
    const narrow = { ...tee, sizes: { M: { ...tee.sizes.M, acrossShoulder: 0.15 } } };
    expect(checkPattern(narrow)).toEqual(['size M: neckWidth (16.40 cm) must be less than acrossShoulder (15.00 cm)']);
  });

  it('names gaps of the size table: a measure, a size, the base size', () => {
    expect(checkPattern(withMeasures('L', { sleeve: undefined }))).toEqual([
      'size L has no sleeve, which other sizes have',
    ]);
    const { M, ...others } = tee.sizes;
    expect(checkPattern({ ...tee, sizes: others })).toEqual(['the base size M is not in the size table']);
    const { L, ...withoutL } = tee.sizes;
    expect(checkPattern({ ...tee, sizes: withoutL })).toContain(
      'chest grows by 10.00 cm from size M to XL, elsewhere by 6.25 cm',
    );
    expect(checkPattern(withMeasures('S', { chest: Number.NaN }))).toEqual([
      'size S: chest is NaN, not a length in metres',
    ]);
  });
});

it('writes nothing for a faulty pattern', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pattern-'));
  try {
    const faulty = withMeasures('L', { sleeve: undefined });
    await expect(writeGarmentFile(faulty, join(folder, 'tee.glb'))).rejects.toThrow(
      'tee: size L has no sleeve, which other sizes have',
    );
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
