// `npm start`: installs what is missing, lays out the assets and serves the demo under the content security policy.
// The environment variable PORT sets the port (default 5173).
import { createServer as createProbe } from 'node:net';
import { installPackages } from './setup/install-packages.mjs';

const port = Number(process.env.PORT ?? 5173);

/** Resolves to whether no other program listens on `port`. */
function isFree() {
  return new Promise((resolve) => {
    const probe = createProbe();
    probe.once('error', () => resolve(false));
    probe.listen(port, 'localhost', () => probe.close(() => resolve(true)));
  });
}

/**
 * Closes the server when npm is told to end. npm passes SIGTERM on to the shell that started this program, and the
 * shell does not pass it on: so close the server when the shell, this program's parent, is gone. Vite handles signals
 * to this program itself.
 */
function stopWithNpm(server) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(async () => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    await server.close();
    process.exit();
  }, 500);
  timer.unref();
}

try {
  if (!(await isFree())) {
    throw new Error(
      `port ${port} is taken: stop the program that uses it, or choose another with PORT=${port + 1} npm start`,
    );
  }
  installPackages();
  const { layOutAssets } = await import('./lay-out-assets.mjs');
  await layOutAssets({ log: console.log });
  const { createServer } = await import('vite');
  const server = await createServer({
    server: { port, strictPort: true, host: 'localhost' },
    cacheDir: 'node_modules/.vite/start',
  });
  await server.listen();
  stopWithNpm(server);
  console.log(`\n  The fitting room is open: http://localhost:${port}\n  Ctrl+C closes it.\n`);
} catch (error) {
  console.error(`\n  Cannot start: ${error.message}\n`);
  process.exit(1);
}
