import type { ComplexAttributeConverter } from 'lit';

/** Centimetres: the shortest and the tallest who stand before a camera, with some room. */
const MIN_STATURE_CM = 50;
const MAX_STATURE_CM = 260;

/** One of the words allowed, or `fallback` where nothing is said. Throws `RangeError` for any other. */
export function checkWord<T extends string>(name: string, allowed: readonly T[], fallback: T, value: unknown): T {
  if (value === null || value === undefined || value === '') return fallback;
  const word = allowed.find((known) => known === value);
  if (word === undefined)
    throw new RangeError(`fitting-room: ${name} must be one of ${allowed.join(', ')}, not "${String(value)}".`);
  return word;
}

/** Centimetres, or null where nothing is said. Throws `RangeError` for what is nobody's height. */
export function checkStature(value: unknown): number | null {
  if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) return null;
  const centimetres = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  if (centimetres >= MIN_STATURE_CM && centimetres <= MAX_STATURE_CM) return centimetres;
  throw new RangeError(
    `fitting-room: stature is a height in centimetres from ${MIN_STATURE_CM} to ${MAX_STATURE_CM} (175, not 1.75), or null where unknown; not "${String(value)}".`,
  );
}

/** An address, as it was given, or null where nothing is said. Throws `TypeError` for what is none. */
export function checkAssets(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  try {
    void new URL(text, document.baseURI);
  } catch (cause) {
    throw new TypeError(`fitting-room: assets must be a URL, absolute or relative to the page, not "${text}".`, {
      cause,
    });
  }
  return text;
}

/** An attribute of a value that `check` allows: any other is ignored, with a warning, since markup has nobody to throw at. */
export function lenient<T>(check: (value: unknown) => T): ComplexAttributeConverter<T> {
  return {
    fromAttribute(value: string | null): T {
      try {
        return check(value);
      } catch (cause) {
        console.warn(`${(cause as Error).message} The attribute is ignored.`);
        return check(null);
      }
    },
    toAttribute: (value: T): unknown => value,
  };
}
