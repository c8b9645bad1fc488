import { createRandom } from '../math/create-random.ts';

/** Values that a broken or hostile program may write in place of any other. */
const VALUES = [null, -1, 0, 1, 3, 7, 1e9, 2 ** 31, -0.5, 1e308, true, '', 'NaN', [], {}, [null], [1e40, -1e40, 0]];
/** Bytes before the JSON of a GLB: the file's header and the chunk's. */
const JSON_START = 20;

/** A place in JSON: the object or list that holds it, and its key. */
interface Place {
  holder: Record<string, unknown>;
  key: string;
}

/**
 * Returns a copy of a GLB with a fault that `seed` chooses: values of its JSON replaced, removed or exchanged; bits of
 * its data turned over, or floats made infinite, huge or NaN; the file cut short. One to four faults of one kind.
 */
export function mutateGlb(file: Uint8Array, seed: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(seed);
  const pick = (count: number): number => Math.min(count - 1, Math.floor(random() * count));
  const faults = 1 + pick(4);
  const kind = pick(6);
  if (kind === 0) return file.slice(0, pick(file.length));
  const copy = file.slice();
  const jsonEnd = JSON_START + new DataView(file.buffer, file.byteOffset).getUint32(12, true);
  if (kind === 1 || kind === 2) {
    const [from, to] = kind === 1 ? [0, jsonEnd] : [jsonEnd, copy.length];
    for (let n = 0; n < faults; n++) copy[from + pick(to - from)] ^= 1 << pick(8);
    return copy;
  }
  if (kind === 3) {
    const view = new DataView(copy.buffer);
    const values = [NaN, Infinity, -Infinity, 1e38, -1e38, 0];
    for (let n = 0; n < faults; n++)
      view.setFloat32(jsonEnd + 8 + 4 * pick((copy.length - jsonEnd - 12) / 4), values[pick(values.length)], true);
    return copy;
  }
  const json = JSON.parse(new TextDecoder().decode(file.subarray(JSON_START, jsonEnd)));
  for (let n = 0; n < faults; n++) {
    const places: Place[] = [];
    listPlaces(json, places);
    const { holder, key } = places[pick(places.length)];
    const other = places[pick(places.length)];
    if (random() < 0.2) delete holder[key];
    else if (random() < 0.3) holder[key] = structuredClone(other.holder[other.key]);
    else if (typeof holder[key] === 'number' && random() < 0.5) holder[key] += pick(2) === 0 ? 1 : -1;
    else holder[key] = structuredClone(VALUES[pick(VALUES.length)]);
  }
  return joinGlb(JSON.stringify(json), file.subarray(jsonEnd));
}

/** Lists every value in `value`, its own children first. */
function listPlaces(value: unknown, places: Place[]): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    listPlaces(holder[key], places);
    places.push({ holder, key });
  }
}

/** Makes a GLB of JSON and the chunks behind it. */
function joinGlb(json: string, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(json);
  const padded = Math.ceil(text.length / 4) * 4;
  const glb = new Uint8Array(JSON_START + padded + rest.length).fill(0x20, JSON_START + text.length);
  glb.set(text, JSON_START);
  glb.set(rest, JSON_START + padded);
  const view = new DataView(glb.buffer);
  [0x46546c67, 2, glb.length, padded, 0x4e4f534a].forEach((word, i) => view.setUint32(4 * i, word, true));
  return glb;
}
