import type { Frame } from '../../../src/capture/frame-source.ts';
import type { EntryArray } from '../cache-entry.ts';
import type { Clip } from '../clip.ts';

/** Decodes the bytes of a PNG file. */
export function decodePicture(file: EntryArray): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([file as Uint8Array<ArrayBuffer>], { type: 'image/png' }));
}

/**
 * Decodes the picture of one frame of a clip (a filmed and tracked person), which must hold it: the array
 * `picture-<frame>`. Resolves to the frame with its size (pixels) and time (ms). The caller closes its image.
 */
export async function openPicture({ value: { width, height }, arrays }: Clip, frame: number): Promise<Frame> {
  const image = await decodePicture(arrays[`picture-${frame}`]);
  return { image, width, height, timeMs: (arrays.timesMs as Float64Array)[frame] };
}
