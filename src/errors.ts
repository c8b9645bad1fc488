/** Every way in which the world, not the page's author, can fail a fitting. Stable: pages switch on these. */
export const fittingErrorCodes = [
  'camera-denied',
  'camera-missing',
  'camera-busy',
  'camera-lost',
  'insecure-context',
  'source-unreadable',
  'engine-failed',
  'model-unreachable',
  'garment-unreachable',
  'garment-invalid',
  'context-lost',
  'unsupported-browser',
] as const;

export type FittingErrorCode = (typeof fittingErrorCodes)[number];

/**
 * A failure of the world (no camera, no network, a broken garment), with a stable `code` that the interface turns into
 * words for the shopper. `message` is for the developer and names the thing that failed. Wrong use of the API is a plain
 * `TypeError` or `RangeError` instead, thrown at once.
 */
export class FittingError extends Error {
  override readonly name = 'FittingError';
  readonly code: FittingErrorCode;

  constructor(code: FittingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
