// The page of `npm run bench -- fit`: rooms that dress people of whom everything is known.

import { loadGarment } from '../../../src/garment/load-garment.ts';
import { FittingGarment, FittingRoom, type ModelName, type PersonMask } from '../../../src/index.ts';
import { loadMannequin } from '../../../src/mannequin/load-mannequin.ts';
import { type CaseOptions, type CaseRun, type FitKit, runCase, statureOf, trueGarments } from './fit-case.ts';
import { type FittedSize, fitSizes } from './fit-hems.ts';
import { runLock } from './fit-lock.ts';
import { FitPerson, type FitScene } from './fit-person.ts';
import { runFit, type SeenFit } from './fit-run.ts';
import { runThirdParty } from './fit-third-party.ts';
import { SharedTracker } from './fit-tracker.ts';

// Not by `define.ts`: a bundler drops that import, since package.json names the built file alone as one with side effects.
customElements.define('fitting-room', FittingRoom);
customElements.define('fitting-garment', FittingGarment);

const GARMENT = '/assets/tee.glb';

let kit: FitKit | null = null;
function opened(): FitKit {
  if (!kit) throw new Error('open first');
  return kit;
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Loads what all cases share. */
async function open(model: Exclude<ModelName, 'auto'>): Promise<{ engine: string; model: string }> {
  const [tracker, mannequin] = await Promise.all([
    SharedTracker.open('wasm', model),
    loadMannequin('/assets/mannequin.glb'),
  ]);
  kit = {
    tracker,
    mannequin,
    garment: await loadGarment(new URL(GARMENT, document.baseURI).href, { mannequin }),
    garmentSrc: GARMENT,
  };
  return { engine: tracker.engine, model: tracker.model };
}

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
async function thirdParty(garment: string, withSheet: boolean): Promise<SeenRun> {
  const { run, truth, from, sheet } = await runThirdParty(opened().tracker, garment, withSheet);
  return { frames: run.frames, truth, from, sheet: sheet && (await toBase64(sheet)) };
}

/** The true masks of the last scene: the same for all that is worn, and for exact landmarks. */
let known: { scene: string; masks: Map<number, PersonMask> } | null = null;

export type SeenCase = Omit<CaseRun, 'sheet'> & SeenRun;

/** The mannequin without the garment that it is known to look like in. */
async function mannequin(options: CaseOptions): Promise<SeenCase> {
  const { scene, from, every } = options;
  const key = JSON.stringify([scene, from, every]);
  if (known?.scene !== key) {
    const compared = Array.from({ length: scene.frames }, (_, i) => i).filter(
      (i) => i >= from && (i - from) % every === 0,
    );
    known = { scene: key, masks: await trueGarments(scene, opened().garmentSrc, compared) };
  }
  const { sheet, ...run } = await runCase(opened(), known.masks, options);
  return { ...run, sheet: sheet && (await toBase64(sheet)) };
}

/** Frames between picture and garment, frame by frame. */
function lock(scene: FitScene): Promise<number[]> {
  return runLock(opened().tracker, opened().mannequin, opened().garmentSrc, scene);
}

/** The garment in some sizes on the body that the room makes of a scene. */
async function sizes(scene: FitScene, names: readonly string[]): Promise<FittedSize[]> {
  const { tracker, mannequin, garmentSrc } = opened();
  const stature = statureOf(mannequin, scene.shape);
  const source = new FitPerson(scene, 'none');
  await source.ready();
  const { tracked } = await runFit({ source, tracker, garment: garmentSrc, stature });
  return fitSizes(tracked, mannequin, garmentSrc, stature, names);
}

const bench = { open, thirdParty, mannequin, lock, sizes };
export type FitBench = typeof bench;
Object.assign(window, { bench });
