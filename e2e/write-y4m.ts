import { closeSync, openSync, writeSync } from 'node:fs';

/** A video file that is being written. */
export interface Y4mWriter {
  /** Appends a frame: 4 × width × height bytes (red, green, blue, alpha), rows from the top. Alpha is ignored. */
  add(rgba: Uint8Array): void;
  /** Closes the file. */
  close(): void;
}

/**
 * Creates the file at the path `file`, an uncompressed video that Chromium's fake camera plays: YUV4MPEG2, 4:2:0,
 * BT.601 in video range, which Chromium assumes for these files. `width` and `height`: pixels, both even, else it
 * throws a `RangeError`; `fps`: frames a second, whole.
 */
export function writeY4m(file: string, width: number, height: number, fps: number): Y4mWriter {
  if (width % 2 || height % 2) throw new RangeError(`a 4:2:0 video has even sides, not ${width} × ${height}`);
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, `YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`);
  const luma = width * height;
  const halfWidth = width / 2;
  const planes = new Uint8Array(luma * 1.5);
  return {
    add(rgba) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const i = 4 * (y * width + x);
          // 16 is black. The half rounds, because the array cuts fractions off.
          planes[y * width + x] = 16.5 + (65.738 * rgba[i] + 129.057 * rgba[i + 1] + 25.064 * rgba[i + 2]) / 256;
        }
      }
      for (let y = 0; y < height / 2; y++) {
        for (let x = 0; x < halfWidth; x++) {
          // The mean of each 2 × 2 block.
          const i = 4 * (2 * y * width + 2 * x);
          const below = i + 4 * width;
          const r = (rgba[i] + rgba[i + 4] + rgba[below] + rgba[below + 4]) / 4;
          const g = (rgba[i + 1] + rgba[i + 5] + rgba[below + 1] + rgba[below + 5]) / 4;
          const b = (rgba[i + 2] + rgba[i + 6] + rgba[below + 2] + rgba[below + 6]) / 4;
          const chroma = luma + y * halfWidth + x;
          planes[chroma] = 128.5 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256;
          planes[chroma + luma / 4] = 128.5 + (112.439 * r - 94.154 * g - 18.285 * b) / 256;
        }
      }
      writeSync(descriptor, 'FRAME\n');
      writeSync(descriptor, planes);
    },
    close: () => closeSync(descriptor),
  };
}
