import {
  checkSource,
  engineNames,
  facings,
  modelNames,
  ownClothesNames,
  segmentationNames,
  type Tracker,
} from '../session/settings.ts';

/** Body heights that a shopper may have, centimetres: a small child to taller than the tallest adult. */
const MIN_STATURE_CM = 50;
const MAX_STATURE_CM = 260;

/**
 * Checks of the properties of `<fitting-room>`, by property name. A check returns the value to store. For null and
 * undefined it returns the default, for the empty string too except in `assets`. For a value that is not allowed it
 * throws a `RangeError` or `TypeError` that names the allowed values:
 *
 * - `source`: text (`camera`, `mannequin`, a URL) or an object with pictures, null by default;
 * - `facing`: `user` (default) or `environment`;
 * - `engine`: `auto` (default), `webgpu`, `wasm` or `mediapipe`;
 * - `model`: `auto` (default), `lite`, `full` or `heavy`;
 * - `segmentation`: `pose` (default) or `selfie`;
 * - `ownClothes`: `hide` (default) or `show`;
 * - `assets`: a URL, null by default;
 * - `tracker`: an object with the methods of a `Tracker`, null by default;
 * - `stature`: centimetres, a number or text of 50 to 260, null by default.
 */
export const propertyChecks = {
  source: checkSource,
  facing: (value: unknown) => checkWord('facing', facings, 'user', value),
  engine: (value: unknown) => checkWord('engine', engineNames, 'auto', value),
  model: (value: unknown) => checkWord('model', modelNames, 'auto', value),
  segmentation: (value: unknown) => checkWord('segmentation', segmentationNames, 'pose', value),
  ownClothes: (value: unknown) => checkWord('ownClothes', ownClothesNames, 'hide', value),
  assets: checkAssets,
  tracker: checkTracker,
  stature: checkStature,
};

/** Returns `value` when it is one of `allowed`, `fallback` when it is empty, else throws a `RangeError`. */
function checkWord<T extends string>(name: string, allowed: readonly T[], fallback: T, value: unknown): T {
  if (value === null || value === undefined || value === '') return fallback;
  const word = allowed.find((known) => known === value);
  if (word === undefined)
    throw new RangeError(`fitting-room: ${name} must be one of ${allowed.join(', ')}, not "${String(value)}".`);
  return word;
}

/** Returns the tracker when it has every method that a `Tracker` must have; null for none. */
function checkTracker(value: unknown): Tracker | null {
  if (value === null || value === undefined) return null;
  const missing = ['load', 'track', 'reset', 'close'].filter(
    (name) => typeof (value as Record<string, unknown>)[name] !== 'function',
  );
  if (missing.length > 0)
    throw new TypeError(`fitting-room: tracker must be a Tracker; it has no method ${missing.join(', ')}.`);
  return value as Tracker;
}

/** Returns the body height in centimetres; null when it is unknown. */
function checkStature(value: unknown): number | null {
  if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) return null;
  const centimetres = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  if (centimetres >= MIN_STATURE_CM && centimetres <= MAX_STATURE_CM) return centimetres;
  throw new RangeError(
    `fitting-room: stature is a height in centimetres from ${MIN_STATURE_CM} to ${MAX_STATURE_CM} (175, not 1.75), or null where unknown; not "${String(value)}".`,
  );
}

/**
 * Returns the URL as the page wrote it, absolute or relative to the document; null for the folder beside the script.
 */
function checkAssets(value: unknown): string | null {
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
