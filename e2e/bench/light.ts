// `npm run bench -- light`: whether white reads white and black reads black. The synthetic person stands in six lights
// and tries on a white, a grey and a black T-shirt; the truth is the same person filmed in that T-shirt. The camera
// exposes for each room by itself.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { personColors, type SkinName } from '../../src/synthetic/person-colors.ts';
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
  /** Number of runs through all lights; each begins with the next seed. */
  seeds: number;
  /** Whether pictures are written to `e2e/output`. */
  sheets: boolean;
}

/** One T-shirt in one light. */
interface LightResult extends Omit<LightJudgement, 'sheet'> {
  light: string;
  /** Seed of the run. */
  run: number;
  /** CSS colours of skin and wall. */
  skin: string;
  wall: string;
}

/** What came out: every T-shirt in every light, and the mean of all. */
export interface LightReport {
  results: LightResult[];
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
const ROOMS: readonly { wall: string; skin?: SkinName }[] = [
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

/** Runs the benchmark, prints the figures, and returns them. */
export async function benchLight({ model, only, seed, seeds, sheets }: LightOptions): Promise<LightReport> {
  const tee = await makeGreyTee();
  const routes = {
    '/grey/': (_request: unknown, response: import('node:http').ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'model/gltf-binary' }).end(tee);
    },
  };
  return openBench({ page: 'light-page', routes }, async ({ page }) => {
    const results: LightResult[] = [];
    for (let run = seed; run < seed + seeds; run++)
      for (const [s, scene] of SCENES.entries()) {
        if (only && !only.includes(scene.light)) continue;
        const room = ROOMS[Math.floor((run + s - 1) / SCENES.length) % ROOMS.length];
        const judgements = await callPage<LightBench, 'judge'>(page, 'judge', {
          ...scene,
          ...room,
          seed: run + s,
          garment: '/grey/tee.glb',
          colours: COLOURS,
          model,
          hasSheet: sheets,
        });
        const { skin } = personColors(run + s, room.skin);
        for (const { sheet, ...figures } of judgements) {
          const colour = COLOUR_NAMES[figures.colour] ?? figures.colour;
          results.push({ ...figures, colour, light: scene.light, run, skin, wall: room.wall });
          if (!sheet) continue;
          await mkdir(SHEETS, { recursive: true });
          await writeFile(`${SHEETS}/light-${run}-${scene.light}-${colour}.png`, Buffer.from(sheet, 'base64'));
        }
      }
    printResults(results, seeds);
    return { results, mean: { deltaE: mean(results.map(({ deltaE }) => deltaE)) } };
  });
}

/** Prints every T-shirt of a single run; of more runs the means by seed, skin, wall and light. */
function printResults(results: readonly LightResult[], seeds: number): void {
  if (seeds === 1) {
    const rows = results.map(({ light, colour, deltaE, shading, bias }) => [
      `${light} ${colour}`,
      ...[deltaE, shading, ...bias].map((value) => value.toFixed(1)),
    ]);
    printTable(['light and T-shirt', 'ΔE2000', 'shading', 'L', 'a', 'b'], rows);
  } else {
    const rows = (['run', 'skin', 'wall', 'light'] as const).flatMap((key) =>
      [...new Set(results.map((result) => result[key]))].map((value) => {
        const some = results.filter((result) => result[key] === value);
        const meanOf = (number: (result: LightResult) => number): string => mean(some.map(number)).toFixed(2);
        return [`${key} ${value}`, meanOf(({ deltaE }) => deltaE), meanOf(({ bias }) => bias[0])];
      }),
    );
    printTable(['mean of', 'ΔE2000', 'L'], rows);
  }
  console.log(`mean ΔE2000 ${mean(results.map(({ deltaE }) => deltaE)).toFixed(2)}`);
}
