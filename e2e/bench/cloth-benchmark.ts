// `npm run bench -- cloth`: how cloth hangs on a moving body, in Node, without a camera.
// 1. `playCloth` plays each motion on a thin, an average and a heavy body: the tee alone, then four garments together; with
//    cloth that hangs, and with the same garments only skinned.
// 2. `ClothMeter` measures each garment in each frame.
// 3. A long walk shows whether the cloth gains energy, and the tee in its sizes whether they differ as the table says.
// 4. With `--sheet`, pictures are written to e2e/output.
import { cpus, loadavg } from 'node:os';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { boneIndex } from '../../src/mannequin/mannequin.ts';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { chestGirth } from './cloth/chest-girth.ts';
import { type ClothFigures, computeClothFigures, type SeenGarment } from './cloth/cloth-figures.ts';
import { ClothMeter } from './cloth/cloth-meter.ts';
import { type ClothMotion, clothMotions } from './cloth/cloth-motions.ts';
import type { ClothPair, ClothReport, SizeSpread } from './cloth/cloth-report.ts';
import { type ClothFrame, clothMeshOf, playCloth, type WornCloth } from './cloth/cloth-stage.ts';
import { createWardrobe, type GarmentName, garmentNames } from './cloth/create-wardrobe.ts';
import { drawClothSheets } from './cloth/draw-cloth-sheets.ts';
import { measureLayers } from './cloth/measure-layers.ts';
import { printCloth } from './cloth/print-cloth.ts';
import { mean } from './statistics.ts';

/** How to run the benchmark. */
export interface ClothOptions {
  /** Frames of each motion, 30 a second. */
  frames: number;
  /** Frames of the long walk. */
  walkFrames: number;
  /** Whether pictures are written. */
  sheets: boolean;
}

/** Presets of the mannequin by what they stand for. */
const BODIES = { thin: 'female-5', average: 'female-50', heavy: 'male-95' } as const;
/** Smallest and largest of the sizes that are compared. */
const SIZES = ['S', 'XXL'] as const;
/** Size of the outer tee: it is worn over the others. */
const OUTER_SIZE = 'XL';
/** Frame in which the sizes are compared: a still body after 2 s. */
const SIZE_FRAME = 60;

/** In every so many frames the layers are measured. */
const LAYER_FRAMES = 10;

/** What one set of garments showed on one body. */
interface SetRun {
  seen: SeenGarment[];
  times: number[][];
  /** What `measureLayers` returned of every tenth frame, per cent. */
  layerPokes: number[];
}

/** Returns mannequin's garments as worn together: each in its base size, the outer one larger. */
function dress(wardrobe: Awaited<ReturnType<typeof createWardrobe>>, names: readonly GarmentName[]): WornCloth[] {
  return names.map((name) => {
    const garment = wardrobe[name];
    return { garment, size: name === 'outer' ? OUTER_SIZE : garment.manifest.baseSize };
  });
}

/** Plays all motions (steps 1 and 2) on one body. */
function playAll(
  mannequin: Mannequin,
  body: keyof typeof BODIES,
  { names, worn, hangs, frames }: { names: readonly string[]; worn: WornCloth[]; hangs: boolean; frames: number },
): SetRun {
  const run: SetRun = { seen: [], times: [], layerPokes: [] };
  const weights = mannequin.presets[BODIES[body]];
  for (const motion of Object.keys(clothMotions) as ClothMotion[]) {
    const times: number[] = [];
    let meters: ClothMeter[] = [];
    let shoulderMetres = 0;
    const sights = names.map(() => [] as ReturnType<ClothMeter['measure']>[]);
    for (const frame of playCloth(mannequin, { weights, worn, motion, frames, hangs })) {
      if (meters.length === 0) meters = worn.map((each) => new ClothMeter(each, frame.shape));
      shoulderMetres = shoulderBreadth(frame);
      times.push(frame.ms);
      if (worn.length > 1 && frame.frame % LAYER_FRAMES === 0) run.layerPokes.push(measureLayers(frame, worn));
      meters.forEach((meter, i) => void sights[i].push(meter.measure(frame, i)));
    }
    run.times.push(times);
    names.forEach((garment, i) => void run.seen.push({ garment, body, motion, shoulderMetres, sights: sights[i] }));
  }
  return run;
}

/** Distance of the shoulder joints of the shaped body, metres. */
function shoulderBreadth({ shape: { joints } }: ClothFrame): number {
  return Math.abs(joints[3 * boneIndex.leftUpperArm] - joints[3 * boneIndex.rightUpperArm]);
}

/** Plays the long walk (step 3) on the average body and returns `ClothFigures.energyGrowth` of each garment. */
function measureGrowth(mannequin: Mannequin, worn: WornCloth[], frames: number): number[] {
  const weights = mannequin.presets[BODIES.average];
  const quarter = Math.floor(frames / 4);
  const energies = worn.map(() => [] as number[]);
  const last = worn.map(({ garment }) => new Float32Array(3 * garment.binding.weld.count));
  for (const { frame, places } of playCloth(mannequin, { weights, worn, motion: 'walk', frames, hangs: true }))
    places.forEach((place, i) => {
      // The masses cancel in the ratio.
      const square = place.reduce((sum, value, k) => sum + (value - last[i][k]) ** 2, 0);
      last[i].set(place);
      if (frame > 0) energies[i].push(square);
    });
  return energies.map((each) => mean(each.slice(-quarter)) / mean(each.slice(0, quarter)) - 1);
}

/** Compares the chest of the smallest and the largest size (step 3). */
function measureSizes(mannequin: Mannequin, body: keyof typeof BODIES, { garment }: WornCloth): SizeSpread {
  const weights = mannequin.presets[BODIES[body]];
  const girth = (size: string, hangs: boolean): number => {
    const worn = [{ garment, size }];
    let girth = NaN;
    for (const frame of playCloth(mannequin, { weights, worn, motion: 'still', frames: SIZE_FRAME, hangs }))
      if (frame.frame === SIZE_FRAME - 1) girth = chestGirth(garment, frame.places[0]);
    return girth;
  };
  const spread = (hangs: boolean): number => girth(SIZES[1], hangs) - girth(SIZES[0], hangs);
  const { sizes } = garment.manifest;
  return {
    hung: spread(true),
    skinned: spread(false),
    table: (sizes[SIZES[1]].chest ?? NaN) - (sizes[SIZES[0]].chest ?? NaN),
  };
}

/** Runs the benchmark (steps above), prints its tables and returns the figures. */
export async function benchCloth({ frames, walkFrames, sheets }: ClothOptions): Promise<ClothReport> {
  const mannequin = await committedMannequin();
  const wardrobe = await createWardrobe(mannequin);
  const sets = { one: ['tee'], four: garmentNames } as const;
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'} (load ${loadavg()[0].toFixed(1)}), Node ${process.version}`;
  const growth = walkFrames > 0 ? measureGrowth(mannequin, dress(wardrobe, garmentNames), walkFrames) : null;

  const pairs = {} as Record<'one' | 'four', Record<string, { hung: SetRun; skinned: SetRun }>>;
  const figuresOf = (set: 'one' | 'four', runs: readonly SetRun[], hangs: boolean): ClothFigures =>
    computeClothFigures(
      runs.flatMap(({ seen }) => seen),
      runs.flatMap(({ times }) => times),
      {
        particles: sets[set].reduce((sum, name) => sum + clothMeshOf(wardrobe[name]).vertices.length, 0),
        layerPokePct: set === 'one' ? null : mean(runs.flatMap(({ layerPokes }) => layerPokes)),
        energyGrowth: growth && hangs ? Math.max(...growth.slice(0, sets[set].length)) : null,
      },
    );
  const pairOf = (set: 'one' | 'four', bodies: readonly string[]): ClothPair => ({
    hung: figuresOf(
      set,
      bodies.map((body) => pairs[set][body].hung),
      true,
    ),
    skinned: figuresOf(
      set,
      bodies.map((body) => pairs[set][body].skinned),
      false,
    ),
  });
  for (const set of ['one', 'four'] as const) {
    pairs[set] = {};
    const names = sets[set];
    const worn = dress(wardrobe, names);
    for (const body of Object.keys(BODIES) as (keyof typeof BODIES)[])
      pairs[set][body] = {
        hung: playAll(mannequin, body, { names, worn, hangs: true, frames }),
        skinned: playAll(mannequin, body, { names, worn, hangs: false, frames }),
      };
  }
  const names = Object.keys(BODIES) as (keyof typeof BODIES)[];
  const [tee] = dress(wardrobe, ['tee']);
  const report: ClothReport = {
    machine,
    one: pairOf('one', names),
    four: pairOf('four', names),
    bodies: Object.fromEntries(
      names.map((body) => [
        body,
        { one: pairOf('one', [body]), four: pairOf('four', [body]), sizeSpreadCm: measureSizes(mannequin, body, tee) },
      ]),
    ),
  };
  printCloth(report);
  if (sheets) await drawClothSheets(mannequin, wardrobe);
  return report;
}
