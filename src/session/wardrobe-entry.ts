import type { FittingError } from '../errors.ts';

/** What is known of a requested garment, for the interface to show. */
export interface WardrobeEntry {
  readonly id: string;
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
