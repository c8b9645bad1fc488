// The studio in the browser: dresses the mannequin by the product itself and hands the pictures to `tools/pictures.ts`.
import '../../src/define.ts';
import type { FittingRoom } from '../../src/index.ts';
import { MannequinSource } from '../../src/index.ts';

/** One photograph. */
export interface Shot {
  size: string;
  color?: string;
  source: Omit<ConstructorParameters<typeof MannequinSource>[0], 'assets' | 'frames' | 'fps'>;
  /** Moment of the motion, milliseconds; its beginning unless told otherwise. */
  atMs?: number;
  layers?: 'scene' | 'garment' | 'frame';
  /** The part to keep, normalised: left, top, width, height. The whole figure is shot nevertheless, since it must be tracked. */
  crop?: [number, number, number, number];
}

/** Long enough for shape and filters to settle. */
const SETTLING_FRAMES = 20;
const FPS = 30;

/** The picture of one shot, at the source's own size. */
async function shoot({
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
  garment.setAttribute('src', '/assets/tee.glb');
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

/** Shoots and puts the pictures side by side; returns a WebP in base64. */
async function studio(shots: readonly Shot[], gap = 0, ground = '#f6f3ec'): Promise<string> {
  const pictures: ImageBitmap[] = [];
  for (const shot of shots) pictures.push(await shoot(shot));
  const width = pictures.reduce((sum, picture) => sum + picture.width, gap * (pictures.length - 1));
  const canvas = new OffscreenCanvas(width, Math.max(...pictures.map(({ height }) => height)));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas to lay the pictures out on');
  context.fillStyle = ground;
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
