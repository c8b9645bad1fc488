// The script of the page in which `tools/pictures.ts` makes its pictures. It sets `window.studio`, which for each shot
// puts a <fitting-room> with a garment on the page, plays 20 frames of the mannequin and takes a snapshot.
import '../../src/define.ts';
import type { FittingRoom } from '../../src/index.ts';
import { MannequinSource } from '../../src/index.ts';

/** A picture of the mannequin in a garment. */
export interface Shot {
  /** Address of the garment; the T-shirt's unless given. */
  garment?: string;
  /** Size of the garment, `L` for instance. */
  size: string;
  /** Colour of the garment by name; the garment's first unless given. */
  color?: string;
  /** Motion, body shape, background and camera, `{ motion: 'sway', shape: 'female-50' }` for instance. */
  source: Omit<ConstructorParameters<typeof MannequinSource>[0], 'assets' | 'frames' | 'fps'>;
  /**
   * Time in the motion that the picture shows, milliseconds, to about a frame. The room needs 20 frames before: the
   * earliest time, and the default, is 633.
   */
  atMs?: number;
  /** What the snapshot shows: `scene` (default) is frame and garment together. */
  layers?: 'scene' | 'garment' | 'frame';
  /** Part to keep: left, top, width and height as shares of the picture; all of it unless given. */
  crop?: [number, number, number, number];
}

/** Frames up to the picture's: in them the estimate of the body's shape and the filters converge. */
const SETTLING_FRAMES = 20;
/** Frames a second that the mannequin's source makes. */
const FPS = 30;

/** Takes the picture of a shot, at the camera's resolution, cropped. Rejects with the error that the room reports. */
async function shoot({
  garment: src = '/assets/tee.glb',
  size,
  color,
  source,
  atMs = 0,
  layers = 'scene',
  crop = [0, 0, 1, 1],
}: Shot): Promise<ImageBitmap> {
  const room: FittingRoom = document.createElement('fitting-room');
  room.setAttribute('size', size);
  const garment = document.createElement('fitting-garment');
  garment.id = 'tee';
  garment.setAttribute('src', src);
  if (color) garment.setAttribute('color', color);
  room.append(garment);
  document.body.append(room);
  await new Promise<void>((resolve, reject) => {
    room.addEventListener('fitting-error', (event) =>
      reject(new Error((event as CustomEvent<{ message: string }>).detail.message)),
    );
    let drawn = 0;
    room.addEventListener('track', () => {
      if (++drawn === SETTLING_FRAMES) resolve();
    });
    const before = Math.max(0, Math.round((atMs * FPS) / 1000) - SETTLING_FRAMES);
    const mannequin = new MannequinSource({
      ...source,
      fps: FPS,
      frames: before + SETTLING_FRAMES,
      assets: '/assets/',
    });
    mannequin.seek((before * 1000) / FPS);
    room.source = mannequin;
    room.start().catch(reject);
  });
  const blob = await room.snapshot({ layers });
  const whole = await createImageBitmap(blob);
  const [left, top, width, height] = crop;
  const picture = await createImageBitmap(
    blob,
    left * whole.width,
    top * whole.height,
    width * whole.width,
    height * whole.height,
  );
  room.remove();
  return picture;
}

/**
 * Takes the pictures and puts them side by side, `gap` pixels apart, on `background` (a CSS colour). Resolves to a WebP
 * file in base64.
 */
async function studio(shots: readonly Shot[], gap = 0, background = '#f6f3ec'): Promise<string> {
  const pictures: ImageBitmap[] = [];
  for (const shot of shots) pictures.push(await shoot(shot));
  const width = pictures.reduce((sum, picture) => sum + picture.width, gap * (pictures.length - 1));
  const canvas = new OffscreenCanvas(width, Math.max(...pictures.map(({ height }) => height)));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser gives no 2D canvas');
  context.fillStyle = background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  let x = 0;
  for (const picture of pictures) {
    context.drawImage(picture, x, 0);
    x += picture.width + gap;
  }
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.88 });
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

declare global {
  interface Window {
    studio: typeof studio;
  }
}
window.studio = studio;
