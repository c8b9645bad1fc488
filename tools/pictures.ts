// Makes the pictures of the demo and the README: runs the product in a browser on the mannequin and writes
// demo/pictures/<name>.webp.
//   npm run pictures            all of them
//   npm run pictures -- hero    those whose name begins with "hero"
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import type { Shot } from './pictures/shoot.ts';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { provideBrowser } from './setup/find-browser.mjs';

/**
 * Cameras of the mannequin's source: size of the picture in pixels, vertical angle of view, distance to the mannequin,
 * and height over the floor. They see all of the mannequin, since it must be tracked; the crops (left, top, width,
 * height as shares of the picture) keep what shops usually show.
 */
const productCamera = { width: 1200, height: 1500, fovYDegrees: 36, distanceMetres: 2.9, heightMetres: 0.88 };
const heroCamera = { width: 720, height: 1200, fovYDegrees: 36, distanceMetres: 2.9, heightMetres: 0.88 };
const torsoCrop: Shot['crop'] = [0.22, 0.155, 0.56, 0.56];
const headToThighCrop: Shot['crop'] = [0.06, 0, 0.88, 0.66];

/** Arms a little away from the body, so that the garment's outline is seen. */
const standing = {
  atMs: 600,
  source: { motion: 'arms', shape: 'male-50', camera: heroCamera },
} satisfies Partial<Shot>;

/** The T-shirt in a small, a middle and a large size on one shopper at one time. */
function sizesOn(source: Shot['source'], atMs: number): Shot[] {
  return ['S', 'M', 'XXL'].map((size) => ({ size, color: 'sage', atMs, source, crop: headToThighCrop }));
}

/**
 * By name: shots side by side, with `gap` pixels between them. A shot is a picture of the mannequin in the T-shirt:
 * size, colour, camera, motion, time in the motion, and the part to keep.
 */
const pictures: Record<string, { shots: Shot[]; gap?: number }> = {
  'tee-front': {
    shots: [
      {
        ...standing,
        size: 'L',
        crop: torsoCrop,
        source: { ...standing.source, background: '#e6e1d7', camera: productCamera },
      },
    ],
  },
  hero: {
    gap: 12,
    shots: [
      { ...standing, size: 'L', layers: 'frame', crop: headToThighCrop },
      { ...standing, size: 'L', crop: headToThighCrop },
      // Forearms in front of the chest.
      {
        size: 'L',
        color: 'sage',
        crop: headToThighCrop,
        atMs: 4200,
        source: { ...standing.source, motion: 'arms-crossed' },
      },
      { size: 'XL', color: 'clay', crop: headToThighCrop, atMs: 1600, source: { ...standing.source, motion: 'sway' } },
    ],
  },
  sizes: { gap: 12, shots: sizesOn({ motion: 'arms', shape: 'female-50', camera: heroCamera }, standing.atMs) },
  'sizes-turned': { gap: 12, shots: sizesOn({ motion: 'turn', shape: 'female-50', camera: heroCamera }, 2000) },
};

const [namePrefix = ''] = process.argv.slice(2);
const server = await createServer({
  server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
  cacheDir: 'node_modules/.vite/pictures',
});
await server.listen();
// A browser without a GPU: the pictures are drawn by SwiftShader.
const browser = await chromium.launch({
  executablePath: await provideBrowser(),
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
try {
  await mkdir('demo/pictures', { recursive: true });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  const { port } = server.httpServer!.address() as AddressInfo;
  await page.goto(`http://localhost:${port}/tools/pictures/pictures.html`);
  // The page sets `window.studio`, which takes the shots of one picture.
  await page.waitForFunction(() => 'studio' in window);
  for (const [name, { shots, gap }] of Object.entries(pictures)) {
    if (!name.startsWith(namePrefix)) continue;
    const picture = await page.evaluate(([shots, gap]) => window.studio(shots, gap), [shots, gap] as const);
    const bytes = Buffer.from(picture, 'base64');
    await writeFile(`demo/pictures/${name}.webp`, bytes);
    console.log(`demo/pictures/${name}.webp  ${Math.round(bytes.length / 1000)} kB`);
  }
} finally {
  await browser.close();
  await server.close();
}
