import { forEachIndex, type Sliced } from '../math/sliced.ts';
import { PointCells } from './point-cells.ts';

/** By which particles each welded vertex of a garment moves. */
export interface ParticleBinding {
  /** 3 × welded vertices: the particles that move the vertex. */
  readonly movers: Uint32Array;
  /** 3 × welded vertices: their shares, which sum to 1; all 0 where no particle moves the vertex. */
  readonly shares: Float32Array;
}

/** A piece that is not simulated rides on cloth that is this near, metres. */
const RIDE_METRES = 0.03;
/** Most triangles among which the nearest to a vertex is looked for; around a particle of a surface there are 24. */
const MOST_CANDIDATES = 200;
/** Rounding errors of a distance, as a share of it, are far below this. */
const ROUNDING = 1e-6;

/**
 * Binds each welded vertex of a garment to the nearest of the triangles around the particle that took its place, and
 * returns its movers and shares. A vertex of a piece that is not simulated rides on the nearest particle; far from all
 * its shares are 0.
 *
 * @param positions 3 × welded vertices, metres.
 * @param representatives by welded vertex: the vertex of the thinned-out mesh that took its place.
 * @param vertices by particle: its welded vertex.
 * @param triangles 3 × triangles: particles.
 * @param particles by welded vertex: its particle, −1 where it is none.
 */
export function* bindToParticles(
  positions: Float32Array,
  representatives: Uint32Array,
  vertices: Uint32Array,
  triangles: Uint32Array,
  particles: Int32Array,
): Sliced<ParticleBinding> {
  const around: number[][] = Array.from(vertices, () => []);
  for (let t = 0; t < triangles.length; t++) around[triangles[t]].push(t - (t % 3));
  const spheres = measureSpheres(positions, vertices, triangles);
  yield;
  const movers = new Uint32Array(3 * representatives.length);
  const shares = new Float32Array(3 * representatives.length);
  const place = new Float64Array(3);

  /** By particle: its triangles, and those around their corners, each once; null until a vertex first asks for them. */
  const candidates: (number[] | null)[] = Array.from(vertices, () => null);
  /** By particle: the triangle that was nearest to the last vertex that it took the place of. */
  const guesses = new Int32Array(vertices.length).fill(-1);
  /** By triangle: the last particle that has it as a candidate. */
  const candidateOf = new Int32Array(triangles.length).fill(-1);
  const findCandidates = (particle: number): number[] => {
    const found: number[] = [];
    for (const own of around[particle])
      for (let k = own; k < own + 3 && found.length < MOST_CANDIDATES; k++)
        for (const t of around[triangles[k]]) {
          if (candidateOf[t] === particle) continue;
          candidateOf[t] = particle;
          found.push(t);
        }
    return found;
  };

  const cells = new PointCells(positions, new Uint8Array(representatives.length), RIDE_METRES);
  for (let i = 0; i < vertices.length; i++) cells.add(vertices[i]);
  yield;
  /** By welded vertex: the particle that it is or that it rides on, −1 for none, −2 where it has not been looked for. */
  const carriers = particles.map((particle) => (particle < 0 ? -2 : particle));
  const findCarrier = (w: number): number => {
    const nearest = cells.findNearest(w);
    return nearest < 0 ? -1 : particles[nearest];
  };

  yield* forEachIndex(representatives.length, (w) => {
    const representative = representatives[w];
    if (carriers[representative] === -2) carriers[representative] = findCarrier(representative);
    const particle = carriers[representative];
    if (particle < 0) return;
    const near = (candidates[particle] ??= findCandidates(particle));
    const x = positions[3 * w];
    const y = positions[3 * w + 1];
    const z = positions[3 * w + 2];
    const distanceSqTo = (t: number): number =>
      nearestOnTriangle(
        positions,
        3 * w,
        3 * vertices[triangles[t]],
        3 * vertices[triangles[t + 1]],
        3 * vertices[triangles[t + 2]],
        place,
      );
    let bestSq = Infinity;
    // The nearest triangle is no farther than any other: most spheres are.
    let farthest = guesses[particle] < 0 ? Infinity : Math.sqrt(distanceSqTo(guesses[particle]));
    // A distance of 0: the particle's own vertex.
    for (let n = 0; n < near.length && bestSq > 0; n++) {
      const t = near[n];
      const o = (4 * t) / 3;
      const reach = spheres[o + 3] + farthest;
      const dx = spheres[o] - x;
      const dy = spheres[o + 1] - y;
      const dz = spheres[o + 2] - z;
      if (dx * dx + dy * dy + dz * dz > reach * reach) continue;
      const square = distanceSqTo(t);
      if (square >= bestSq) continue;
      bestSq = square;
      farthest = Math.min(farthest, Math.sqrt(square));
      guesses[particle] = t;
      for (let k = 0; k < 3; k++) {
        movers[3 * w + k] = triangles[t + k];
        shares[3 * w + k] = place[k];
      }
    }
  });
  return { movers, shares };
}

/** Returns for each triangle a sphere that holds it: its centre and radius, metres, 4 each. */
function measureSpheres(p: Float32Array, vertices: Uint32Array, triangles: Uint32Array): Float64Array {
  const spheres = new Float64Array((4 * triangles.length) / 3);
  for (let t = 0, o = 0; t < triangles.length; t += 3, o += 4) {
    const a = 3 * vertices[triangles[t]];
    const b = 3 * vertices[triangles[t + 1]];
    const c = 3 * vertices[triangles[t + 2]];
    const x = (spheres[o] = (p[a] + p[b] + p[c]) / 3);
    const y = (spheres[o + 1] = (p[a + 1] + p[b + 1] + p[c + 1]) / 3);
    const z = (spheres[o + 2] = (p[a + 2] + p[b + 2] + p[c + 2]) / 3);
    const distanceSq = (v: number): number => (p[v] - x) ** 2 + (p[v + 1] - y) ** 2 + (p[v + 2] - z) ** 2;
    spheres[o + 3] = (1 + ROUNDING) * Math.sqrt(Math.max(distanceSq(a), distanceSq(b), distanceSq(c)));
  }
  return spheres;
}

/**
 * Writes to `shares` the barycentric coordinates of the point of the triangle a, b, c that is nearest to the vertex `o`;
 * all are indices of first coordinates in `p`, metres. Returns the square of its distance, m². (Ericson, Real-Time
 * Collision Detection, 5.1.5.)
 */
function nearestOnTriangle(p: Float32Array, o: number, a: number, b: number, c: number, shares: Float64Array): number {
  const abX = p[b] - p[a];
  const abY = p[b + 1] - p[a + 1];
  const abZ = p[b + 2] - p[a + 2];
  const acX = p[c] - p[a];
  const acY = p[c + 1] - p[a + 1];
  const acZ = p[c + 2] - p[a + 2];
  const aoX = p[o] - p[a];
  const aoY = p[o + 1] - p[a + 1];
  const aoZ = p[o + 2] - p[a + 2];
  const boX = p[o] - p[b];
  const boY = p[o + 1] - p[b + 1];
  const boZ = p[o + 2] - p[b + 2];
  const coX = p[o] - p[c];
  const coY = p[o + 1] - p[c + 1];
  const coZ = p[o + 2] - p[c + 2];
  const d1 = abX * aoX + abY * aoY + abZ * aoZ;
  const d2 = acX * aoX + acY * aoY + acZ * aoZ;
  const d3 = abX * boX + abY * boY + abZ * boZ;
  const d4 = acX * boX + acY * boY + acZ * boZ;
  const d5 = abX * coX + abY * coY + abZ * coZ;
  const d6 = acX * coX + acY * coY + acZ * coZ;
  const va = d3 * d6 - d5 * d4;
  const vb = d5 * d2 - d1 * d6;
  const vc = d1 * d4 - d3 * d2;
  let s = 0;
  let t = 0;
  if (d1 <= 0 && d2 <= 0) s = t = 0;
  else if (d3 >= 0 && d4 <= d3) s = 1;
  else if (d6 >= 0 && d5 <= d6) t = 1;
  else if (vc <= 0 && d1 >= 0 && d3 <= 0) s = d1 / (d1 - d3);
  else if (vb <= 0 && d2 >= 0 && d6 <= 0) t = d2 / (d2 - d6);
  else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    t = (d4 - d3) / (d4 - d3 + (d5 - d6));
    s = 1 - t;
  } else {
    s = vb / (va + vb + vc);
    t = vc / (va + vb + vc);
  }
  shares[0] = 1 - s - t;
  shares[1] = s;
  shares[2] = t;
  let square = 0;
  for (let k = 0; k < 3; k++) {
    const d = shares[0] * p[a + k] + s * p[b + k] + t * p[c + k] - p[o + k];
    square += d * d;
  }
  return square;
}
