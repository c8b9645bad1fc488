// Page of `npm run bench -- light`: what a fitting room shows of a person in some light, against the same person filmed
// in the garment in that light. The person is the mannequin, so both films have the very same light.
// 1. The person is filmed in own clothes by a camera that exposes for the room (`LitFilm`), and tracked, as many frames
//    as the body solve needs to settle.
// 2. The product's stage draws the last frame with the garment in each colour.
// 3. The person is filmed in the garment, by the same exposure. Colours are compared where both pictures show the garment.
import { createPosedBody } from '../../../src/body/create-posed-body.ts';
import { createFrame } from '../../../src/capture/frame-source.ts';
import { createOutfit } from '../../../src/cloth/create-outfit.ts';
import { loadMannequin } from '../../../src/mannequin/load-mannequin.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createStage } from '../../../src/scene/create-stage.ts';
import type { Stage } from '../../../src/scene/stage.ts';
import { createFrameSolver, solveFrame } from '../../../src/session/solve-frame.ts';
import type { SkinName } from '../../../src/synthetic/person-colors.ts';
import type { LightName } from '../../../src/synthetic/room-lamps.ts';
import { createTrackedFrame } from '../../../src/tracking/create-tracked-frame.ts';
import { type ColourDifference, compareColours } from '../compare-colours.ts';
import { loadPiece } from '../load-piece.ts';
import { LitFilm } from './lit-film.ts';
import { type FilmModel, openTracker } from './open-tracker.ts';
import { readAlpha } from './read-alpha.ts';
import { readPixels } from './read-pixels.ts';
import { toBase64 } from './to-base64.ts';

/** A person in some light. */
export interface LightScene {
  light: LightName;
  /** Noise of the camera, as a share of white. */
  noise: number;
  /** Selects person and clothes. */
  seed: number;
  /** CSS colour of the wall. */
  wall: string;
  /** Skin of the person: by default that of the seed. */
  skin?: SkinName;
  /** URL of the garment, and the names of its colours that are tried. */
  garment: string;
  colours: readonly string[];
  /** BlazePose's landmark model. */
  model: FilmModel;
  /** Whether pictures are wanted, for people to look at. */
  hasSheet: boolean;
}

/** What came out for one colour of the garment. */
export interface LightJudgement extends ColourDifference {
  colour: string;
  /** The pictures of the room and of the film in the garment, side by side, a PNG file in base64; null: not wanted. */
  sheet: string | null;
}

/** Size of the films, pixels, small since software draws slowly; frames a second. */
const CAMERA = { width: 360, height: 480 };
const FPS = 12;
/** Frames until the body solve has settled. */
const FRAMES = 12;

let opened: Promise<{ mannequin: Mannequin; stage: Stage }> | null = null;
let plays = 0;

async function open(): Promise<{ mannequin: Mannequin; stage: Stage }> {
  const mannequin = await loadMannequin('/assets/mannequin.glb');
  return { mannequin, stage: createStage({ mannequin }) };
}

/** Judges the room's pictures of a person in some light, one for each colour. */
async function judge(scene: LightScene): Promise<LightJudgement[]> {
  const { light, noise, seed, wall, skin, garment, colours, model, hasSheet } = scene;
  const { mannequin, stage } = await (opened ??= open());
  const tracker = await openTracker(model);
  const person = { light, seed, wall, skin, clothes: 'tight', camera: CAMERA } as const;
  const own = await LitFilm.open(mannequin, { ...person, noise });
  const piece = await loadPiece(new URL(garment, document.baseURI).href, mannequin);
  const outfit = createOutfit(mannequin);
  outfit.wear([piece]);
  const solver = createFrameSolver({ mannequin, garments: outfit, stature: null, isDepthMeasured: false });
  const tracked = createTrackedFrame();
  const posed = createPosedBody();
  const version = ++plays * 1e6;
  const frame = createFrame();
  const shown: ImageData[] = [];
  let mask: ReturnType<typeof readAlpha> | null = null;
  tracker.findClasses?.(true);
  tracker.reset();
  // A source's time begins at 0, from which the stage knows that this is another room.
  for (let f = 0; f < FRAMES; f++) {
    await own.film((1000 * f) / FPS, frame);
    await tracker.track(frame, tracked);
    solveFrame(solver, tracked, posed);
    const body = { ...posed, shapeVersion: version + posed.shapeVersion };
    const isLast = f === FRAMES - 1;
    for (const colour of isLast ? colours : [null]) {
      stage.wear([{ id: 'worn', garment: piece.garment, size: piece.size, color: colour, fit: piece.fit }]);
      stage.setScale(isLast ? 1 : 0.1);
      stage.draw(frame, tracked, body);
      if (isLast) shown.push(readPixels(stage.canvas, CAMERA.width, CAMERA.height));
    }
    if (isLast) {
      const alone = await createImageBitmap(await stage.snapshot({ layers: 'garment' }));
      mask = readAlpha(alone, CAMERA.width, CAMERA.height);
      alone.close();
    }
    frame.image?.close();
  }
  own.close();
  const judgements: LightJudgement[] = [];
  for (const [c, colour] of colours.entries()) {
    const garments = [{ src: garment, color: colour }];
    const worn = await LitFilm.open(mannequin, { ...person, garments }, own.gains);
    await worn.film((1000 * (FRAMES - 1)) / FPS, frame);
    if (!frame.image || !mask) throw new Error(`no picture in the light ${light}`);
    const film = readPixels(frame.image, CAMERA.width, CAMERA.height);
    frame.image.close();
    const difference = compareColours(shown[c], film, [mask, worn.garmentMask()]);
    judgements.push({ colour, ...difference, sheet: hasSheet ? await sideBySide(shown[c], film) : null });
    worn.close();
  }
  piece.garment.dispose();
  return judgements;
}

/** Encodes two pictures beside each other. */
async function sideBySide(a: ImageData, b: ImageData): Promise<string> {
  const canvas = new OffscreenCanvas(a.width + b.width, a.height);
  const context = canvas.getContext('2d');
  context?.putImageData(a, 0, 0);
  context?.putImageData(b, a.width, 0);
  return toBase64(await canvas.convertToBlob());
}

const bench = { judge };
/** The page's function, for `callPage`. */
export type LightBench = typeof bench;
Object.assign(window, { bench });
