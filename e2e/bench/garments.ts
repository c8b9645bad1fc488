// `npm run bench -- garments`: the garments that `tools/tailor` makes, in Node, without a camera.
// 1. Each garment is worn by random people of those that it is graded for, who walk, each in the size that fits best,
// and measured in every frame.
// 2. Its cut lengths are compared with its size table, in every size.
import { readFile } from 'node:fs/promises';
import { parseGarment } from '../../src/garment/parse-garment.ts';
import { readGlb } from '../../src/garment/read-glb.ts';
import { drawPerson } from '../../src/mannequin/draw-person.ts';
import { drawShape } from '../../src/mannequin/draw-shape.ts';
import { type Mannequin, MORPH_COUNT } from '../../src/mannequin/mannequin.ts';
import { population } from '../../src/mannequin/population.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { createRandom } from '../../src/math/create-random.ts';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { measureBody } from '../../tools/mannequin/measure-body.ts';
import { allPatterns } from '../../tools/tailor/all-patterns.ts';
import { measureCut } from '../../tools/tailor/measure-cut.ts';
import type { Pattern } from '../../tools/tailor/pattern.ts';
import { ClothMeter } from './cloth/cloth-meter.ts';
import { playCloth } from './cloth/cloth-stage.ts';
import { allowGarmentsInNode } from './load-piece.ts';
import { printTable } from './print-table.ts';
import { mean, quantile } from './statistics.ts';

/** How to run the benchmark. */
export interface GarmentsOptions {
  /** Number of random people, and the seed of the first; the next have the seeds after it. */
  people: number;
  seed: number;
  /** Frames that each walks, 30 a second. */
  frames: number;
}

/** The figures of one garment. */
interface GarmentFigures {
  /** Vertices more than 6.5 mm under the skin, per cent of all: the mean of all frames, and the worst frame. */
  pokeThroughPct: number;
  worstPokePct: number;
  /** Largest difference of a measure of the simulated cloth from the size table, of all sizes, centimetres. */
  measureErrorCm: number;
  bytes: number;
  triangles: number;
  /** Time in which the room fits it in a frame, the 95th percentile, milliseconds. */
  simulateMsP95: number;
}

/** The figures that `--json` writes. */
export interface GarmentsReport {
  garments: Record<string, GarmentFigures>;
}

/** Chest of a garment over the wearer's, metres: of sizes that fit a body, the one with the ease nearest to this. */
const EASE_METRES = 0.05;

/** Returns the size of a garment whose chest suits a body of these morph weights best. */
function sizeFor({ sizes, publish }: Pattern, mannequin: Mannequin, weights: Float32Array): string {
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const wanted = measureBody(mannequin, shape).chestcircumference! + EASE_METRES;
  const missing = (size: string): number => Math.abs((publish(sizes[size]).chest ?? NaN) - wanted);
  return Object.keys(sizes).reduce((best, size) => (missing(size) < missing(best) ? size : best));
}

/** Draws the morph weights of a random person of those that a garment is graded for. */
function drawWearer({ wearer }: Pattern, seed: number): Float32Array {
  if (wearer === 'all') return drawPerson(seed);
  const sex = wearer === 'women' ? population.female : population.male;
  return drawShape(sex, createRandom(seed), new Float32Array(MORPH_COUNT));
}

/** Runs the benchmark (steps above), prints its table and returns the figures. */
export async function benchGarments({ people, seed, frames }: GarmentsOptions): Promise<GarmentsReport> {
  allowGarmentsInNode();
  const mannequin = await committedMannequin();
  const garments: GarmentsReport['garments'] = {};
  for (const { pattern, path } of allPatterns) {
    const file = Uint8Array.from(await readFile(path));
    const garment = await parseGarment(readGlb(file), { url: path, mannequin, warnings: [] });
    const pokes: number[] = [];
    const times: number[] = [];
    for (let person = seed; person < seed + people; person++) {
      const weights = drawWearer(pattern, person);
      const worn = [{ garment, size: sizeFor(pattern, mannequin, weights) }];
      let meter: ClothMeter | null = null;
      for (const frame of playCloth(mannequin, { weights, worn, motion: 'walk', frames, hangs: true })) {
        meter ??= new ClothMeter(worn[0], frame.shape);
        pokes.push(meter.measure(frame, 0).pokePct);
        // In the first frame the cloth settles.
        if (frame.frame > 0) times.push(frame.ms);
      }
    }
    const errors = measureCut(garment, pattern).map(({ wanted, measured }) => 100 * Math.abs(measured - wanted));
    garments[pattern.id] = {
      pokeThroughPct: mean(pokes),
      worstPokePct: Math.max(...pokes),
      measureErrorCm: Math.max(...errors),
      bytes: file.length,
      triangles: garment.parts.reduce((sum, { indices }) => sum + indices.length / 3, 0),
      simulateMsP95: quantile(times, 0.95),
    };
  }
  printTable(
    ['garment', 'poke %', 'worst', 'measure cm', 'kB', 'triangles', 'ms p95'],
    Object.entries(garments).map(([id, figures]) => [
      id,
      figures.pokeThroughPct.toFixed(3),
      figures.worstPokePct.toFixed(2),
      figures.measureErrorCm.toFixed(2),
      String(Math.round(figures.bytes / 1000)),
      String(figures.triangles),
      figures.simulateMsP95.toFixed(2),
    ]),
  );
  return { garments };
}
