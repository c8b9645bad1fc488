// `npm run bench -- tracking | segmentation | soak`: rivals, floors and this project side by side, in a browser.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { frameKinds } from './page/stored-frames.ts';
import { benchSegmentation } from './segmentation.ts';
import { benchSoak } from './soak.ts';
import { benchTracking } from './tracking.ts';

const usage = `npm run bench -- tracking      [--model full|lite|heavy] [--engine wasm|webgpu] [--frames N] [--source squats|mannequin] [--frames-as videoframe|bitmap] [--json FILE]
npm run bench -- segmentation  [--model full|lite|heavy] [--json FILE]
npm run bench -- soak          [--model lite|full|heavy] [--engine wasm|webgpu] [--frames N] [--frames-as videoframe|bitmap] [--json FILE]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    engine: { type: 'string', default: 'wasm' },
    frames: { type: 'string' },
    source: { type: 'string', default: 'squats' },
    'frames-as': { type: 'string', default: 'videoframe' },
    json: { type: 'string' },
  },
});

/** `value`, when it is one of `allowed`. */
const oneOf = <T extends string>(name: string, value: string, allowed: readonly T[]): T => {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new RangeError(`--${name} is one of ${allowed.join(', ')}, not ${value}\n\n${usage}`);
  return found;
};

const frames = values.frames === undefined ? undefined : Number(values.frames);
if (frames !== undefined && !(Number.isInteger(frames) && frames > 0)) throw new RangeError(`--frames is a number of frames, not ${values.frames}\n\n${usage}`);
const engine = oneOf('engine', values.engine, ['wasm', 'webgpu']);
const modelOr = (fallback: 'full' | 'lite'): 'lite' | 'full' | 'heavy' => oneOf('model', values.model ?? fallback, ['lite', 'full', 'heavy']);

const framesAs = oneOf('frames-as', values['frames-as'], frameKinds);

const benches = {
  tracking: () =>
    benchTracking({
      engine,
      frames,
      model: modelOr('full'),
      source: oneOf('source', values.source, ['squats', 'mannequin']),
      framesAs,
    }),
  segmentation: () => benchSegmentation({ model: modelOr('full') }),
  soak: () => benchSoak({ engine, frames: frames ?? 10_000, model: modelOr('lite'), framesAs }),
} as const;

const name = oneOf('', positionals[0] ?? '', Object.keys(benches) as (keyof typeof benches)[]);
const report = await benches[name]();
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
