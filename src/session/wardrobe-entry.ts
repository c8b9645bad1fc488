import type { FittingError } from '../errors.ts';
import type { Garment, WornGarment } from '../garment/garment.ts';
import type { GarmentRequest } from './garment-request.ts';

/** What is known of a garment that is worn, or will be when it is loaded: for the controls, and for the page's own. */
export interface WardrobeEntry {
  readonly id: string;
  /** Name that the shopper reads. */
  readonly label: string;
  readonly status: 'loading' | 'ready' | 'failed';
  /** Names of sizes and colours; empty until the garment is loaded. */
  readonly sizes: readonly string[];
  readonly colors: readonly string[];
  /** CSS colours that show `colors`; null for a colour that cannot be computed. */
  readonly swatches: readonly (string | null)[];
  /** Size and colour that are worn; null until the garment is loaded. */
  readonly size: string | null;
  readonly color: string | null;
  readonly error: FittingError | null;
}

/** What is known of one file. */
interface KnownFile {
  readonly garment: Garment | null;
  readonly swatches: readonly (string | null)[];
  readonly error: FittingError | null;
}

/**
 * Tells what is known of a request, frozen. `file`: the file of the wanted size; `shown`: the one that is worn meanwhile, which
 * may be that of another size.
 */
export function describeEntry(
  { id, label = id, files }: GarmentRequest,
  worn: WornGarment | null,
  file: KnownFile | undefined,
  shown: KnownFile | undefined,
): WardrobeEntry {
  return Object.freeze({
    id,
    label,
    status: file?.garment ? 'ready' : file?.error ? 'failed' : 'loading',
    sizes: files?.map(({ size }) => size) ?? Object.keys(shown?.garment?.manifest.sizes ?? {}),
    colors: shown?.garment?.colors ?? [],
    swatches: shown?.swatches ?? [],
    size: worn?.size ?? null,
    color: worn?.color ?? null,
    error: file?.error ?? null,
  });
}

/** Whether two lists say the same. */
export function areSameEntries(a: readonly WardrobeEntry[], b: readonly WardrobeEntry[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b) && a.every(({ error }, i) => error === b[i].error);
}
