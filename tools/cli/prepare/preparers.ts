import { type ChildProcess, fork } from 'node:child_process';
import type { GarmentCommandOptions } from '../printer.ts';
import type { ChildAnswer, ChildRequest } from './answer-preparations.ts';
import type { Preparation, Prepared } from './prepare-file.ts';

/** Longest preparation, ms. A garment of 150,000 triangles takes half a minute on a slow machine. */
const LONGEST_MS = 300_000;

/** The process that prepared a garment ended, or was ended because it took too long: another try may succeed. */
export class PreparerEnded extends Error {}

/** Processes of this machine that prepare garments, each one garment at a time. */
export interface Preparers {
  /**
   * Prepares a garment in the next process that is free. Rejects with an error whose message says what to do; with
   * `PreparerEnded` where the process itself ended, whose place another then takes.
   */
  prepare(preparation: Preparation): Promise<Prepared>;
  /** Ends the processes. */
  close(): void;
}

/** How the processes are started. */
export interface PreparersOptions extends GarmentCommandOptions {
  /** How many there are at most. */
  count: number;
  /** A module and its arguments, run in Node, that call `answerPreparations`. */
  program: readonly [string, ...string[]];
}

/** Starts processes when they are first needed. One file that crashes its process harms no other. */
export function createPreparers({ count, program: [module, ...args], ...options }: PreparersOptions): Preparers {
  const free: (ChildProcess | null)[] = Array.from({ length: count }, () => null);
  const waiting: ((place: ChildProcess | null) => void)[] = [];
  const all = new Set<ChildProcess>();

  const release = (place: ChildProcess | null): void => {
    const next = waiting.shift();
    if (next) next(place);
    else free.push(place);
  };
  const start = (): ChildProcess => {
    const child = fork(module, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    all.add(child);
    child.once('exit', () => all.delete(child));
    return child;
  };

  return {
    async prepare(preparation) {
      const place = free.length > 0 ? free.shift()! : await new Promise<ChildProcess | null>((r) => waiting.push(r));
      const child = place?.connected ? place : start();
      try {
        const request: ChildRequest = { preparation, options };
        return await ask(child, request);
      } finally {
        release(child.connected ? child : null);
      }
    },
    close() {
      for (const child of all) child.kill();
    },
  };
}

/** Sends a process what to prepare. Resolves to its answer. */
function ask(child: ChildProcess, request: ChildRequest): Promise<Prepared> {
  const { source } = request.preparation;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    const settle = (): void => {
      clearTimeout(timer);
      child.off('message', answered);
      child.off('exit', ended);
      child.off('error', failed);
    };
    const answered = (answer: ChildAnswer): void => {
      settle();
      if ('prepared' in answer) resolve(answer.prepared);
      else reject(new Error(answer.fault));
    };
    const ended = (code: number | null, signal: string | null): void => {
      settle();
      reject(new PreparerEnded(`${source}: the process that prepared it ended (${signal ?? `exit code ${code}`})`));
    };
    const failed = ({ message }: Error): void => {
      settle();
      reject(new PreparerEnded(`${source}: no process to prepare it: ${message}`));
    };
    child.on('message', answered);
    child.once('exit', ended);
    child.once('error', failed);
    child.send(request, (error) => error && failed(error));
  });
}
