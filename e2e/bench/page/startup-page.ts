// Page of `npm run bench -- startup`: a shop's page with one room of the built package, as served at `/package/`.

import type { FittingRoom } from '../../../src/index.ts';

/** What the room shows. */
export interface StartupOptions {
  /** URL of the garment. */
  garment: string;
  /** URL of the photo that stands in for the camera; null for the camera. */
  photo: string | null;
}

let room: FittingRoom;

/**
 * Loads what a product page loads before the first tap: the package's shell. Puts a room on the page that has not
 * started.
 */
async function open({ garment, photo }: StartupOptions): Promise<void> {
  const shell = '/package/define.js';
  await import(/* @vite-ignore */ shell);
  document.body.innerHTML =
    '<fitting-room engine="wasm" model="lite"><fitting-garment></fitting-garment></fitting-room>';
  room = document.querySelector('fitting-room') as FittingRoom;
  room.source = photo;
  for (const [name, value] of Object.entries({ id: 'worn', src: garment, label: 'Worn' }))
    room.firstElementChild?.setAttribute(name, value);
  await room.updateComplete;
}

/** Starts the room, as a tap does, and resolves to the milliseconds until the first frame is drawn with the garment. */
async function tap(): Promise<number> {
  const beganMs = performance.now();
  const drawnMs = new Promise<number>((resolve, reject) => {
    room.addEventListener('track', () => resolve(performance.now() - beganMs), { once: true });
    room.addEventListener('fitting-error', (event) => {
      const { code, message } = (event as CustomEvent<{ code: string; message: string }>).detail;
      reject(new Error(`${code}: ${message}`));
    });
  });
  await room.start();
  const ms = await drawnMs;
  if (room.state.size === null) throw new Error('the first frame was drawn without the garment');
  return ms;
}

/**
 * Starts the room with the camera, as a tap does, and resolves to the milliseconds until the browser is asked for it, and
 * until shoppers see themselves. Ends the room then.
 */
async function tapCamera(): Promise<{ msToCameraAsked: number; msToMirror: number }> {
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  let msToCameraAsked = NaN;
  const beganMs = performance.now();
  mediaDevices.getUserMedia = (constraints) => {
    msToCameraAsked = performance.now() - beganMs;
    return ask(constraints);
  };
  void room.start();
  const hasPicture = (): boolean => {
    const video = room.shadowRoot?.querySelector<HTMLVideoElement>('[part="preview"] video');
    return (video?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA || room.tracked !== null;
  };
  while (!hasPicture()) await new Promise((resolve) => setTimeout(resolve, 10));
  const msToMirror = performance.now() - beganMs;
  room.stop();
  return { msToCameraAsked, msToMirror };
}

const bench = { open, tap, tapCamera };
/** The page's functions, for `callPage`. */
export type StartupBench = typeof bench;
Object.assign(window, { bench });
