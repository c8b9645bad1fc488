// `npm run bench -- light`: whether white reads white and black reads black. The synthetic person stands in six lights
// and tries on a white, a grey and a black T-shirt; the truth is the same person filmed in that T-shirt.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { callPage } from './call-page.ts';
import { openBench } from './open-bench.ts';
import type { LightBench, LightJudgement, LightScene } from './page/light-page.ts';
import type { FilmModel } from './page/open-tracker.ts';
import { printTable } from './print-table.ts';
import { mean } from './statistics.ts';

/** How to run the benchmark. */
export interface LightOptions {
  model: FilmModel;
  /** Names of the lights; null: all. */
  only: readonly string[] | null;
  /**
   * Selects persons and rooms: the first light has those of this seed, the second those of the next. Seeds 1 to 6 have
   * a pale wall; each further six have the next of `ROOMS`.
   */
  seed: number;
  /** Whether pictures are written to `e2e/output`. */
  sheets: boolean;
}

/** What came out: by light and colour, and the mean of all. */
export interface LightReport {
  lights: Record<string, Record<string, Omit<LightJudgement, 'sheet' | 'colour'>>>;
  mean: { deltaE: number };
}

/** The lights, and the noise of the camera in each, as a share of white. */
const SCENES = [
  { light: 'steady', noise: 0.01 },
  { light: 'lamp', noise: 0.02 },
  { light: 'window', noise: 0.01 },
  { light: 'sun', noise: 0.005 },
  { light: 'backlight', noise: 0.02 },
  { light: 'night', noise: 0.05 },
] as const satisfies Pick<LightScene, 'light' | 'noise'>[];
/** Walls, and skins of the persons before them (by default those of their seed). */
const ROOMS: readonly Pick<LightScene, 'wall' | 'skin'>[] = [
  { wall: '#e6e4e0' },
  { wall: '#8a5a44', skin: 'light' },
  { wall: '#a8a294', skin: 'dark' },
  { wall: '#f2f0ec', skin: 'medium' },
];
/** The colours of the T-shirt. Its file has no grey: sage is made grey. */
const COLOURS = ['white', 'sage', 'black'];
const COLOUR_NAMES: Record<string, string> = { sage: 'grey' };
const GREY_ALBEDO = [0.3, 0.3, 0.3, 1];
const TEE = 'assets/tee.glb';
const SHEETS = 'e2e/output';

/** Returns the T-shirt's GLB file with its materials of the colour sage made grey. */
async function makeGreyTee(): Promise<Buffer> {
  const file = await readFile(TEE);
  // GLB 2.0: 12 bytes of header, then chunks with their length and type; the first is JSON.
  const length = file.readUInt32LE(12);
  const json = JSON.parse(file.subarray(20, 20 + length).toString('utf8'));
  for (const material of json.materials)
    if (material.name.endsWith('sage')) material.pbrMetallicRoughness.baseColorFactor = GREY_ALBEDO;
  const text = JSON.stringify(json);
  const padded = Buffer.from(text.padEnd(4 * Math.ceil(Buffer.byteLength(text) / 4)));
  const head = Buffer.from(file.subarray(0, 20));
  head.writeUInt32LE(20 + padded.length + (file.length - 20 - length), 8);
  head.writeUInt32LE(padded.length, 12);
  return Buffer.concat([head, padded, file.subarray(20 + length)]);
}

/** Runs the benchmark, prints each light when it is done, and returns the figures. */
export async function benchLight({ model, only, seed, sheets }: LightOptions): Promise<LightReport> {
  const tee = await makeGreyTee();
  const routes = {
    '/grey/': (_request: unknown, response: import('node:http').ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'model/gltf-binary' }).end(tee);
    },
  };
  return openBench({ page: 'light-page', routes }, async ({ page }) => {
    const lights: LightReport['lights'] = {};
    const rows: string[][] = [];
    for (const [s, scene] of SCENES.entries()) {
      if (only && !only.includes(scene.light)) continue;
      const judgements = await callPage<LightBench, 'judge'>(page, 'judge', {
        ...scene,
        ...ROOMS[Math.floor((seed + s - 1) / SCENES.length) % ROOMS.length],
        seed: seed + s,
        garment: '/grey/tee.glb',
        colours: COLOURS,
        model,
        hasSheet: sheets,
      });
      for (const { colour, sheet, ...figures } of judgements) {
        const name = COLOUR_NAMES[colour] ?? colour;
        (lights[scene.light] ??= {})[name] = figures;
        const { deltaE, shading, bias } = figures;
        rows.push([`${scene.light} ${name}`, ...[deltaE, shading, ...bias].map((value) => value.toFixed(1))]);
        if (!sheet) continue;
        await mkdir(SHEETS, { recursive: true });
        await writeFile(`${SHEETS}/light-${scene.light}-${name}.png`, Buffer.from(sheet, 'base64'));
      }
    }
    const all = Object.values(lights).flatMap((colours) => Object.values(colours).map(({ deltaE }) => deltaE));
    printTable(['light and T-shirt', 'ΔE2000', 'shading', 'L', 'a', 'b'], rows);
    console.log(`mean ΔE2000 ${mean(all).toFixed(2)}`);
    return { lights, mean: { deltaE: mean(all) } };
  });
}
