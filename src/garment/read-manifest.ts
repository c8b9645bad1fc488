import { type GarmentKind, type GarmentManifest, type GarmentMeasures, garmentKinds } from './garment.ts';

/** Either a manifest that can be trusted, or why there is none. */
export type ManifestResult = { manifest: GarmentManifest } | { reason: string };

const measureNames = [
  'chest',
  'waist',
  'hip',
  'length',
  'sleeve',
  'inseam',
] as const satisfies readonly (keyof GarmentMeasures)[];

/** Longest finished measure that a garment can have, cm: a floor-length train is under 3 m. */
const MAX_MEASURE_CM = 400;
/** More sizes than any shop's table (numeric trousers: waist × length ≈ 60). */
const MAX_SIZES = 100;
/** Deeper layering than shirt, jumper, jacket, coat, cape has no meaning. */
const MAX_LAYER = 9;
/** Letters, digits and the marks found in size names: `XXL`, `38`, `10.5`, `W32/L34`, `M (tall)`. */
const SIZE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ./()+-]{0,23}$/u;

/** Fabric of a plain jersey T-shirt, used where the file says nothing. */
const DEFAULT_FABRIC = { stretch: 15, weight: 160 };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumberIn(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}

/**
 * Checks `extras.garment` of a garment file, which anybody may have written. Copies what is known and in range, ignores
 * further keys, and refuses the rest with a reason for the merchandiser. Never throws.
 */
export function readManifest(input: unknown): ManifestResult {
  if (!isRecord(input)) return { reason: 'extras.garment is not an object' };

  const { kind, layer = 1, fabric = {} } = input;
  if (!garmentKinds.includes(kind as GarmentKind)) {
    return { reason: `garment kind must be one of ${garmentKinds.join(', ')}` };
  }
  if (!isNumberIn(layer, 1, MAX_LAYER)) return { reason: `layer must be a number from 1 to ${MAX_LAYER}` };

  const sizes = readSizes(input.sizes);
  if (typeof sizes === 'string') return { reason: sizes };
  const names = Object.keys(sizes);
  const { baseSize = names[Math.floor((names.length - 1) / 2)] } = input;
  if (typeof baseSize !== 'string' || !Object.hasOwn(sizes, baseSize))
    return { reason: 'baseSize is not among the sizes' };

  if (!isRecord(fabric)) return { reason: 'fabric is not an object' };
  const { stretch = DEFAULT_FABRIC.stretch, weight = DEFAULT_FABRIC.weight } = fabric;
  if (!isNumberIn(stretch, 0, 300)) return { reason: 'fabric.stretch must be a percentage from 0 to 300' };
  if (!isNumberIn(weight, 1, 5000)) return { reason: 'fabric.weight must be from 1 to 5000 g/m²' };

  return { manifest: { kind: kind as GarmentKind, layer, sizes, baseSize, fabric: { stretch, weight } } };
}

/** The size table, in the file's order, or the reason why it is refused. */
function readSizes(input: unknown): Record<string, GarmentMeasures> | string {
  if (!isRecord(input)) return 'sizes is not an object';
  const entries = Object.entries(input);
  if (entries.length === 0) return 'sizes is empty';
  if (entries.length > MAX_SIZES) return `more than ${MAX_SIZES} sizes`;

  const sizes: Record<string, GarmentMeasures> = {};
  for (const [name, value] of entries) {
    if (!SIZE_NAME.test(name)) return `not a size name: ${JSON.stringify(name.slice(0, 40))}`;
    if (!isRecord(value)) return `size ${name} is not an object`;
    const measures: GarmentMeasures = {};
    for (const measure of measureNames) {
      const cm = value[measure];
      if (cm === undefined) continue;
      if (!isNumberIn(cm, 1, MAX_MEASURE_CM))
        return `${measure} of size ${name} must be from 1 to ${MAX_MEASURE_CM} cm`;
      measures[measure] = cm;
    }
    sizes[name] = measures;
  }
  return sizes;
}
