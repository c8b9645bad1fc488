/**
 * Script of the page that the browser tests share. It defines the elements of the product and sets `window.lab`, an
 * object with functions that tests call inside the page (`page.evaluate`):
 *
 * 1. make a room, which is a `<fitting-room>` (`createRoom`), wait for it (`untilStatus`, `untilDressed`), and bring one
 *    into every state that a shopper can see (`openRoomStates`);
 * 2. make a source of frames (`createSmallMannequin`, `playPictures`, `filmMannequin`, `cutMannequin`) or pictures
 *    (`takePictures`, `takeFrames`, `coverStills`, `drawEmptyScene`);
 * 3. run them through a room (`runSource`, `showFrames`) or through a tracker alone (`openEngine`, `trackFrames`,
 *    `trackOntoSheet`, `trackPicture`);
 * 4. measure the results (`garmentCoverage`, `measureWholeness`, `sampleAlpha`, `comparePerson`, `compareTrack`), draw
 *    them for people (`ContactSheet`), and pass pixels to Node (`readFrames`, `toBase64`).
 */
import '../../src/define.ts';
import type { FittingRoom, Frame, FrameSource } from '../../src/index.ts';
import { MannequinSource, SteppedVideoSource } from '../../src/index.ts';
import { createMannequinTruth } from '../../src/synthetic/mannequin-source.ts';
import { comparePerson } from './compare-person.ts';
import { compareTrack } from './compare-track.ts';
import { ContactSheet } from './contact-sheet.ts';
import { cutMannequin } from './cut-mannequin.ts';
import { drawEmptyScene } from './empty-scenes.ts';
import { filmMannequin } from './film-mannequin.ts';
import { coverStills, trackPicture } from './find-hidden.ts';
import { garmentCoverage } from './garment-coverage.ts';
import { measureWholeness } from './measure-wholeness.ts';
import { playPictures } from './play-pictures.ts';
import { openRoomStates } from './room-states.ts';
import { runSource } from './run-source.ts';
import { sampleAlpha } from './sample-alpha.ts';
import { showFrames } from './show-frames.ts';
import { takePictures } from './take-pictures.ts';
import { toBase64 } from './to-base64.ts';
import { openEngine, takeFrames, trackFrames } from './track-frames.ts';
import { trackOntoSheet } from './track-onto-sheet.ts';

/** Options of `createRoom` besides the attributes of the room. */
interface RoomOptions {
  /**
   * URL of the garment file (GLB); the tee by default. Null: the room has no garment and draws the frames alone, which
   * saves most of the time of drawing in software.
   */
  garment?: string | null;
  /** The room's `source` property; absent: the camera, or the `source` attribute. */
  source?: FrameSource;
}

/**
 * Makes a `<fitting-room>` with these attributes (value by name) and at most one garment, `id="tee"`. The caller adds
 * it to the document.
 */
function createRoom(
  attributes: Record<string, string> = {},
  { garment: garmentSrc = '/assets/tee.glb', source }: RoomOptions = {},
): FittingRoom {
  const room = document.createElement('fitting-room');
  if (source) room.source = source;
  for (const [name, value] of Object.entries(attributes)) room.setAttribute(name, value);
  if (garmentSrc === null) return room;
  const garment = document.createElement('fitting-garment');
  garment.id = 'tee';
  garment.setAttribute('src', garmentSrc);
  garment.setAttribute('label', 'Tee');
  room.append(garment);
  return room;
}

/**
 * A mannequin source with frames of 240 × 320 pixels, for tests that do not check pixels. Drawing in software takes
 * most of the tests' time, and it grows with the number of pixels.
 */
function createSmallMannequin(): MannequinSource {
  return new MannequinSource({ assets: '/assets/', camera: { width: 240, height: 320 } });
}

/**
 * Resolves when the garment of `room` is loaded: the next snapshot shows it. Rejects after `timeoutMs` milliseconds.
 */
async function untilDressed(room: FittingRoom, timeoutMs = 30_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (room.state.size === null) {
    if (performance.now() > end) throw new Error(`no garment after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves when `room` has this `status`. Rejects when its status becomes `error` instead, and after `timeoutMs`. */
function untilStatus(room: FittingRoom, status: string, timeoutMs = 30_000): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`still ${room.state.status}, not ${status}, after ${timeoutMs} ms`)),
      timeoutMs,
    );
    const look = (): void => {
      const { status: now, error } = room.state;
      if (now !== status && now !== 'error') return;
      clearTimeout(timer);
      room.removeEventListener('status-change', look);
      if (now === status) resolve();
      else reject(new Error(`error ${error?.code}: ${error?.message}`));
    };
    room.addEventListener('status-change', look);
    look();
  });
}

/**
 * Reads up to `count` frames of `source`, then closes it. Each frame is scaled to `width` pixels (even) and its height
 * rounded to an even number; `onFrame` receives its RGBA bytes in base64, 4 × width × height, rows from the top.
 */
async function readFrames(
  source: FrameSource,
  width: number,
  count: number,
  onFrame: (rgba: string, width: number, height: number) => Promise<void>,
): Promise<void> {
  const target: Frame = { image: null, width: 0, height: 0, timeMs: 0 };
  for (let i = 0; i < count; i++) {
    const frame = await source.next(target);
    if (frame?.image == null) break;
    // Both sides are even, because 4:2:0 video halves them.
    const height = 2 * Math.round((frame.height * width) / frame.width / 2);
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no 2D canvas to read frames from');
    context.drawImage(frame.image, 0, 0, width, height);
    frame.image.close();
    await onFrame(await toBase64(new Blob([context.getImageData(0, 0, width, height).data])), width, height);
  }
  source.close();
}

const lab = {
  createRoom,
  createSmallMannequin,
  createMannequinTruth,
  untilDressed,
  untilStatus,
  openRoomStates,
  toBase64,
  readFrames,
  runSource,
  showFrames,
  filmMannequin,
  cutMannequin,
  trackOntoSheet,
  trackPicture,
  coverStills,
  drawEmptyScene,
  compareTrack,
  comparePerson,
  takePictures,
  playPictures,
  takeFrames,
  trackFrames,
  openEngine,
  garmentCoverage,
  measureWholeness,
  sampleAlpha,
  ContactSheet,
  MannequinSource,
  SteppedVideoSource,
};

declare global {
  interface Window {
    lab: typeof lab;
  }
}
window.lab = lab;
