import { FittingError } from '../errors.ts';

/** Throws a `FittingError` when `src`, of the `<fitting-garment>` with this id, is no URL. */
export function checkGarmentUrl(id: string, src: string): void {
  try {
    void new URL(src);
  } catch (cause) {
    throw new FittingError(
      'garment-invalid',
      `The src of the garment "${id}" is no address: "${src}". Give it the URL of a GLB file.`,
      { cause },
    );
  }
}
