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

/** A spring while the sheet is being connected; `stiffness`: the largest of its triangles'. */
interface Side extends Spring {
  /** The triangles that share the side: opposite corner, cotangents of the angles at `a` and `b`, area (m²). */
  triangles: { opposite: number; cotangentA: number; cotangentB: number; area: number }[];
  stiffness: number;
}

/**
 * Returns what holds a sheet together in the cloth simulation: a spring for each side of a triangle, a hinge for each
 * side that two triangles share, both in the order in which the triangles first have that side, and for each particle
 * its area of cloth, m²: a third of each triangle around it.
 */
export function connectSheet(sheet: ClothSheet): { springs: Spring[]; hinges: Hinge[]; areas: Float64Array } {
  const sides: Side[] = [];
  const byEnds = new Map<number, Side>();
  const areas = new Float64Array(sheet.particleCount);
  for (let t = 0; t < sheet.triangles.length; t += 3) {
    const lengths = [sheet.restLengths[t], sheet.restLengths[t + 1], sheet.restLengths[t + 2]];
    // Heron's formula.
    const s = (lengths[0] + lengths[1] + lengths[2]) / 2;
    const area = Math.sqrt(Math.max(1e-12, s * (s - lengths[0]) * (s - lengths[1]) * (s - lengths[2])));
    for (let k = 0; k < 3; k++) {
      const a = sheet.triangles[t + k];
      const b = sheet.triangles[t + ((k + 1) % 3)];
      const opposite = sheet.triangles[t + ((k + 2) % 3)];
      areas[a] += area / 3;
      const key = Math.min(a, b) * sheet.particleCount + Math.max(a, b);
      let side = byEnds.get(key);
      if (!side) {
        side = { a, b, length: 0, triangles: [], stiffness: 0 };
        byEnds.set(key, side);
        sides.push(side);
      }
      const count = side.triangles.length;
      side.length = (side.length * count + lengths[k]) / (count + 1);
      side.stiffness = Math.max(side.stiffness, sheet.stiffness[t / 3]);
      /** Cotangent of the angle between the sides `p` and `q` of the triangle; lengths, metres. */
      const cotangent = (p: number, q: number, opposite: number): number =>
        (p * p + q * q - opposite * opposite) / (4 * area);
      const atFirst = cotangent(lengths[k], lengths[(k + 2) % 3], lengths[(k + 1) % 3]);
      const atSecond = cotangent(lengths[k], lengths[(k + 1) % 3], lengths[(k + 2) % 3]);
      const [cotangentA, cotangentB] = side.a === a ? [atFirst, atSecond] : [atSecond, atFirst];
      side.triangles.push({ opposite, cotangentA, cotangentB, area });
    }
  }
  const hinges = sides
    .filter(({ triangles }) => triangles.length === 2 && triangles.every(({ area }) => area > 2e-5))
    .map(
      ({ a, b, triangles: [u, v], stiffness }): Hinge => ({
        particles: [a, b, u.opposite, v.opposite],
        coefficients: [
          u.cotangentB + v.cotangentB,
          u.cotangentA + v.cotangentA,
          -(u.cotangentA + u.cotangentB),
          -(v.cotangentA + v.cotangentB),
        ],
        area: u.area + v.area,
        stiffness,
      }),
    );
  return { springs: sides, hinges, areas };
}
