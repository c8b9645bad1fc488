import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has the program `redis-server`. */
export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

/** Returns a port that nobody listens at. */
function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}

/** Starts a Redis of its own, which keeps nothing. Resolves to its address when it answers. */
export async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'fitting-room-redis-'));
  const port = await freePort();
  const redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]);
  const ended = new Promise<void>((resolve) => redis.once('close', () => resolve()));
  await new Promise<void>((ready, fail) => {
    redis.once('error', fail);
    redis.stdout.on('data', (text: Buffer) => String(text).includes('Ready to accept') && ready());
    void ended.then(() => fail(new Error('redis-server ended')));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      redis.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
