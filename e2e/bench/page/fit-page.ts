// The page of `npm run bench -- fit`: rooms that dress people of whom everything is known.
import { FittingGarment, FittingRoom, type ModelName } from '../../../src/index.ts';
import type { SeenFit } from './fit-run.ts';
import { runThirdParty } from './fit-third-party.ts';
import { SharedTracker } from './fit-tracker.ts';

// Not by `define.ts`: a bundler drops that import, since package.json names the built file alone as one with side effects.
customElements.define('fitting-room', FittingRoom);
customElements.define('fitting-garment', FittingGarment);

let tracker: SharedTracker | null = null;

const toBase64 = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

/** Loads the tracker. */
const open = async (model: Exclude<ModelName, 'auto'>): Promise<{ engine: string; model: string }> => {
  tracker = await SharedTracker.open('wasm', model);
  return { engine: tracker.engine, model: tracker.model };
};

const opened = (): SharedTracker => {
  if (!tracker) throw new Error('open first');
  return tracker;
};

export interface SeenRun {
  frames: SeenFit[];
  /** By frame and joint, camera space, metres. */
  truth: [number, number, number][][];
  /** The first frame that counts. */
  from: number;
  /** PNG in base64. */
  sheet: string | null;
}

/** A third party's person in a third party's outfit. */
const thirdParty = async (garment: string, withSheet: boolean): Promise<SeenRun> => {
  const { run, truth, from, sheet } = await runThirdParty(opened(), garment, withSheet);
  return { frames: run.frames, truth, from, sheet: sheet && (await toBase64(sheet)) };
};

const bench = { open, thirdParty };
export type FitBench = typeof bench;
Object.assign(window, { bench });
