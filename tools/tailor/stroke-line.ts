import type { Raster } from '../raster/encode-png.ts';

/** Share of a dash that is drawn; the rest is a gap. */
const DASH_DRAWN = 0.72;

/** How a line looks. */
export interface Stroke {
  /** Width of the line, pixels. */
  width: number;
  /** Grey value, 0 to 255. */
  value: number;
  /** 0 (invisible) to 1 (replaces what is below). */
  opacity: number;
  /** Length of a dash with its gap, pixels; without it the line is unbroken. */
  dash?: number;
}

/**
 * Draws an antialiased line through points into a grey picture, which it changes. `points`: x, y, x, y, …, pixels,
 * origin top left.
 */
export function strokeLine(
  raster: Raster,
  points: readonly number[],
  { width, value, opacity, dash = 0 }: Stroke,
): void {
  let drawnLength = 0;
  for (let k = 2; k < points.length; k += 2) {
    const ax = points[k - 2];
    const ay = points[k - 1];
    const dx = points[k] - ax;
    const dy = points[k + 1] - ay;
    const length = Math.hypot(dx, dy);
    const margin = width + 1;
    const top = Math.max(0, Math.floor(Math.min(ay, ay + dy) - margin));
    const bottom = Math.min(raster.height - 1, Math.ceil(Math.max(ay, ay + dy) + margin));
    const left = Math.max(0, Math.floor(Math.min(ax, ax + dx) - margin));
    const right = Math.min(raster.width - 1, Math.ceil(Math.max(ax, ax + dx) + margin));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const along = ((x + 0.5 - ax) * dx + (y + 0.5 - ay) * dy) / length;
        if (along < 0 || along > length) continue;
        if (dash > 0 && (drawnLength + along) % dash > dash * DASH_DRAWN) continue;
        const off = Math.abs(((x + 0.5 - ax) * dy - (y + 0.5 - ay) * dx) / length);
        const coverage = Math.min(1, Math.max(0, width / 2 + 0.5 - off)) * opacity;
        if (coverage === 0) continue;
        const pixel = y * raster.width + x;
        const before = raster.data[pixel];
        raster.data[pixel] = Math.round(before + (value - before) * coverage);
      }
    }
    drawnLength += length;
  }
}
