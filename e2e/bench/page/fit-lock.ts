// Frame lock: does a room (the product's `<fitting-room>`) show the very frame from which it solved the body?
// 1. `numberFrames` paints the number of each frame into its picture.
// 2. `runRoom` runs a room of the product on these frames and calls back at each `track` event.
// 3. `runLock` reads the number of the picture on show, compares it with the frame of the body, and checks that
//    `solveFrame` gives the same body as the room.

import type { Body, PosedBody } from '../../../src/body/body.ts';
import { createPosedBody } from '../../../src/body/create-posed-body.ts';
import { createOutfit } from '../../../src/cloth/create-outfit.ts';
import { FittingGarment, FittingRoom, type Frame, type FrameSource, type Tracked } from '../../../src/index.ts';
import { boneIndex, type Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createFrameSolver, solveFrame } from '../../../src/session/solve-frame.ts';
import type { TrackedFrame } from '../../../src/tracking/tracker.ts';
import { jointBones } from '../judge-fit.ts';
import { FitPerson, type FitScene } from './fit-person.ts';
import type { FilmModel } from './open-tracker.ts';

// Not by `define.ts`: the bundler drops that import, since package.json lists only the built file as having side
// effects.
customElements.define('fitting-room', FittingRoom);
customElements.define('fitting-garment', FittingGarment);

/** A number is painted as black and white squares in the top left corner, the lowest bit first. */
const BITS = 10;
/** Width and height of a square, pixels. */
const SIDE_PX = 12;
/** Timeout for drawing the last frame after the source has ended, milliseconds: tracking and drawing overlap. */
const LAST_DRAW_MS = 10_000;
/** Largest allowed distance between a joint of the room and of `solveFrame`: rounding. */
const MAX_OFFSET_METRES = 1e-6;

/**
 * Paints the number of each frame into its picture. At the end of the source it calls `onEnd` with the number of
 * frames.
 */
function numberFrames(source: FrameSource, onEnd: (count: number) => void): FrameSource {
  const context = new OffscreenCanvas(source.width, source.height).getContext('2d');
  if (!context) throw new Error('no 2D canvas to number frames with');
  let number = 0;
  return {
    width: source.width,
    height: source.height,
    live: false,
    async next(target: Frame) {
      const frame = await source.next(target);
      if (!frame?.image) {
        onEnd(number);
        return frame;
      }
      context.drawImage(frame.image, 0, 0);
      frame.image.close();
      for (let bit = 0; bit < BITS; bit++) {
        context.fillStyle = (number >> bit) & 1 ? '#fff' : '#000';
        context.fillRect(bit * SIDE_PX, 0, SIDE_PX, SIDE_PX);
      }
      number++;
      frame.image = context.canvas.transferToImageBitmap();
      return frame;
    },
    close: () => source.close(),
  };
}

/** Reads the painted number from a picture file. */
async function readNumber(blob: Blob): Promise<number> {
  const picture = await createImageBitmap(blob);
  const context = new OffscreenCanvas(BITS * SIDE_PX, SIDE_PX).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to read numbers with');
  context.drawImage(picture, 0, 0);
  picture.close();
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const [red] = context.getImageData((bit + 0.5) * SIDE_PX, SIDE_PX / 2, 1, 1).data;
    if (red >= 128) number |= 1 << bit;
  }
  return number;
}

/**
 * Runs a room over all frames of `source`, with the given attributes and the garment at the URL `garment`, and calls
 * `onTrack` after each drawn frame. Rejects with the error that the room reports, with the first that `onTrack` throws,
 * and if the room does not draw all frames.
 */
async function runRoom(
  source: FrameSource,
  garment: string,
  attributes: Record<string, string>,
  onTrack: (room: FittingRoom) => void,
): Promise<void> {
  const room = document.createElement('fitting-room');
  const worn = document.createElement('fitting-garment');
  for (const [name, value] of Object.entries({ id: 'worn', src: garment, label: 'Worn' }))
    worn.setAttribute(name, value);
  for (const [name, value] of Object.entries({ assets: '/assets/', 'no-controls': '', ...attributes }))
    room.setAttribute(name, value);
  room.append(worn);
  let total = Infinity;
  let shown = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      room.source = numberFrames(source, (count) => {
        total = count;
        if (shown === total) resolve();
        else setTimeout(() => reject(new Error(`the room drew ${shown} of ${total} frames`)), LAST_DRAW_MS);
      });
      room.addEventListener('track', () => {
        try {
          onTrack(room);
        } catch (cause) {
          reject(cause);
        }
        if (++shown === total) resolve();
      });
      room.addEventListener('fitting-error', (event) => {
        const { code, message } = (event as CustomEvent<{ code: string; message: string }>).detail;
        reject(new Error(`${code}: ${message}`));
      });
      document.body.append(room);
      void room.start();
    });
  } finally {
    room.remove();
  }
}

/** The public `tracked` in the form that `solveFrame` takes. */
function toTrackedFrame({ landmarks, worldLandmarks, mask, ...rest }: Tracked): TrackedFrame {
  const flatten = (objects: Tracked['landmarks']): Float32Array =>
    Float32Array.from(objects.flatMap(({ x, y, z, visibility }) => [x, y, z, visibility]));
  return {
    ...rest,
    landmarks: flatten(landmarks),
    worldLandmarks: flatten(worldLandmarks),
    mask: mask && { width: mask.width, height: mask.height, data: mask.data.slice() },
    classes: null,
  };
}

/**
 * Throws if the body of `solveFrame` differs from the room's `body`: the benchmark would judge another body than the
 * product draws. `frame`: number of the frame, for the message.
 */
function checkBody({ found, positions }: PosedBody, body: Body | null, frame: number): void {
  if (found !== (body !== null))
    throw new Error(`frame ${frame}: ${found ? 'solveFrame' : 'the room'} alone finds a body`);
  if (body === null) return;
  const offsets = Object.values(jointBones).map((bone) =>
    Math.hypot(...body.joints[bone].map((value, k) => value - positions[3 * boneIndex[bone] + k])),
  );
  const offset = Math.max(...offsets);
  if (!(offset <= MAX_OFFSET_METRES))
    throw new Error(`frame ${frame}: the body of solveFrame is ${offset} m away from the room's`);
}

/**
 * Runs a room over a scene. Resolves, by frame, to the distance in frames between the picture on show and the solved
 * body.
 *
 * @param scene Body, motion, and camera of the synthetic person: pixels, frames a second, lens in degrees.
 * @param garment URL of the garment that the room draws.
 * @param options `model`: BlazePose's landmark model; `stature`: the person's height, centimetres; `mannequin`: the
 *   body of which solved bodies are shapes.
 */
export async function runLock(
  scene: FitScene,
  garment: string,
  { model, stature, mannequin }: { model: FilmModel; stature: number; mannequin: Mannequin },
): Promise<number[]> {
  const person = new FitPerson(scene, 'none');
  await person.ready();
  const distances: Promise<number>[] = [];
  const solver = createFrameSolver({ mannequin, garments: createOutfit(mannequin), stature });
  const posed = createPosedBody();
  const attributes = { engine: 'wasm', model, stature: String(stature) };
  await runRoom(person, garment, attributes, (room) => {
    const { tracked, body } = room;
    if (tracked === null) throw new Error('a track event without a tracked frame');
    solveFrame(solver, toTrackedFrame(tracked), posed);
    checkBody(posed, body, tracked.frame);
    const solved = Math.round((tracked.timeMs * scene.fps) / 1000);
    const distance = room
      .snapshot({ layers: 'frame' })
      .then(readNumber)
      .then((shown) => Math.abs(shown - solved));
    // Awaited below; if a later frame fails first, an error of this one is not printed besides.
    distance.catch(() => {});
    distances.push(distance);
  });
  return Promise.all(distances);
}
