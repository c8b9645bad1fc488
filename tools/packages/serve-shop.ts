import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A running server. */
export interface Served {
  /** Its origin, `http://localhost:PORT`. */
  url: string;
  close(): Promise<void>;
}

/** Time limit for a server's first answer, ms. */
const START_MS = 120_000;

/** Answers requests on a free port of this machine with `answer`, and sends `headers` with each response. */
export async function serveFolder(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  headers: () => Readonly<Record<string, string>>,
): Promise<Served> {
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers())) response.setHeader(name, value);
    if (request.url === '/') request.url = '/index.html';
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Returns a port of this machine that is free now. */
async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Runs the command of a framework's own server in `folder`; `PORT` in it becomes a free port. */
export async function serveByCommand(command: string, folder: string): Promise<Served> {
  const port = await freePort();
  const child = spawn(command.replace('PORT', String(port)), { cwd: folder, shell: true, detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const close = async (): Promise<void> => {
    // The whole group: the shell does not pass signals on to the server.
    if (child.exitCode === null) process.kill(-child.pid!);
  };
  const url = `http://localhost:${port}`;
  for (const start = Date.now(); Date.now() - start < START_MS; await wait(500)) {
    if (child.exitCode !== null) break;
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { url, close };
  }
  await close();
  throw new Error(`"${command}" answers no request:\n${output.slice(-2000)}`);
}
