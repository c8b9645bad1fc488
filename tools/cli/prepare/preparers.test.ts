import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPreparers, PreparerEnded } from './preparers.ts';

describe('createPreparers', () => {
  it('says that a process ended, and prepares the next garment in a new one', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'fitting-room-preparers-'));
    const script = join(dir, 'child.mjs');
    await writeFile(
      script,
      `process.on('message', ({ preparation }) => {
        if (preparation.source === 'poison') process.exit(7);
        process.send({ prepared: { ...preparation, pid: process.pid } });
      });`,
    );
    const preparers = createPreparers({ assetsFolder: '', folder: dir, usage: '', count: 1, program: [script] });
    const ask = (source: string) => preparers.prepare({ source, target: 'x', isCopied: false });
    const results = await Promise.allSettled([ask('a'), ask('poison'), ask('b'), ask('c')]);
    preparers.close();
    await rm(dir, { recursive: true });
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    const { reason } = results[1] as PromiseRejectedResult;
    expect(reason).toBeInstanceOf(PreparerEnded);
    expect(reason.message).toContain('poison: the process that prepared it ended (exit code 7)');
    const pids = results.flatMap((result) => (result.status === 'fulfilled' ? [Object(result.value).pid] : []));
    expect(pids[1]).toBe(pids[2]);
    expect(pids[0]).not.toBe(pids[1]);
  });
});
