import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CompressedFiles } from './compressed-files.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'compressed-files-'))));
afterAll(() => rm(folder, { recursive: true }));

it('sends a file compressed, notes its size, and answers 404 for a file that is missing', async () => {
  const text = 'a garment, '.repeat(1000);
  await writeFile(join(folder, 'room.js'), text);
  const files = new CompressedFiles();
  const server = createServer(files.serve(folder));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const answer = await fetch(`${url}/room.js`);
    expect(answer.headers.get('Content-Type')).toBe('text/javascript');
    expect(await answer.text()).toBe(text);
    const sent = Number(answer.headers.get('Content-Length'));
    expect(sent).toBeLessThan(text.length / 20);
    expect([...files.bytes]).toEqual([[join(folder, 'room.js'), sent]]);
    expect((await fetch(`${url}/absent.js`)).status).toBe(404);
    expect(files.bytes.size).toBe(1);
  } finally {
    server.close();
  }
});
