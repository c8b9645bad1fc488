import { type SnapshotOptions, snapshotLayers } from '../scene/stage.ts';

/** MIME types that the canvas of every browser either encodes or, for the last, replaces by PNG. */
const SNAPSHOT_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];

/** Checks what a page asks `snapshot()` for. Throws `RangeError`, naming the allowed values, for an unknown one. */
export function checkSnapshot({ layers, type }: SnapshotOptions): void {
  check('layers', snapshotLayers, layers);
  check('type', SNAPSHOT_TYPES, type);
}

function check(name: string, allowed: readonly string[], value: string | undefined): void {
  if (value !== undefined && !allowed.includes(value))
    throw new RangeError(`fitting-room: ${name} must be one of ${allowed.join(', ')}, not "${String(value)}".`);
}
