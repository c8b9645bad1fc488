// Films the bodies of another maker for `npm run bench -- fit`, naked and in outfits made for them, and judges what is
// solved of them. The mannequin's morphs cannot show these bodies exactly.
import { existsSync } from 'node:fs';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { dataFolder } from '../serve.ts';
import { type BodyResult, judgeBody } from './judge-body.ts';
import { measureStranger } from './measure-stranger.ts';
import type { StrangerOptions } from './page/film-strangers.ts';
import type { FitScene } from './page/fit-person.ts';
import type { FilmModel } from './page/open-tracker.ts';
import type { Studio } from './studio.ts';
import { tryPart } from './try-part.ts';

/** File of a body → files of the outfits in the data that are made for it; null: naked. */
const STRANGERS = {
  'average-female': [null, 'female_elegantsuit01'],
  'average-male': [null, 'male_casualsuit01'],
} as const;
/** Motion by framing: the whole body, or the half down to the thighs. */
const MOTIONS = { whole: 'sway', half: 'turn' } as const;
/** Heights of the picture's lower and upper edge by framing, as shares of the stature. */
const EDGES = { whole: [-0.1, 1.25], half: [0.42, 1.08] } as const;
/** Number of frames of each clip: a little more than the 45 after which a body should have settled. */
const FRAMES = 50;
/** Number of the frame whose picture is kept. */
const PICTURE = 40;

/** With what the bodies are filmed and solved. */
export interface StrangersOptions {
  /** Films and tracks people, or takes their clips from the cache. */
  studio: Studio;
  /** The parametric body of which solved bodies are shapes. */
  mannequin: Mannequin;
  /** BlazePose's landmark model: `lite`, `full` or `heavy`. */
  model: FilmModel;
  /** Names of steps of the body solve to leave out. */
  without?: readonly string[];
  /** What all clips share: pixels, frames a second, vertical angle of the lens (degrees), noise (share of white). */
  scene: Pick<FitScene, 'width' | 'height' | 'fps' | 'fovYDegrees' | 'noise'>;
  /** Gets each result, and a picture of the person: a PNG file. */
  onResult: (result: BodyResult, picture: Uint8Array) => Promise<void>;
}

/** Whether the data with the bodies is here. */
export const hasStrangers = existsSync(`${dataFolder}/bodies`);

/**
 * Films, tracks and solves each body in each of its outfits, whole and half. Resolves to the results in the order of
 * filming: errors of measures and joints, centimetres. A film that fails is left out, and said so (`tryPart`).
 */
export async function runStrangers(options: StrangersOptions): Promise<BodyResult[]> {
  const { studio, mannequin, model, scene, onResult } = options;
  const { width, height, fps, fovYDegrees, noise } = scene;
  const results: BodyResult[] = [];
  for (const [name, outfits] of Object.entries(STRANGERS)) {
    const { stature, truth } = await measureStranger(`${dataFolder}/bodies/${name}.glb`, mannequin);
    const { chest, waist, hip } = truth;
    const trueGirths = { chest, waist, hip };
    for (const framing of ['whole', 'half'] as const) {
      for (const outfit of outfits) {
        const files = [`/bodies/${name}.glb`, ...(outfit ? [`/garments/${outfit}.glb`] : [])];
        const motion = MOTIONS[framing];
        const [lower, upper] = EDGES[framing].map((share) => (share * stature) / 100);
        const film = `stranger-${name}-${framing}-${outfit ?? 'none'}`;
        const filmed: StrangerOptions = {
          files,
          motion,
          edgesMetres: [lower, upper],
          scene: { width, height, fps, fovYDegrees, noise },
          frames: FRAMES,
          pictures: [PICTURE],
          stature,
          model,
        };
        const clip = await tryPart(film, () => studio.stranger(film, filmed));
        if (clip === null) continue;
        const { entry } = clip;
        const person = {
          name,
          motion,
          framing,
          clothes: outfit ?? 'none',
          stature,
          truth,
          trueGirths,
          trueLengths: {},
        };
        const result = judgeBody(entry, person, options);
        results.push(result);
        await onResult(result, entry.arrays[`picture-${PICTURE}`] as Uint8Array);
      }
    }
  }
  return results;
}
