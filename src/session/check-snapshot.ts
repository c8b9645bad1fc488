import { type SnapshotOptions, snapshotLayers } from '../scene/stage.ts';

/** MIME types that a canvas encodes. A browser without an encoder for WebP writes PNG instead. */
const SNAPSHOT_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];

/** Checks the options of `snapshot()`. Throws a `RangeError` that names the allowed values for an unknown one. */
export function checkSnapshot({ layers, type }: SnapshotOptions): void {
  check('layers', snapshotLayers, layers);
  check('type', SNAPSHOT_TYPES, type);
}

function check(name: string, allowed: readonly string[], value: string | undefined): void {
  if (value !== undefined && !allowed.includes(value))
    throw new RangeError(`fitting-room: ${name} must be one of ${allowed.join(', ')}, not "${String(value)}".`);
}
