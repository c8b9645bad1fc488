import {
  type GarmentKind,
  type GarmentManifest,
  type GarmentMeasures,
  type GarmentPattern,
  garmentKinds,
} from './garment.ts';
import { garmentInvalid } from './garment-invalid.ts';
import { isJson } from './read-glb.ts';

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

/** Throws the error for a manifest with this fault. */
function refuse(fault: string): never {
  throw garmentInvalid(fault, 'correct extras.garment of the file\'s scene (README, "Garments")');
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
  if (!isJson(input)) return refuse('extras.garment is not an object');
  const { kind, layer = 1, fabric = {} } = input;
  if (!garmentKinds.includes(kind as GarmentKind))
    refuse(`the garment's kind must be one of ${garmentKinds.join(', ')}`);
  if (!isNumberIn(layer, 1, MAX_LAYER)) return refuse(`layer must be a number from 1 to ${MAX_LAYER}`);

  const sizes = readSizes(input.sizes);
  const names = Object.keys(sizes);
  const { baseSize = names[Math.floor((names.length - 1) / 2)] } = input;
  if (typeof baseSize !== 'string' || !Object.hasOwn(sizes, baseSize)) return refuse('baseSize is not among the sizes');

  if (!isJson(fabric)) return refuse('fabric is not an object');
  const { stretch = DEFAULT_FABRIC.stretch, weight = DEFAULT_FABRIC.weight } = fabric;
  if (!isNumberIn(stretch, 0, 300)) return refuse('fabric.stretch must be a percentage from 0 to 300');
  if (!isNumberIn(weight, 1, 5000)) return refuse('fabric.weight must be from 1 to 5000 g/m²');
  const pattern = input.pattern === undefined ? {} : { pattern: readPattern(input.pattern, sizes) };
  return { kind: kind as GarmentKind, layer, sizes, baseSize, fabric: { stretch, weight }, ...pattern };
}

/** Checks the flat pattern and returns it. */
function readPattern(input: unknown, sizes: Record<string, GarmentMeasures>): GarmentPattern {
  if (!isJson(input) || !isJson(input.steps)) return refuse('pattern is not an object with steps');
  const { textureMetres } = input;
  if (!isNumberIn(textureMetres, Number.MIN_VALUE, MAX_TEXTURE_METRES))
    return refuse(`pattern.textureMetres must be above 0 and at most ${MAX_TEXTURE_METRES}`);
  const steps: Record<string, number> = {};
  for (const size of Object.keys(sizes)) {
    const count = Object.hasOwn(input.steps, size) ? input.steps[size] : undefined;
    if (count === undefined) continue;
    if (!isNumberIn(count, -MAX_STEPS, MAX_STEPS))
      return refuse(`pattern.steps of size ${size} must be from ${-MAX_STEPS} to ${MAX_STEPS}`);
    steps[size] = count;
  }
  return { textureMetres, steps };
}

/** Checks the size table and returns it in the file's order. */
function readSizes(input: unknown): Record<string, GarmentMeasures> {
  if (!isJson(input)) return refuse('sizes is not an object');
  const entries = Object.entries(input);
  if (entries.length === 0) return refuse('sizes is empty');
  if (entries.length > MAX_SIZES) return refuse(`more than ${MAX_SIZES} sizes`);

  const sizes: Record<string, GarmentMeasures> = {};
  for (const [name, value] of entries) {
    if (!SIZE_NAME.test(name)) return refuse(`not a size name: ${JSON.stringify(name.slice(0, 40))}`);
    if (!isJson(value)) return refuse(`size ${name} is not an object`);
    const measures: GarmentMeasures = {};
    for (const measure of measureNames) {
      const cm = value[measure];
      if (cm === undefined) continue;
      if (!isNumberIn(cm, 1, MAX_MEASURE_CM))
        return refuse(`${measure} of size ${name} must be from 1 to ${MAX_MEASURE_CM} cm`);
      measures[measure] = cm;
    }
    sizes[name] = measures;
  }
  return sizes;
}
