// The script of the page in which `fitting-room preview` draws. It fetches what to draw, draws it, and sends the
// pictures to the server that the page is from. It names the room's modules by the address that the server gives,
// since they stand beside it in the package.
import type { FittingRoom, MannequinSource } from '../../../src/index.ts';
import type { PicturePlan, Shot } from './plan-pictures.ts';

/** What the page is asked to draw, as the server's `job.json`. */
export interface PreviewJob {
  /** Addresses of the room's modules `index` and `define`, of the folder with its assets, and of the garment. */
  modules: { index: string; define: string };
  assets: string;
  garment: string;
  pictures: PicturePlan[];
}

/** Size of one shot, pixels, and the height of the line for its label. */
const TILE = { width: 280, height: 480 };
const LABEL_HEIGHT = 26;
/** Distance from the camera to the mannequin, metres. */
const DISTANCE_METRES = 3.2;
const BACKGROUND = '#e9e6df';
/** The mannequin is bare and of one colour, as in a shop window: what shows beside the garment is no other cloth. */
const MANNEQUIN_COLOR = '#b3aba0';
/** The room's picture is shown larger, since one looks at its edges. */
const ROOM_SCALE = 2;
/** Frames that the room tracks before its picture is taken: in them body and light converge. */
const TRACKED_FRAMES = 20;
const FPS = 30;

/** Constructor of the synthetic person, from the room's modules. */
type SourceClass = typeof MannequinSource;

/** Sends a picture, or what went wrong, to the server. */
async function send(path: string, body: Blob | string): Promise<void> {
  const { ok, status } = await fetch(path, { method: 'POST', body });
  if (!ok) throw new Error(`the server answered ${status} to ${path}`);
}

function cameraOf({ view }: Shot): Record<string, number> {
  return { ...TILE, ...view, distanceMetres: DISTANCE_METRES };
}

/** Resolves to pictures of the mannequin that wears the garment, one for each shot. The caller closes them. */
async function drawWorn(shots: readonly Shot[], { assets, garment }: PreviewJob, Source: SourceClass) {
  const pictures: ImageBitmap[] = [];
  let source: MannequinSource | null = null;
  let drawn = '';
  for (const shot of shots) {
    const { shape, size, color, motion, atMs } = shot;
    const key = JSON.stringify({ ...shot, atMs: 0, label: '' });
    if (key !== drawn || !source) {
      source?.close();
      source = new Source({
        assets,
        shape,
        motion: motion as 'sway',
        clothes: 'none',
        skin: MANNEQUIN_COLOR,
        background: BACKGROUND,
        camera: cameraOf(shot),
        garments: [{ src: garment, size, ...(color !== null && { color }) }],
      });
      drawn = key;
    }
    source.seek(atMs);
    const frame = await source.next({ image: null as unknown as ImageBitmap, width: 0, height: 0, timeMs: 0 });
    if (!frame) throw new Error('the mannequin gives no picture');
    pictures.push(frame.image as ImageBitmap);
  }
  source?.close();
  return pictures;
}

/** Resolves to what the room draws when it sees the mannequin of a shot. The caller closes it. */
async function drawInRoom(shot: Shot, { assets, garment }: PreviewJob, Source: SourceClass): Promise<ImageBitmap> {
  const room = document.createElement('fitting-room') as FittingRoom;
  room.setAttribute('size', shot.size);
  const worn = document.createElement('fitting-garment');
  worn.id = 'previewed';
  worn.setAttribute('src', garment);
  room.append(worn);
  document.body.append(room);
  try {
    await new Promise<void>((resolve, reject) => {
      room.addEventListener('fitting-error', (event) =>
        reject(new Error((event as CustomEvent<{ message: string }>).detail.message)),
      );
      let tracked = 0;
      room.addEventListener('track', () => {
        if (++tracked === TRACKED_FRAMES) resolve();
      });
      const before = Math.round((shot.atMs * FPS) / 1000);
      const source = new Source({
        assets,
        shape: shot.shape,
        motion: shot.motion as 'sway',
        camera: { ...cameraOf(shot), width: ROOM_SCALE * TILE.width, height: ROOM_SCALE * TILE.height },
        fps: FPS,
        frames: before + TRACKED_FRAMES,
      });
      source.seek(shot.atMs);
      room.source = source;
      room.start().catch(reject);
    });
    return await createImageBitmap(await room.snapshot({ layers: 'scene' }));
  } finally {
    room.remove();
  }
}

/**
 * Draws pictures in their own size, all the same, in rows of `columns`, each with its label below, and closes them.
 * Resolves to a WebP file.
 */
async function layOut(pictures: readonly ImageBitmap[], shots: readonly Shot[], columns: number): Promise<Blob> {
  const [{ width, height }] = pictures;
  const hasLabels = shots.some(({ label }) => label !== '');
  const cell = { width, height: height + (hasLabels ? LABEL_HEIGHT : 0) };
  const rows = Math.ceil(pictures.length / columns);
  const canvas = new OffscreenCanvas(columns * cell.width, rows * cell.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser gives no 2D canvas');
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#333';
  context.font = '15px system-ui, sans-serif';
  context.textAlign = 'center';
  pictures.forEach((picture, i) => {
    const x = (i % columns) * cell.width;
    const y = Math.floor(i / columns) * cell.height;
    context.drawImage(picture, x, y);
    context.fillText(shots[i].label, x + width / 2, y + height + 18, width);
    picture.close();
  });
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.86 });
}

/** Draws one picture, and sends it; a clip as one file for each of its shots. */
async function drawPicture(plan: PicturePlan, job: PreviewJob, Source: SourceClass): Promise<void> {
  const { name, kind, shots, columns } = plan;
  if (kind === 'room') {
    const pictures: ImageBitmap[] = [];
    for (const shot of shots) pictures.push(await drawInRoom(shot, job, Source));
    return send(`pictures/${name}`, await layOut(pictures, shots, columns));
  }
  const pictures = await drawWorn(shots, job, Source);
  if (kind === 'sheet') return send(`pictures/${name}`, await layOut(pictures, shots, columns));
  for (const picture of pictures) await send(`pictures/${name}`, await layOut([picture], shots, 1));
}

try {
  const job = (await (await fetch('job.json')).json()) as PreviewJob;
  await import(/* @vite-ignore */ job.modules.define);
  const { MannequinSource: Source } = (await import(/* @vite-ignore */ job.modules.index)) as {
    MannequinSource: SourceClass;
  };
  for (const plan of job.pictures) await drawPicture(plan, job, Source);
  await send('done', '');
} catch (error) {
  await send('failed', error instanceof Error ? error.message : String(error));
}
