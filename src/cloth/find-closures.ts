import { findNeighbours } from '../garment/find-neighbours.ts';
import type { Sliced } from '../math/sliced.ts';
import type { Spring } from './connect-sheet.ts';
import { findBorder } from './find-border.ts';

/** Cloth whose border lies on other cloth of its garment, nearer than this, is fastened there, metres. */
const FASTENED_METRES = 0.02;
/**
 * Length of the springs as a share of the particles' distance. Where cloth overlaps, the nearest particle lies beside the
 * border as much as behind it: a spring of the whole distance would let a gap open that wide.
 */
const TIGHTENED = 1 / 3;
/** Particles within as many edges are not other cloth. */
const RINGS = 4;

/**
 * Finds where a garment is closed without being sewn in its mesh: the front of a buttoned jacket, flaps of pockets, a
 * collar that is turned down, a button that is a mesh of its own. Returns a spring from each particle on a border to the nearest particle of other cloth.
 * Without them a simulated jacket opens.
 *
 * @param triangles 3 × triangles: particles.
 * @param positions 3 × particles, metres, as modelled.
 * @param layers by particle: number of its garment in an outfit, null for a single garment. Garments are not fastened to
 * each other.
 */
export function* findClosures(
  triangles: Uint32Array,
  positions: Float32Array,
  layers: ArrayLike<number> | null,
): Sliced<Spring[]> {
  const count = positions.length / 3;
  const { starts, neighbours } = findNeighbours(triangles, count);
  const closures: Spring[] = [];
  yield;
  /** By particle: 1 + the last particle on a border whose rings have it. */
  const ringOf = new Uint32Array(count);
  const found = new Uint32Array(count);
  for (const a of findBorder(triangles)) {
    ringOf[a] = a + 1;
    found[0] = a;
    for (let r = 0, first = 0, end = 1; r < RINGS; r++) {
      const last = end;
      for (; first < last; first++)
        for (let n = starts[found[first]]; n < starts[found[first] + 1]; n++) {
          if (ringOf[neighbours[n]] === a + 1) continue;
          ringOf[neighbours[n]] = a + 1;
          found[end++] = neighbours[n];
        }
    }
    let nearest = -1;
    let length = FASTENED_METRES;
    for (let b = 0; b < count; b++) {
      if (ringOf[b] === a + 1 || (layers && layers[a] !== layers[b])) continue;
      const x = positions[3 * a] - positions[3 * b];
      const y = positions[3 * a + 1] - positions[3 * b + 1];
      const z = positions[3 * a + 2] - positions[3 * b + 2];
      const distance = Math.sqrt(x * x + y * y + z * z);
      if (distance >= length) continue;
      nearest = b;
      length = distance;
    }
    if (nearest >= 0) closures.push({ a, b: nearest, length: TIGHTENED * length });
    yield;
  }
  return closures;
}
