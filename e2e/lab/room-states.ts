/**
 * Brings one room into every state that a shopper can see, by its public interface alone, and without a pose model: a
 * tracker that knows the truth stands in for it, so that a state takes milliseconds.
 *
 * 1. `openRoomStates` makes the room, with two garments, an action of the page and the privacy panel;
 * 2. each function of its result starts from the room as the one before has left it, and resolves in its state.
 */

import {
  FittingError,
  type FittingErrorCode,
  type FittingRoom,
  MannequinSource,
  type Tracker,
} from '../../src/index.ts';
import { loadMannequin } from '../../src/mannequin/load-mannequin.ts';
import { writeTrueLandmarks } from '../../src/synthetic/write-true-landmarks.ts';
import { PHOTO_SIZE, photographMannequin } from './photograph-mannequin.ts';
import { cameraOf, refusingCamera, replaceCamera } from './stand-in-camera.ts';

/** Time between two pictures of the camera, milliseconds: drawing by software leaves the page time to be looked at. */
const FRAME_MS = 1000;

/** What the tracker of the next start does. */
interface Puppet {
  /** Whether a person is found. */
  isFound: boolean;
  /** Code with which the next frame fails; null: it does not. */
  failure: FittingErrorCode | null;
}

/** Never resolves. */
const forever = new Promise<never>(() => undefined);

/** A tracker with this `load`, whose `track` is `track`. */
function createTracker(load: () => Promise<void>, track: Tracker['track']): Tracker {
  return { engine: 'wasm', model: 'lite', measuresDepth: true, load, track, reset() {}, close() {} };
}

/** A picture of the synthetic person as a PNG file, and a tracker that finds in every frame what `puppet` says. */
async function drawPerson(puppet: Puppet): Promise<{ photo: Blob; tracker: Tracker }> {
  const { photo, truth } = await photographMannequin();
  const mannequin = await loadMannequin('/assets/mannequin.glb');
  const tracker = createTracker(
    () => Promise.resolve(),
    async (_frame, target) => {
      if (puppet.failure) throw new FittingError(puppet.failure, 'broken by the test');
      writeTrueLandmarks(mannequin, truth, target);
      target.mask = puppet.isFound ? truth.personMask : null;
      target.score = puppet.isFound ? 1 : 0;
      return 'tracked';
    },
  );
  return { photo, tracker };
}

/** Resolves when `condition` holds and the room shows it. */
async function until(room: FittingRoom, condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
  await room.updateComplete;
}

/** Puts a room into `parent`. Returns functions that bring it into a state each, by the state's name, in order. */
export async function openRoomStates(parent: Element): Promise<Record<string, () => Promise<void>>> {
  const puppet: Puppet = { isFound: true, failure: null };
  const { photo, tracker } = await drawPerson(puppet);
  const camera = await cameraOf(photo, FRAME_MS);
  const room = document.createElement('fitting-room');
  room.privacyPanel = true;
  room.innerHTML = `
    <fitting-garment id="tee" src="/assets/tee.glb" label="Tee"></fitting-garment>
    <fitting-garment id="other" src="/assets/tee.glb" label="Tee with a longer name"></fitting-garment>
    <button slot="actions">Add to basket</button>`;
  // The file of a picture is not saved.
  room.addEventListener('snapshot', (event) => event.preventDefault());
  parent.append(room);
  // What a page's own styles do.
  const action = room.querySelector('button');
  if (action) Object.assign(action.style, { minHeight: '44px', padding: '0 12px' });

  const untilStatus = (status: string): Promise<void> => until(room, () => room.state.status === status);
  const button = (part: string): HTMLElement | null | undefined =>
    room.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`);
  const load = (load: () => Promise<void>): Tracker => createTracker(load, () => forever);
  /** Starts anew with a camera (`open`; null: the browser has none), or with another source. */
  const start = (
    tracker: Tracker,
    open: Parameters<typeof replaceCamera>[0],
    source = 'camera' as typeof room.source,
  ) => {
    room.stop();
    Object.assign(puppet, { isFound: true, failure: null });
    replaceCamera(open);
    room.tracker = tracker;
    room.source = source;
    void room.start();
  };
  const untilError = (code: FittingErrorCode): Promise<void> => until(room, () => room.state.error?.code === code);
  const cameraError = (name: string, code: FittingErrorCode) => async (): Promise<void> => {
    start(tracker, refusingCamera(name));
    await untilError(code);
  };
  const loadError = (code: FittingErrorCode) => async (): Promise<void> => {
    start(
      load(() => Promise.reject(new FittingError(code, 'broken by the test'))),
      camera.open,
    );
    await untilError(code);
  };
  const wearing = async (): Promise<void> => {
    start(tracker, camera.open);
    await untilStatus('tracking');
    await until(room, () => room.state.size !== null);
  };

  return {
    idle: () => until(room, () => button('start-button') != null),
    async 'privacy panel'() {
      button('privacy-button')?.click();
      await until(room, () => button('privacy-panel') != null);
    },
    async asking() {
      button('close-button')?.click();
      await until(room, () => button('privacy-panel') == null);
      start(tracker, () => forever);
      await untilStatus('asking');
    },
    async 'loading, the shopper in the mirror'() {
      start(
        load(() => forever),
        camera.open,
      );
      await untilStatus('loading');
      await until(room, () => button('preview') != null);
    },
    async 'loading without a camera'() {
      start(
        load(() => forever),
        camera.open,
        'mannequin',
      );
      await untilStatus('loading');
    },
    'camera denied': cameraError('NotAllowedError', 'camera-denied'),
    'no camera': cameraError('NotFoundError', 'camera-missing'),
    'camera busy': cameraError('NotReadableError', 'camera-busy'),
    async 'browser of an app'() {
      start(tracker, null);
      await untilError('insecure-context');
      await until(room, () => button('copy-button') != null);
    },
    async 'browser of an app, which forbids copying'() {
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
      button('copy-button')?.click();
      await until(room, () => button('address') != null);
    },
    async 'the page as a code for a phone'() {
      button('code-button')?.click();
      await until(room, () => button('code') != null);
    },
    'model unreachable': loadError('model-unreachable'),
    'unsupported browser': loadError('unsupported-browser'),
    async 'photo unreadable'() {
      start(tracker, null, new Blob(['no picture'], { type: 'image/png' }));
      await untilError('source-unreadable');
    },
    wearing,
    async 'shopper lost'() {
      puppet.isFound = false;
      await untilStatus('searching');
    },
    async paused() {
      puppet.isFound = true;
      await untilStatus('tracking');
      room.pause();
      await untilStatus('paused');
    },
    async 'picture taken'() {
      await room.start();
      await untilStatus('tracking');
      button('snapshot-button')?.click();
      await until(room, () => button('status')?.textContent?.includes('saved') === true);
    },
    async 'privacy panel while wearing'() {
      button('privacy-button')?.click();
      await until(room, () => button('privacy-panel') != null);
    },
    async 'garment unreachable'() {
      button('close-button')?.click();
      room.querySelector('#tee')?.setAttribute('src', '/assets/no-such-garment.glb');
      await untilError('garment-unreachable');
    },
    async 'garment invalid'() {
      room.querySelector('#tee')?.setAttribute('src', '/demo/shop.css');
      await untilError('garment-invalid');
    },
    async 'engine failed'() {
      puppet.failure = 'engine-failed';
      await untilError('engine-failed');
    },
    async 'camera lost'() {
      room.querySelector('#tee')?.setAttribute('src', '/assets/tee.glb');
      await wearing();
      camera.lose();
      await untilError('camera-lost');
    },
    async 'context lost'() {
      await wearing();
      const canvas = room.shadowRoot?.querySelector('canvas');
      canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
      await untilError('context-lost');
    },
    async photo() {
      start(tracker, null, photo);
      await untilStatus('tracking');
      await until(room, () => room.state.size !== null);
    },
    async mannequin() {
      // A few small pictures: software that draws without an end leaves no time to look at the page.
      const source = new MannequinSource({ assets: '/assets/', camera: PHOTO_SIZE, motion: 'stand', frames: 3 });
      start(tracker, null, source);
      await untilStatus('tracking');
      await until(room, () => room.state.size !== null);
    },
  };
}
