import type { AddressInfo } from 'node:net';
import { createConnection, createServer, type Socket } from 'node:net';

/** A line of limited speed to a server of this machine. */
export interface SlowLine {
  /** Origin by which the server is reached over the line. */
  readonly url: string;
  close(): void;
}

/**
 * Opens a line to the server at `url`: all connections together get `bytesPerSecond` of its answers, and every answer
 * arrives `latencyMs` later. Workers are slowed as well, which the browser's own throttling leaves out.
 */
export async function openSlowLine(url: string, bytesPerSecond: number, latencyMs: number): Promise<SlowLine> {
  const { port } = new URL(url);
  const sockets = new Set<Socket>();
  /** When the line has sent all that it was given, milliseconds. */
  let freeAtMs = 0;
  const server = createServer((client) => {
    const upstream = createConnection(Number(port), '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      upstream.pause();
      const now = performance.now();
      freeAtMs = Math.max(now, freeAtMs) + (1000 * chunk.length) / bytesPerSecond;
      // The next chunk is taken when this one has left; it arrives after the latency.
      setTimeout(() => upstream.resume(), freeAtMs - now);
      setTimeout(() => client.writable && client.write(chunk), freeAtMs - now + latencyMs);
    });
    upstream.on('end', () => setTimeout(() => client.end(), Math.max(0, freeAtMs - performance.now()) + latencyMs));
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
