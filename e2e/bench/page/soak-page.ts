// Page of `npm run bench -- soak`: a room (`<fitting-room>`) whose source gives frames in portions, as Node asks for
// them.
import type { Frame, FrameSource } from '../../../src/index.ts';
import { FittingGarment, FittingRoom, MannequinSource } from '../../../src/index.ts';
import { type FrameKind, type StoredFrame, storeFrames } from './stored-frames.ts';

/** The room's attributes `engine` and `model`, and the form of the frames that it gets. */
export interface SoakSetup {
  engine: string;
  model: string;
  kind: FrameKind;
}

/** Size of the frames, pixels: small, so that thousands of frames last minutes, since software draws slowly. */
const SIZE = { width: 192, height: 256 };
/** Frames a second of the source's clock. */
const FPS = 10;
/** Number of stored frames: a whole swing of the mannequin, so that it does not jump when the frames repeat. */
const SWING_FRAMES = 50;

/** A source that repeats the given frames and waits once it has returned as many as `allow` granted. */
class MeteredSource implements FrameSource {
  readonly live = false;
  readonly width = SIZE.width;
  readonly height = SIZE.height;
  /** Number of frames returned so far. */
  given = 0;
  #allowed = 0;
  #closed = false;
  #wake: (() => void) | null = null;
  readonly #frames: readonly StoredFrame[];
  readonly #kind: FrameKind;

  constructor(frames: readonly StoredFrame[], kind: FrameKind) {
    this.#frames = frames;
    this.#kind = kind;
  }

  /** Lets the source return `count` more frames. */
  allow(count: number): void {
    this.#allowed += count;
    this.#wake?.();
  }

  async next(target: Frame): Promise<Frame | null> {
    while (this.given >= this.#allowed && !this.#closed) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#closed) return null;
    target.image = await this.#frames[this.given % this.#frames.length].take(this.#kind);
    target.width = SIZE.width;
    target.height = SIZE.height;
    target.timeMs = (this.given++ * 1000) / FPS;
    return target;
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }
}

// Not by `define.ts`: the bundler drops that import, since package.json lists only the built file as having side
// effects.
customElements.define('fitting-room', FittingRoom);
customElements.define('fitting-garment', FittingGarment);

let source: MeteredSource | null = null;
/** Number of frames that the room has drawn, and in how many of them it found a person. */
let drawn = 0;
let found = 0;
let failed: Error | null = null;
let onChange: (() => void) | null = null;

/** Puts a room on the page and starts it. It waits for its first frame. */
async function start({ engine, model, kind }: SoakSetup): Promise<void> {
  const mannequin = new MannequinSource({
    assets: '/assets/',
    motion: 'sway',
    fps: FPS,
    frames: SWING_FRAMES,
    camera: SIZE,
  });
  source = new MeteredSource(await storeFrames(mannequin, SWING_FRAMES), kind);
  const room = document.createElement('fitting-room');
  room.innerHTML = '<fitting-garment id="tee" src="/assets/tee.glb" label="Tee"></fitting-garment>';
  for (const [name, value] of Object.entries({ engine, model, assets: '/assets/', 'no-controls': '' }))
    room.setAttribute(name, value);
  room.source = source;
  room.addEventListener('track', () => {
    drawn++;
    if ((room.tracked?.score ?? 0) > 0) found++;
    onChange?.();
  });
  room.addEventListener('fitting-error', (event) => {
    const { code, message } = (event as CustomEvent<{ code: string; message: string }>).detail;
    failed = new Error(`${code}: ${message}`);
    onChange?.();
  });
  document.body.append(room);
  // Not awaited: it resolves with the first frame, which `advance` allows. Failures arrive by the event.
  room.start().catch(() => {});
}

/**
 * Allows `count` more frames and waits until they are drawn. Resolves to the frames drawn so far, those with a person
 * in them, engine and model.
 */
async function advance(
  count: number,
): Promise<{ drawn: number; found: number; engine: string | null; model: string | null }> {
  if (!source) throw new Error('start first');
  const until = source.given + count;
  source.allow(count);
  while (drawn < until) {
    if (failed) throw failed;
    await new Promise<void>((resolve) => (onChange = resolve));
  }
  const { engine, model } = document.querySelector('fitting-room')?.state ?? { engine: null, model: null };
  return { drawn, found, engine, model };
}

const bench = { start, advance };
/** The page's functions, for `callPage`. */
export type SoakBench = typeof bench;
Object.assign(window, { bench });
