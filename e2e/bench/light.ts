// `npm run bench -- light`: whether white reads white and black reads black. The synthetic person stands in six lights
// and tries on a white, a grey and a black T-shirt; the truth is the same person filmed in that T-shirt. The camera
// exposes for each room by itself.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { callPage } from './call-page.ts';
import { openBench } from './open-bench.ts';
import type { LightBench, LightJudgement, LitRoom } from './page/light-page.ts';
import type { FilmModel } from './page/open-tracker.ts';
import { printTable } from './print-table.ts';
import { mean } from './statistics.ts';

/** How to run the benchmark. */
export interface LightOptions {
  model: FilmModel;
  /** Names of the lights; null: all. */
  only: readonly string[] | null;
  /** Selects the first person: each has the next of `SKINS`, and stands before the next of `WALLS`. */
  seed: number;
  /** Number of persons, of whom each stands in all lights. */
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
] as const satisfies Pick<LitRoom, 'light' | 'noise'>[];
/** Skins from light to dark: sRGB of luminances from 0.59 to 0.04, a factor of 16. */
const SKINS = ['#e8c2a6', '#d9a98a', '#bb8560', '#8d5a3c', '#6b432d', '#4a2f24'];
/** Walls: white, pale, greige, wood brown, dark blue. */
const WALLS = ['#f2f0ec', '#e6e4e0', '#a8a294', '#8a5a44', '#3a4854'];
/** Step between the walls of two lights; no divisor of their number, so that each person meets several. */
const WALL_STEP = 2;
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
    for (let run = seed; run < seed + seeds; run++) {
      const skin = SKINS[run % SKINS.length];
      const rooms = SCENES.map((scene, s) => ({ ...scene, wall: WALLS[(run + WALL_STEP * s) % WALLS.length] })).filter(
        ({ light }) => !only || only.includes(light),
      );
      const scene = { rooms, seed: run, skin, garment: '/grey/tee.glb', colours: COLOURS, model, hasSheet: sheets };
      const judgements = await callPage<LightBench, 'judge'>(page, 'judge', scene);
      for (const [r, { light, wall }] of rooms.entries())
        for (const { sheet, ...figures } of judgements[r]) {
          const colour = COLOUR_NAMES[figures.colour] ?? figures.colour;
          results.push({ ...figures, colour, light, run, skin, wall });
          if (!sheet) continue;
          await mkdir(SHEETS, { recursive: true });
          await writeFile(`${SHEETS}/light-${run}-${light}-${colour}.png`, Buffer.from(sheet, 'base64'));
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
    const rows = (['skin', 'light', 'wall', 'colour', 'run'] as const).flatMap((key) =>
      [...new Set(results.map((result) => result[key]))].map((value) => {
        const some = results.filter((result) => result[key] === value);
        const meanOf = (number: (result: LightResult) => number): string => mean(some.map(number)).toFixed(2);
        const worst = Math.max(...some.map(({ deltaE }) => deltaE)).toFixed(1);
        return [
          `${key} ${value}`,
          meanOf(({ deltaE }) => deltaE),
          worst,
          ...[0, 1, 2].map((k) => meanOf(({ bias }) => bias[k])),
        ];
      }),
    );
    printTable(['mean of', 'ΔE2000', 'worst', 'L', 'a', 'b'], rows);
  }
  console.log(`mean ΔE2000 ${mean(results.map(({ deltaE }) => deltaE)).toFixed(2)}`);
}
