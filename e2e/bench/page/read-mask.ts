import type { PersonMask } from '../../../src/index.ts';

/** Returns whether a pixel of this colour (channels 0..255) belongs to the mask. */
export type IsPerson = (red: number, green: number, blue: number) => boolean;

/** Loads the picture at `url` as a mask: 255 for pixels of which `isPerson` is true, 0 for the others. */
export async function readMask(url: string, isPerson: IsPerson): Promise<PersonMask> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const picture = await createImageBitmap(await response.blob());
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to read masks with');
  context.drawImage(picture, 0, 0);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  return {
    width,
    height,
    data: Uint8ClampedArray.from({ length: width * height }, (_, i) =>
      isPerson(data[4 * i], data[4 * i + 1], data[4 * i + 2]) ? 255 : 0,
    ),
  };
}
