import { type SnapshotOptions, snapshotLayers } from '../scene/stage.ts';

/** MIME types that a canvas encodes. A browser without an encoder for WebP writes PNG instead. */
const SNAPSHOT_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];

/**
 * Checks the options of `snapshot()`: `layers` is `scene` (frame and garments), `garment` or `frame` (each alone), and
 * `type` is `image/png`, `image/jpeg` or `image/webp`; both may be absent. Throws a `RangeError` that names the allowed
 * values for another value.
 */
export function checkSnapshot({ layers, type }: SnapshotOptions): void {
  check('layers', snapshotLayers, layers);
  check('type', SNAPSHOT_TYPES, type);
}

/** Throws a `RangeError` when `value` is set and is not one of `allowed`; `name` is that of the option. */
function check(name: string, allowed: readonly string[], value: string | undefined): void {
  if (value !== undefined && !allowed.includes(value))
    throw new RangeError(`fitting-room: ${name} must be one of ${allowed.join(', ')}, not "${String(value)}".`);
}
