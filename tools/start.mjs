// `npm start`: installs what is missing, lays out the assets and serves the demo under the strict policy.
import { createServer as createProbe } from 'node:net';
import { installPackages } from './setup/install-packages.mjs';

const port = Number(process.env.PORT ?? 5173);

/** Whether no program listens on `port` yet. */
function isFree() {
  return new Promise((resolve) => {
    const probe = createProbe();
    probe.once('error', () => resolve(false));
    probe.listen(port, 'localhost', () => probe.close(() => resolve(true)));
  });
}

/**
 * npm passes a SIGTERM on to the shell between it and this program, and that shell does not: so close the server once
 * the shell, this program's parent, is gone. A signal to this program itself is handled by Vite.
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
