import { NumberedSets } from './numbered-sets.ts';

/**
 * A sheet of cloth to simulate: triangles between particles (numbered from 0), and the lengths of their sides without
 * tension.
 */
export interface ClothSheet {
  particleCount: number;
  /** 3 × triangles: particles. */
  triangles: ArrayLike<number>;
  /** 3 × triangles, metres: from corner 0 to 1, 1 to 2 and 2 to 0. */
  restLengths: ArrayLike<number>;
  /** For each triangle: bending stiffness as a multiple of the main cloth's (above 1 in a rib or a doubled hem). */
  stiffness: ArrayLike<number>;
}

/** A side of one or more triangles, which resists stretching or compression between the particles `a` and `b`. */
export interface Spring {
  a: number;
  b: number;
  /** Rest length, metres: the mean over the triangles that share the side. */
  length: number;
}

/** Two triangles with a side in common, which resist bending. */
export interface Hinge {
  /** The side's two ends, then the corners opposite to it. */
  particles: [number, number, number, number];
  /** Coefficients of the particles in the hinge's bending energy (Bergou et al. 2006). */
  coefficients: [number, number, number, number];
  /** Area of both triangles, m². */
  area: number;
  /** Bending stiffness as a multiple of the main cloth's: the larger of the two triangles'. */
  stiffness: number;
}

/** Hinges of triangles that are smaller than this would be far too stiff, m². */
const SMALLEST_AREA = 2e-5;

/**
 * Returns what holds a sheet together in the cloth simulation: a spring for each side of a triangle, a hinge for each
 * side that two triangles share, both in the order in which the triangles first have that side, and for each particle
 * its area of cloth, m²: a third of each triangle around it.
 */
export function connectSheet(sheet: ClothSheet): { springs: Spring[]; hinges: Hinge[]; areas: Float64Array } {
  const { triangles, restLengths, stiffness } = sheet;
  const springs: Spring[] = [];
  const areas = new Float64Array(sheet.particleCount);
  const triangleAreas = measureAreas(restLengths);
  const sides = new NumberedSets(triangles.length);
  /** By side: how many triangles share it, and the index of their corner at its first end: two each. */
  const shares = new Uint32Array(triangles.length);
  const corners = new Uint32Array(2 * triangles.length);
  for (let k = 0; k < triangles.length; k++) {
    const a = triangles[k];
    const b = triangles[nextCorner(k)];
    areas[a] += triangleAreas[Math.floor(k / 3)] / 3;
    const known = springs.length;
    const side = sides.numberOf(a, b);
    if (side === known) springs.push({ a, b, length: 0 });
    const spring = springs[side];
    const count = shares[side]++;
    spring.length = (spring.length * count + restLengths[k]) / (count + 1);
    if (count < 2) corners[2 * side + count] = k;
  }
  const hinges: Hinge[] = [];
  for (let side = 0; side < springs.length; side++) {
    if (shares[side] !== 2) continue;
    const first = corners[2 * side];
    const second = corners[2 * side + 1];
    const area = triangleAreas[Math.floor(first / 3)];
    const otherArea = triangleAreas[Math.floor(second / 3)];
    if (area <= SMALLEST_AREA || otherArea <= SMALLEST_AREA) continue;
    const { a, b } = springs[side];
    const isSameWay = triangles[second] === a;
    const atA = cotangentAt(restLengths, first, area);
    const atB = cotangentAt(restLengths, nextCorner(first), area);
    const secondAtA = cotangentAt(restLengths, isSameWay ? second : nextCorner(second), otherArea);
    const secondAtB = cotangentAt(restLengths, isSameWay ? nextCorner(second) : second, otherArea);
    hinges.push({
      particles: [a, b, triangles[lastCorner(first)], triangles[lastCorner(second)]],
      coefficients: [atB + secondAtB, atA + secondAtA, -(atA + atB), -(secondAtA + secondAtB)],
      area: area + otherArea,
      stiffness: Math.max(stiffness[Math.floor(first / 3)], stiffness[Math.floor(second / 3)]),
    });
  }
  return { springs, hinges, areas };
}

/** Returns the corner after corner `k` in its triangle. */
function nextCorner(k: number): number {
  return k % 3 === 2 ? k - 2 : k + 1;
}

/** Returns the corner before corner `k` in its triangle. */
function lastCorner(k: number): number {
  return k % 3 === 0 ? k + 2 : k - 1;
}

/** Returns the area of each triangle, m², by Heron's formula. `lengths`: of its sides, metres, 3 each. */
function measureAreas(lengths: ArrayLike<number>): Float64Array {
  const areas = new Float64Array(lengths.length / 3);
  for (let t = 0; t < lengths.length; t += 3) {
    const s = (lengths[t] + lengths[t + 1] + lengths[t + 2]) / 2;
    areas[t / 3] = Math.sqrt(Math.max(1e-12, s * (s - lengths[t]) * (s - lengths[t + 1]) * (s - lengths[t + 2])));
  }
  return areas;
}

/** Returns the cotangent of the angle of a triangle of this area at its corner `k`. */
function cotangentAt(lengths: ArrayLike<number>, k: number, area: number): number {
  const p = lengths[k];
  const q = lengths[lastCorner(k)];
  const opposite = lengths[nextCorner(k)];
  return (p * p + q * q - opposite * opposite) / (4 * area);
}
