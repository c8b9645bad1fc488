// `npm run bench -- tracking | hidden | segmentation | startup | soak | fit | worn | parse | cloth | garments | light |
// queue | gpu`:
// 1. reads the options; a wrong option ends the program with the usage;
// 2. runs the named benchmark, which prints its own table;
// 3. writes the figures that the benchmark returns, as JSON, to the file that `--json` names.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchCloth } from './cloth-benchmark.ts';
import { fitParts } from './fit-options.ts';
import { benchFitSteps } from './fit-steps.ts';
import { benchGarments } from './garments.ts';
import { benchGpu } from './gpu.ts';
import { benchHidden } from './hidden.ts';
import { benchLight } from './light.ts';
import { fitMotionNames } from './page/fit-motions.ts';
import { frameKinds } from './page/stored-frames.ts';
import { benchParse } from './parse.ts';
import { benchQueue } from './queue.ts';
import { benchSegmentation } from './segmentation.ts';
import { benchSoak } from './soak.ts';
import { benchStartup, startupParts } from './startup.ts';
import { benchTracking } from './tracking.ts';
import { benchWornSteps } from './worn-steps.ts';

const usage = `npm run bench -- tracking      [--model full|lite|heavy] [--engine wasm|webgpu] [--gpu] [--frames N] [--source squats|mannequin]
                               [--frames-as videoframe|bitmap] [--tasks-vision-as videoframe|bitmap] [--json FILE]
npm run bench -- hidden        [--model full|lite|heavy] [--engine wasm|webgpu] [--pictures FOLDER] [--json FILE]
                               --pictures: also these pictures, none of which shows a person
npm run bench -- segmentation  [--model full|lite|heavy] [--json FILE]
npm run bench -- startup       [--only garments,lines] [--json FILE]
npm run bench -- soak          [--model lite|full|heavy] [--engine wasm|webgpu] [--gpu] [--frames N] [--frames-as videoframe|bitmap] [--json FILE]
npm run bench -- fit           [--model full|lite|heavy] [--only ${fitParts.join(',')}] [--motions sway,turn,arms,arms-crossed,step-in]
                               [--shapes female-50,…] [--clothes none,everyday,loose,exact] [--frames N] [--without STEP,…] [--sheet] [--no-cache] [--json FILE]
                               [--bodies N] [--seed S]
                               --without: also without each of these steps of the body solve, and prints what each is worth
                               --bodies: also N random bodies, the first with the seed S (default 1)
npm run bench -- worn          [--model full|lite|heavy] [--only PAIR,…] [--photo] [--without STEP,…] [--sheet] [--no-cache] [--json FILE]
                               --photo judges single frames as photos only, and prints each
npm run bench -- parse         [--model full|lite|heavy] [--only PAIR,…] [--sheet] [--no-cache] [--json FILE]
npm run bench -- cloth         [--frames N] [--walk N] [--sheet] [--json FILE]
                               --frames: of each motion (default 120); --walk: of the walk in which energy may grow
                               (default 10080, 0: none)
npm run bench -- garments      [--bodies N] [--seed S] [--frames N] [--json FILE]
                               random people (default 30), each of whom walks for some frames (default 30)
npm run bench -- light         [--model full|lite|heavy] [--only LIGHT,…] [--seed S] [--seeds N] [--sheet] [--json FILE]
npm run bench -- queue         [--files N] [--json FILE]
npm run bench -- gpu           [--model full|lite|heavy] [--frames N] [--only PAIR,…] [--software] [--json FILE]
                               absolute times on this machine's GPU; --software only tries the benchmark, without one
                               e2e/output/cache keeps what was filmed and tracked; --no-cache films and tracks again`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    engine: { type: 'string', default: 'wasm' },
    frames: { type: 'string' },
    files: { type: 'string', default: '200' },
    source: { type: 'string', default: 'squats' },
    'frames-as': { type: 'string', default: 'videoframe' },
    'tasks-vision-as': { type: 'string', default: 'bitmap' },
    gpu: { type: 'boolean', default: false },
    software: { type: 'boolean', default: false },
    only: { type: 'string' },
    motions: { type: 'string' },
    shapes: { type: 'string' },
    clothes: { type: 'string' },
    photo: { type: 'boolean', default: false },
    bodies: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    walk: { type: 'string', default: '10080' },
    sheet: { type: 'boolean', default: false },
    without: { type: 'string' },
    'no-cache': { type: 'boolean', default: false },
    pictures: { type: 'string' },
    json: { type: 'string' },
  },
});

/** Ends the program with `message` and the usage. */
function refuse(message: string): never {
  console.error(`${message}\n\n${usage}`);
  process.exit(1);
}

/** Returns `value`, given for the option `name`, if it is one of `allowed`, and ends the program otherwise. */
function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const match = allowed.find((each) => each === value);
  if (match === undefined) return refuse(`${name} is one of ${allowed.join(', ')}, not "${value}"`);
  return match;
}

/**
 * Returns the values of a comma-separated list, given for the option `name`; without a list, all of `allowed`. Ends the
 * program for other values.
 */
function someOf<T extends string>(name: string, list: string | undefined, allowed: readonly T[]): readonly T[] {
  return list === undefined ? allowed : list.split(',').map((each) => oneOf(name, each, allowed));
}

/** Returns the whole number that the option `name` gives, at least `min`. Ends the program for other values. */
function wholeOf(name: string, value: string, min: number): number {
  const number = Number(value);
  return Number.isInteger(number) && number >= min
    ? number
    : refuse(`${name} is a whole number of at least ${min}, not "${value}"`);
}

const frames = values.frames === undefined ? undefined : wholeOf('--frames', values.frames, 1);
const engine = oneOf('--engine', values.engine, ['wasm', 'webgpu']);
/** Returns BlazePose's landmark model that `--model` names; `fallback` without this option. */
function modelOr(fallback: 'full' | 'lite'): 'lite' | 'full' | 'heavy' {
  return oneOf('--model', values.model ?? fallback, ['lite', 'full', 'heavy']);
}

const { gpu } = values;
const framesAs = oneOf('--frames-as', values['frames-as'], frameKinds);

const benches = {
  tracking: () =>
    benchTracking({
      engine,
      gpu,
      frames,
      model: modelOr('full'),
      source: oneOf('--source', values.source, ['squats', 'mannequin']),
      framesAs,
      tasksVisionAs: oneOf('--tasks-vision-as', values['tasks-vision-as'], frameKinds),
    }),
  hidden: () => benchHidden({ model: modelOr('full'), engine, pictures: values.pictures ?? null }),
  segmentation: () => benchSegmentation({ model: modelOr('full') }),
  startup: () => benchStartup(someOf('--only', values.only, startupParts)),
  soak: () => benchSoak({ engine, gpu, frames: frames ?? 10_000, model: modelOr('lite'), framesAs }),
  fit: () => {
    const bodies = { count: wholeOf('--bodies', values.bodies, 0), seed: wholeOf('--seed', values.seed, 0) };
    const parts = someOf('--only', values.only, fitParts);
    if (values.only !== undefined && parts.includes('bodies') && bodies.count === 0)
      refuse('--only bodies needs their number: --bodies N');
    return benchFitSteps({
      model: modelOr('full'),
      parts,
      motions: someOf('--motions', values.motions, fitMotionNames),
      shapes: values.shapes?.split(',') ?? ['female-50', 'male-50', 'female-95'],
      clothes:
        values.clothes === undefined
          ? null
          : // `exact`: no clothes, and landmarks that are the truth instead of a tracker's.
            someOf('--clothes', values.clothes, ['none', 'everyday', 'loose', 'exact']),
      bodies,
      frames: frames ?? 90,
      sheets: values.sheet,
      isCacheRead: !values['no-cache'],
      without: values.without?.split(',') ?? [],
    });
  },
  worn: () =>
    benchWornSteps({
      model: modelOr('full'),
      only: values.only?.split(',') ?? null,
      hasFilm: !values.photo,
      sheets: values.sheet,
      isCacheRead: !values['no-cache'],
      without: values.without?.split(',') ?? [],
    }),
  parse: () =>
    benchParse({
      model: modelOr('full'),
      only: values.only?.split(',') ?? null,
      sheets: values.sheet,
      isCacheRead: !values['no-cache'],
    }),
  light: () =>
    benchLight({
      model: modelOr('full'),
      only: values.only?.split(',') ?? null,
      seed: wholeOf('--seed', values.seed, 0),
      seeds: wholeOf('--seeds', values.seeds, 1),
      sheets: values.sheet,
    }),
  queue: () => benchQueue(wholeOf('--files', values.files, 1)),
  gpu: () =>
    benchGpu({ model: modelOr('full'), frames, only: values.only?.split(',') ?? null, isSoftware: values.software }),
  cloth: () =>
    benchCloth({ frames: frames ?? 120, walkFrames: wholeOf('--walk', values.walk, 0), sheets: values.sheet }),
  garments: () =>
    benchGarments({
      people: wholeOf('--bodies', values.bodies, 0) || 30,
      seed: wholeOf('--seed', values.seed, 0),
      frames: frames ?? 30,
    }),
} as const;

const name = oneOf('the benchmark', positionals[0] ?? '', Object.keys(benches) as (keyof typeof benches)[]);
const report = await benches[name]();
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
