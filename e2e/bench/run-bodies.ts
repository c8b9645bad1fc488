// Films random bodies of the mannequin, the parametric body, for `npm run bench -- fit --bodies N --seed S`, and judges
// what is solved.
// 1. Draw the morph weights of an adult, and measure the true body: stature, girths, lengths (centimetres).
// 2. Film and track the person in each of `clothes`, or take the clip (the tracked film) from the cache.
// 3. Solve the body in each frame of the clip and compare it with the truth (`judgeBody`).
import { measureLengths } from '../../src/body/measure-lengths.ts';
import { drawPerson } from '../../src/mannequin/draw-person.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { type BodyResult, judgeBody } from './judge-body.ts';
import { measureGirths, measureShape, statureOf } from './measure-shape.ts';
import type { FitMotionName } from './page/fit-motions.ts';
import type { Clothes, FitScene } from './page/fit-person.ts';
import type { FilmModel } from './page/open-tracker.ts';
import type { Studio } from './studio.ts';
import { tryPart } from './try-part.ts';

/** Which persons are filmed, and with what. */
export interface BodiesOptions {
  /** Films and tracks people, or takes their clips from the cache. */
  studio: Studio;
  /** The parametric body: all persons are shapes of it, and so is what is solved. */
  mannequin: Mannequin;
  /** BlazePose's landmark model: `lite`, `full` or `heavy`. */
  model: FilmModel;
  /** Number of persons, and the seed of the first; the next have the seeds after it. */
  count: number;
  seed: number;
  /** Presets of clothes: each person is filmed once in each. */
  clothes: readonly Clothes[];
  /** Names of steps of the body solve to leave out. */
  without?: readonly string[];
  /**
   * What all clips share: size of the picture (pixels), frames a second, vertical angle of the lens (degrees), noise
   * (share of white), and sway (metres).
   */
  scene: Pick<FitScene, 'width' | 'height' | 'fps' | 'fovYDegrees' | 'noise' | 'swayMetres'>;
  /** Gets each result, and a picture of the person: the bytes of a PNG file. */
  onResult: (result: BodyResult, picture: Uint8Array) => Promise<void>;
}

/** Number of frames of each clip: a little more than the 45 after which a body should have settled. */
const FRAMES = 50;
/** Number of the frame whose picture is kept. */
const PICTURE = 40;
/**
 * Half body: heights of the picture's lower edge, below the crotch (0.47), and upper edge, as shares of the stature.
 */
const HALF_EDGES = [0.42, 1.08] as const;
/** Names of the motions, one after the other. */
const MOTIONS = ['sway', 'turn'] as const satisfies readonly FitMotionName[];

/**
 * Draws, films, tracks and solves `count` adults in each of `clothes`. Every second person is filmed half body. The
 * motion changes after every two persons, so that each framing is filmed in each motion. Resolves to the results in the
 * order of filming: person by person, and within a person in the order of `clothes`. A film that fails is left out, and
 * said so (`tryPart`).
 */
export async function runBodies(options: BodiesOptions): Promise<BodyResult[]> {
  const { studio, mannequin, model, count, seed: firstSeed, clothes, scene: common, onResult } = options;
  const results: BodyResult[] = [];
  for (let i = 0; i < count; i++) {
    const seed = firstSeed + i;
    const weights = drawPerson(seed);
    // Centimetres, as the room gets it; the picture's edges are metres.
    const stature = statureOf(mannequin, weights);
    const framing = i % 2 === 1 ? 'half' : 'whole';
    const motion = MOTIONS[(i >> 1) % MOTIONS.length];
    const edges = HALF_EDGES.map((share) => (share * stature) / 100) as [number, number];
    const scene: FitScene = {
      ...common,
      motion,
      shape: [...weights],
      seed,
      frames: FRAMES,
      ...(framing === 'half' && { edgesMetres: edges }),
    };
    for (const worn of clothes) {
      const filmed = { scene, clothes: worn, isExact: false, pictures: [PICTURE], stature, model };
      const name = `body-${seed}-${framing}-${worn}`;
      const clip = await tryPart(name, () => studio.clip(name, filmed));
      if (clip === null) continue;
      const { entry } = clip;
      const result = judgeBody(
        entry,
        {
          name: `random body ${seed}`,
          motion,
          framing,
          clothes: worn,
          stature,
          truth: measureShape(mannequin, weights),
          trueGirths: measureGirths(mannequin, weights),
          trueLengths: measureLengths(mannequin, weights),
        },
        options,
      );
      results.push(result);
      await onResult(result, entry.arrays[`picture-${PICTURE}`] as Uint8Array);
    }
  }
  return results;
}
