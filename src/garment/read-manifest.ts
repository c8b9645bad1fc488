import {
  type GarmentKind,
  type GarmentManifest,
  type GarmentMeasures,
  type GarmentPattern,
  garmentKinds,
} from './garment.ts';
import { garmentInvalid } from './garment-invalid.ts';
import { isJson, type Json } from './read-glb.ts';

/** The keys of `GarmentMeasures`. */
const measureNames = [
  'chest',
  'waist',
  'hip',
  'length',
  'sleeve',
  'inseam',
] as const satisfies readonly (keyof GarmentMeasures)[];

/** Largest finished measure, cm: a gown with a train is less than 3 m long. */
const MAX_MEASURE_CM = 400;
/** Most sizes: more than any shop's table has (trousers by waist and length: about 60). */
const MAX_SIZES = 100;
/** Longest side of a texture that holds a flat pattern, metres of cloth: a train of 3 m and more beside it. */
const MAX_TEXTURE_METRES = 20;
/** Most steps of grading from the base size: more than tables have sizes. */
const MAX_STEPS = MAX_SIZES;
/** Highest layer: more than shirt, jumper, jacket, coat and cape need. */
const MAX_LAYER = 9;
/** Letters, digits and the marks found in size names: `XXL`, `38`, `10.5`, `W32/L34`, `M (tall)`. */
const SIZE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ./()+-]{0,23}$/u;

/** Fabric of a garment whose file does not describe it: that of a plain jersey T-shirt. */
const DEFAULT_FABRIC = { stretch: 15, weight: 160 };

/** Whether `value` is a number from `low` to `high`. */
function isNumberIn(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}

/** The faults of a manifest, in words: all are told at once, so that the table is corrected once. */
type Faults = string[];

/** Most faults that are told: more are mended by mending those. */
const MAX_TOLD = 6;

/** A value from the file, in a few words. */
function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 40);
}

/** Returns `value` if it is a number from `low` to `high`; else 0, and adds the fault. */
function numberIn(
  value: unknown,
  { name, low, high, unit = '' }: { name: string; low: number; high: number; unit?: string },
  faults: Faults,
): number {
  if (isNumberIn(value, low, high)) return value;
  faults.push(`${name} is ${show(value)}, not a number from ${low} to ${high}${unit}`);
  return 0;
}

/**
 * Checks a manifest and returns it with defaults for missing values. Ignores unknown keys. Throws `FittingError`
 * `garment-invalid` for a value that is missing or out of range:
 *
 * - `kind`: one of `garmentKinds`.
 * - `layer`: 1 to 9, default 1.
 * - `sizes`: 1 to 100 sizes; names of at most 24 characters; measures from 1 to 400 cm, all optional.
 * - `baseSize`: one of the sizes, default the middle one in the file's order (the smaller of two).
 * - `fabric`: `stretch` 0 to 300 %, default 15; `weight` 1 to 5000 g/m², default 160.
 * - `pattern`: optional; `textureMetres` above 0, to 20 m; `steps` from −100 to 100 for sizes of the table.
 *
 * @param input `extras.garment` of a garment file, untrusted.
 */
export function readManifest(input: unknown): GarmentManifest {
  const faults: Faults = [];
  const manifest = isJson(input) ? readKeys(input, faults) : null;
  if (manifest && faults.length === 0) return manifest;
  const told = manifest ? faults.slice(0, MAX_TOLD).join('; ') : `extras.garment is ${show(input)}, not an object`;
  throw garmentInvalid(told, 'correct extras.garment of the file\'s scene (docs/garments.md, "Sizes")');
}

/** Reads a manifest, and adds its faults. Where there are none, the result is right. */
function readKeys(input: Json, faults: Faults): GarmentManifest {
  const { kind, fabric = {} } = input;
  if (!garmentKinds.includes(kind as GarmentKind))
    faults.push(`the garment's kind is ${show(kind)}, not one of ${garmentKinds.join(', ')}`);
  const layer = numberIn(input.layer ?? 1, { name: 'layer', low: 1, high: MAX_LAYER }, faults);

  const sizes = readSizes(input.sizes, faults);
  const names = Object.keys(sizes);
  const { baseSize = names[Math.floor((names.length - 1) / 2)] } = input;
  if (names.length > 0 && !names.includes(baseSize as string))
    faults.push(`baseSize is ${show(baseSize)}, not one of the sizes ${names.slice(0, 12).join(', ')}`);

  if (!isJson(fabric)) faults.push('fabric is not an object');
  const { stretch = DEFAULT_FABRIC.stretch, weight = DEFAULT_FABRIC.weight } = isJson(fabric) ? fabric : {};
  const cloth = {
    stretch: numberIn(stretch, { name: 'fabric.stretch', low: 0, high: 300, unit: ' %' }, faults),
    weight: numberIn(weight, { name: 'fabric.weight', low: 1, high: 5000, unit: ' g/m²' }, faults),
  };
  const pattern = input.pattern === undefined ? {} : { pattern: readPattern(input.pattern, names, faults) };
  return { kind: kind as GarmentKind, layer, sizes, baseSize: String(baseSize), fabric: cloth, ...pattern };
}

/** Reads the flat pattern, and adds its faults. */
function readPattern(input: unknown, sizes: readonly string[], faults: Faults): GarmentPattern {
  const steps: Record<string, number> = {};
  if (!isJson(input) || !isJson(input.steps)) {
    faults.push('pattern is not an object with steps');
    return { textureMetres: 0, steps };
  }
  const { textureMetres } = input;
  // Above 0: nothing smaller than a millimetre.
  const range = { name: 'pattern.textureMetres', low: 0.001, high: MAX_TEXTURE_METRES };
  for (const size of sizes) {
    const count = Object.hasOwn(input.steps, size) ? input.steps[size] : undefined;
    if (count === undefined) continue;
    const name = `pattern.steps of size ${size}`;
    steps[size] = numberIn(count, { name, low: -MAX_STEPS, high: MAX_STEPS }, faults);
  }
  return { textureMetres: numberIn(textureMetres, range, faults), steps };
}

/** Reads the size table in the file's order, and adds its faults. */
function readSizes(input: unknown, faults: Faults): Record<string, GarmentMeasures> {
  const entries = isJson(input) ? Object.entries(input) : [];
  if (!isJson(input)) faults.push('sizes is not an object');
  else if (entries.length === 0) faults.push('sizes is empty');
  if (entries.length > MAX_SIZES) {
    faults.push(`more than ${MAX_SIZES} sizes`);
    return {};
  }
  const sizes: Record<string, GarmentMeasures> = {};
  for (const [name, value] of entries) {
    if (!SIZE_NAME.test(name)) faults.push(`not a size name: ${show(name)}`);
    if (!isJson(value)) faults.push(`size ${name.slice(0, 40)} is not an object`);
    const measures: GarmentMeasures = {};
    for (const measure of measureNames) {
      const cm = isJson(value) ? value[measure] : undefined;
      if (cm === undefined) continue;
      const range = { name: `${measure} of size ${name.slice(0, 40)}`, low: 1, high: MAX_MEASURE_CM, unit: ' cm' };
      measures[measure] = numberIn(cm, range, faults);
    }
    // Not by assignment: `__proto__` may be a name in the file.
    Object.defineProperty(sizes, name, { value: measures, enumerable: true, configurable: true, writable: true });
  }
  return sizes;
}
