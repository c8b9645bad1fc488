import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { GarmentCommandOptions, Printer } from '../printer.ts';
import { type Preparation, type Prepared, prepareFile, readPrepareContext } from './prepare-file.ts';
import { enqueueFiles, type Outcome, workOnQueue } from './prepare-queue.ts';
import { createPreparers } from './preparers.ts';

/** Where the command is called from, and how it starts its processes. */
export interface PrepareFilesOptions extends GarmentCommandOptions {
  /** A module and its arguments, run in Node, that call `answerPreparations`. */
  program: readonly [string, ...string[]];
}

const ENDING = /\.(glb|gltf)$/i;

/**
 * The command `prepare`: prepares garments, on all cores of this machine or, with `--queue`, on any number of machines.
 * Prints for each file its sizes and what was changed or guessed, and at the end how many files a second were prepared.
 *
 * Rejects when a file cannot be prepared, with a message that says what to do; all others are prepared before.
 *
 * @param args Paths of GLB or `.gltf` files; `--out` (`-o`) a file for one garment, or a folder; `--jobs` how many garments
 * at one time (default: the cores); `--queue URL` a Redis; `--work` works on the queue until it is ended; `--json`.
 */
export async function prepareFiles(
  args: readonly string[],
  printer: Printer,
  options: PrepareFilesOptions,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string', short: 'o' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      queue: { type: 'string' },
      work: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { usage, folder, program } = options;
  const jobs = Number(values.jobs);
  if (!(Number.isInteger(jobs) && jobs >= 0 && jobs <= 256))
    throw new Error(`--jobs: "${values.jobs}" is no number of garments at one time, 0 to 256`);
  if (values.work && (values.queue === undefined || positionals.length > 0))
    throw new Error('--work takes garments out of a queue: npx fitting-room prepare --work --queue redis://HOST');
  if (positionals.length === 0 && !values.work) throw new Error(`which files? ${usage}`);
  if (jobs === 0 && values.queue === undefined) throw new Error('--jobs 0 leaves the work to others: name a --queue');
  const out = values.out === undefined ? undefined : resolve(folder, values.out);
  const preparations = findTargets(
    positionals.map((path) => resolve(folder, path)),
    out,
  );
  if (preparations.length === 1 && values.queue === undefined) {
    const prepared = await prepareFile(preparations[0], await readPrepareContext(options));
    return values.json ? printer.log(JSON.stringify([prepared], null, 2)) : printResult(prepared, printer);
  }
  const preparers = createPreparers({ ...options, count: Math.max(1, jobs), program });
  const start = performance.now();
  const total = preparations.length;
  try {
    let outcomes: Outcome[];
    if (values.queue === undefined) {
      let done = 0;
      const prepareOne = (preparation: Preparation): Promise<Outcome> =>
        preparers
          .prepare(preparation)
          .then((result) => ({ preparation, result: { ...result, by: 'here' } }))
          .catch(({ message }: Error) => ({ preparation, fault: message }))
          .finally(() => printer.progress?.(++done, total));
      outcomes = await Promise.all(preparations.map(prepareOne));
    } else {
      const place = { url: values.queue, folder };
      const worker = jobs > 0 ? await workOnQueue(preparers, { ...place, count: jobs }) : null;
      try {
        if (values.work) {
          printer.log(`works on the queue, ${jobs} garments at one time; Ctrl C ends it`);
          return await new Promise<void>((resolve) => {
            for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
          });
        }
        outcomes = await enqueueFiles(preparations, place, (done) => printer.progress?.(done, total));
      } finally {
        await worker?.close();
      }
    }
    report(outcomes, { printer, isJson: values.json, seconds: (performance.now() - start) / 1000 });
  } finally {
    preparers.close();
  }
}

/**
 * Returns where the result of each file goes: to `out`, which is a file for one garment if it ends with `.glb`, else a
 * folder; without it beside the maker's file. Throws where two files would have one place.
 */
function findTargets(sources: readonly string[], out: string | undefined): Preparation[] {
  const isFile = out !== undefined && /\.glb$/i.test(out);
  if (isFile && sources.length > 1) throw new Error(`--out ${out} is one file: name a folder for several garments`);
  const places = new Map<string, string>();
  return sources.map((source) => {
    const beside = `${source.replace(ENDING, '')}-prepared.glb`;
    const target = out === undefined ? beside : isFile ? out : join(out, `${basename(source).replace(ENDING, '')}.glb`);
    const other = places.get(target);
    if (other !== undefined) throw new Error(`${other} and ${source} would both become ${target}: prepare them apart`);
    places.set(target, source);
    return { source, target, isCopied: out !== undefined };
  });
}

/** Prints what became of the garments. Throws if one of them has no result. */
function report(
  outcomes: readonly Outcome[],
  { printer, isJson, seconds }: { printer: Printer; isJson: boolean; seconds: number },
): void {
  const faults = outcomes.filter((outcome) => 'fault' in outcome);
  if (isJson) printer.log(JSON.stringify(outcomes, null, 2));
  else {
    for (const outcome of outcomes) if ('result' in outcome) printResult(outcome.result, printer);
    for (const { fault } of faults) printer.warn(fault);
    const speed = (outcomes.length / seconds).toFixed(2);
    printer.log(`${outcomes.length - faults.length} of ${outcomes.length} files prepared, ${speed} files per second`);
  }
  if (faults.length > 0) throw new Error(`${faults.length} of ${outcomes.length} files cannot be prepared`);
}

function printResult(
  { source, target, sourceBytes, targetBytes, warnings, ...done }: Prepared,
  printer: Printer,
): void {
  for (const warning of warnings) printer.warn(`${source}: ${warning}`);
  if (!done.isWritten) printer.log(`${source} is prepared already (${sourceBytes} bytes); nothing is written`);
  else printer.log(`${source}: ${sourceBytes} bytes, ${target}: ${targetBytes} bytes`);
}
