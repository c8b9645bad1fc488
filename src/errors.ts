/**
 * Codes of the failures that are not the page author's mistake. Pages branch on them, so a published code is never
 * renamed.
 */
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

/** One of `fittingErrorCodes`. */
export type FittingErrorCode = (typeof fittingErrorCodes)[number];

/**
 * A failure that is not the page author's mistake: no camera, no network, a broken garment. `code` is one of
 * `fittingErrorCodes`; the interface shows the shopper a text for it. `message` tells the developer what failed, and
 * `options.cause` may hold the error that caused it. Wrong use of the API throws a plain `TypeError` or `RangeError`
 * instead.
 */
export class FittingError extends Error {
  override readonly name = 'FittingError';
  readonly code: FittingErrorCode;

  constructor(code: FittingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
