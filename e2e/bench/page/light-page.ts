// Page of `npm run bench -- light`: what a fitting room shows of a person in several lights, against the same person
// filmed in the garment in those lights. The person is the mannequin, so both films have the very same light.
// 1. The person is filmed in own clothes by a camera that exposes for the room (`LitFilm`), and tracked: in the first
//    light as many frames as the body solve needs to settle, in the other lights a few more with the same solver, each
//    light seconds after the one before, when the stage has forgotten it.
// 2. In each light the product's stage draws the last frame with the garment in each colour.
// 3. The person is filmed in the garment, by the same exposure. Colours are compared where both pictures show the garment.
import { createPosedBody } from '../../../src/body/create-posed-body.ts';
import { createFrame } from '../../../src/capture/frame-source.ts';
import { createOutfit } from '../../../src/cloth/create-outfit.ts';
import { loadMannequin } from '../../../src/mannequin/load-mannequin.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createStage } from '../../../src/scene/create-stage.ts';
import type { Stage } from '../../../src/scene/stage.ts';
import { createFrameSolver, solveFrame } from '../../../src/session/solve-frame.ts';
import type { MannequinMask } from '../../../src/synthetic/create-mask-drawer.ts';
import type { LightName } from '../../../src/synthetic/room-lamps.ts';
import { createTrackedFrame } from '../../../src/tracking/create-tracked-frame.ts';
import { type ColourDifference, compareColours } from '../compare-colours.ts';
import { loadPiece } from '../load-piece.ts';
import { LitFilm } from './lit-film.ts';
import { type FilmModel, openTracker } from './open-tracker.ts';
import { readAlpha } from './read-alpha.ts';
import { readPixels } from './read-pixels.ts';
import { toBase64 } from './to-base64.ts';

/** A light in which the person stands. */
export interface LitRoom {
  light: LightName;
  /** Noise of the camera, as a share of white. */
  noise: number;
  /** CSS colour of the wall. */
  wall: string;
}

/** A person in several lights. */
export interface LightScene {
  rooms: readonly LitRoom[];
  /** Selects shape and clothes. */
  seed: number;
  /** CSS colour of the skin. */
  skin: string;
  /** URL of the garment, and the names of its colours that are tried. */
  garment: string;
  colours: readonly string[];
  /** BlazePose's landmark model. */
  model: FilmModel;
  /** Whether pictures are wanted, for people to look at. */
  hasSheet: boolean;
}

/** What came out for one colour of the garment in one room. */
export interface LightJudgement extends ColourDifference {
  colour: string;
  /** The pictures of the room and of the film in the garment, side by side, a PNG file in base64; null: not wanted. */
  sheet: string | null;
}

/** Size of the films, pixels, small since software draws slowly; frames a second. */
const CAMERA = { width: 240, height: 320 };
const FPS = 12;
/** Frames until the body solve has settled. */
const FRAMES = 12;
/** Frames in each further light, and their distance: the stage's estimates of light and noise settle in them. */
const MORE_FRAMES = 4;
const MORE_MS = 1000;
/** Time from one light to the next: many time constants of the stage's estimate. */
const ROOM_MS = 10_000;

let opened: Promise<{ mannequin: Mannequin; stage: Stage }> | null = null;
let plays = 0;

async function open(): Promise<{ mannequin: Mannequin; stage: Stage }> {
  const mannequin = await loadMannequin('/assets/mannequin.glb');
  return { mannequin, stage: createStage({ mannequin }) };
}

/** Judges the stage's pictures of a person: for each room, one judgement for each colour. */
async function judge(scene: LightScene): Promise<LightJudgement[][]> {
  const { rooms, seed, skin, garment, colours, model, hasSheet } = scene;
  const { mannequin, stage } = await (opened ??= open());
  const tracker = await openTracker(model);
  const piece = await loadPiece(new URL(garment, document.baseURI).href, mannequin);
  const outfit = createOutfit(mannequin);
  outfit.wear([piece]);
  const solver = createFrameSolver({ mannequin, garments: outfit, stature: null, isDepthMeasured: false });
  const tracked = createTrackedFrame();
  const posed = createPosedBody();
  const version = ++plays * 1e6;
  const frame = createFrame();
  tracker.findClasses?.(true);
  tracker.reset();
  const judgements: LightJudgement[][] = [];
  for (const [r, { light, noise, wall }] of rooms.entries()) {
    const person = { light, seed, wall, skin, clothes: 'tight', camera: CAMERA } as const;
    const own = await LitFilm.open(mannequin, { ...person, noise });
    const count = r === 0 ? FRAMES : MORE_FRAMES;
    // The first light's time begins at 0, from which the stage knows that this is another person.
    const timeOf = (f: number): number => r * ROOM_MS + f * (r === 0 ? 1000 / FPS : MORE_MS);
    for (let f = 0; f < count; f++) {
      await own.film(timeOf(f), frame);
      await tracker.track(frame, tracked);
      solveFrame(solver, tracked, posed);
      if (f === count - 1) break;
      stage.setScale(0.1);
      draw(colours[0]);
      frame.image?.close();
    }
    stage.setScale(1);
    const shown = colours.map((colour) => {
      draw(colour);
      return readPixels(stage.canvas, CAMERA.width, CAMERA.height);
    });
    const alone = await createImageBitmap(await stage.snapshot({ layers: 'garment' }));
    const mask = readAlpha(alone, CAMERA.width, CAMERA.height);
    alone.close();
    frame.image?.close();
    own.close();
    const worn = await LitFilm.open(mannequin, { ...person, garments: [{ src: garment }] }, own.gains);
    let wornMask: MannequinMask | null = null;
    judgements.push([]);
    for (const [c, colour] of colours.entries()) {
      worn.dye(piece.garment.parts.map(({ variants }) => variants[colour]));
      await worn.film(timeOf(count - 1), frame);
      if (!frame.image) throw new Error(`no picture in the light ${light}`);
      const film = readPixels(frame.image, CAMERA.width, CAMERA.height);
      frame.image.close();
      wornMask ??= worn.garmentMask();
      const difference = compareColours(shown[c], film, [mask, wornMask]);
      judgements[r].push({ colour, ...difference, sheet: hasSheet ? await sideBySide(shown[c], film) : null });
    }
    worn.close();
  }
  piece.garment.dispose();
  return judgements;

  /** Draws the last tracked frame with the garment in a colour. */
  function draw(color: string): void {
    stage.wear([{ id: 'worn', garment: piece.garment, size: piece.size, color, fit: piece.fit }]);
    stage.draw(frame, tracked, { ...posed, shapeVersion: version + posed.shapeVersion });
  }
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
