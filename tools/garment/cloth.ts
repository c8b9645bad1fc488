import type { BodyDistance } from './body-distance.ts';

/** A sheet of cloth to simulate: triangles between particles, each with the lengths its sides were cut to. */
export interface ClothSheet {
  particles: number;
  /** 3 × triangles. */
  triangles: ArrayLike<number>;
  /** 3 × triangles, metres: from corner k to corner k + 1. */
  rest: ArrayLike<number>;
  /** Per triangle, how much stiffer against bending than the main cloth (a rib, a hem folded double). */
  stiffness: ArrayLike<number>;
  /** The particle that mirrors each one across x = 0, itself on the middle, −1 for none. */
  twins: ArrayLike<number>;
}

/** How much easier a knit is pushed together in its plane than pulled: loops close up before the sheet has to buckle within one triangle. */
const compression = 6;

export interface ClothOptions {
  /** kg/m². */
  weight: number;
  /** N/m: pull per metre of width for a doubling of length. */
  stretch: number;
  /** N·m. */
  bend: number;
}

export interface StepOptions {
  /** Seconds. */
  step: number;
  /** m/s². */
  gravity: number;
  /** 1/s: how fast motion dies away. */
  damping: number;
  /** Coulomb coefficient of cloth on the body. */
  friction: number;
  /** Metres kept between cloth and body. */
  clearance: number;
  /** Compliance of the seams, m/N; 0 once sewn. */
  seamCompliance: number;
  /** Share of what is askew that is taken out in a step: solving constraints one after the other favours a side, a symmetric body and shirt do not. */
  mirrored: number;
}

/**
 * Position-based cloth with compliance (XPBD: Macklin, Müller, Chentanez 2016; many small steps with one iteration each:
 * Macklin et al. 2019). Sides of triangles are springs, which in a triangle mesh also resist shear; hinges bend by the
 * quadratic energy of Bergou et al. 2006, whose force is linear already for small angles, so that no fine zigzag survives.
 */
export class Cloth {
  readonly positions: Float64Array;
  readonly inverseMass: Float64Array;
  private readonly before: Float64Array;
  private readonly velocity: Float64Array;
  /** Springs: pairs of particles, length, compliance. */
  private readonly ends: Int32Array;
  private readonly lengths: Float64Array;
  private readonly springCompliance: number;
  /** Hinges: four particles, their coefficients, compliance, Σ w c². */
  private readonly hinges: Int32Array;
  private readonly coefficients: Float64Array;
  private readonly hingeCompliance: Float64Array;
  private readonly seams: ArrayLike<number>;
  private readonly twins: ArrayLike<number>;
  private backwards = false;

  constructor(sheet: ClothSheet, positions: Float64Array, seams: ArrayLike<number>, options: ClothOptions) {
    this.positions = positions;
    this.before = positions.slice();
    this.velocity = new Float64Array(positions.length);
    this.seams = seams;
    this.twins = sheet.twins;
    this.springCompliance = 1 / (options.stretch * (Math.sqrt(3) / 2));
    const { springs, hinges, areas } = connect(sheet);
    this.ends = Int32Array.from(springs.flatMap(({ a, b }) => [a, b]));
    this.lengths = Float64Array.from(springs, ({ length }) => length);
    this.hinges = Int32Array.from(hinges.flatMap(({ ids }) => ids));
    this.coefficients = Float64Array.from(hinges.flatMap(({ weights }) => weights));
    this.hingeCompliance = Float64Array.from(hinges, ({ area, stiffness }) => area / (3 * options.bend * stiffness));
    this.inverseMass = areas.map((area) => 1 / (options.weight * area));
  }

  /** Turns the cut lengths gradually into those of another sheet of the same topology. */
  regrade(sheet: ClothSheet, share: number): void {
    const { springs } = connect(sheet);
    for (let i = 0; i < this.lengths.length; i++) this.lengths[i] += share * (springs[i].length - this.lengths[i]);
  }

  step(body: BodyDistance, options: StepOptions): void {
    const { positions: p, before, velocity: v } = this;
    const { step, gravity, damping } = options;
    const keep = Math.exp(-damping * step);
    for (let i = 0; i < p.length; i++) {
      if (i % 3 === 1) v[i] -= gravity * step;
      v[i] *= keep;
      before[i] = p[i];
      p[i] += v[i] * step;
    }
    this.sew(options.seamCompliance / (step * step));
    this.stretch(1 / (step * step));
    this.bend(1 / (step * step));
    this.collide(body, options);
    if (options.mirrored > 0) this.mirror(options.mirrored);
    for (let i = 0; i < p.length; i++) v[i] = (p[i] - before[i]) / step;
  }

  /** Brings left and right nearer to each other's mirror image. */
  private mirror(share: number): void {
    const { positions: p, twins } = this;
    for (let i = 0; i < twins.length; i++) {
      const j = twins[i];
      if (j < i) continue;
      const x = (p[3 * i] + p[3 * j]) * 0.5 * share,
        y = (p[3 * j + 1] - p[3 * i + 1]) * 0.5 * share,
        z = (p[3 * j + 2] - p[3 * i + 2]) * 0.5 * share;
      p[3 * i] -= x;
      p[3 * i + 1] += y;
      p[3 * i + 2] += z;
      if (j === i) continue;
      p[3 * j] -= x;
      p[3 * j + 1] -= y;
      p[3 * j + 2] -= z;
    }
  }

  private sew(compliance: number): void {
    const { positions: p, inverseMass: w, seams } = this;
    for (let s = 0; s < seams.length; s += 2) {
      const a = seams[s],
        b = seams[s + 1],
        share = 1 / (w[a] + w[b] + compliance);
      for (let k = 0; k < 3; k++) {
        const d = (p[3 * b + k] - p[3 * a + k]) * share;
        p[3 * a + k] += w[a] * d;
        p[3 * b + k] -= w[b] * d;
      }
    }
  }

  private stretch(inverseStep2: number): void {
    const { positions: p, inverseMass: w, ends, lengths } = this;
    const pulled = this.springCompliance * inverseStep2,
      pushed = pulled * compression;
    this.backwards = !this.backwards; // in turns, so that no side of the shirt is always solved first
    for (let n = 0; n < lengths.length; n++) {
      const s = this.backwards ? lengths.length - 1 - n : n;
      const i = ends[2 * s],
        j = ends[2 * s + 1],
        a = 3 * i,
        b = 3 * j;
      const dx = p[b] - p[a],
        dy = p[b + 1] - p[a + 1],
        dz = p[b + 2] - p[a + 2];
      const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
      if (length < 1e-9) continue;
      const f = (length - lengths[s]) / (length * (w[i] + w[j] + (length < lengths[s] ? pushed : pulled)));
      p[a] += w[i] * f * dx;
      p[a + 1] += w[i] * f * dy;
      p[a + 2] += w[i] * f * dz;
      p[b] -= w[j] * f * dx;
      p[b + 1] -= w[j] * f * dy;
      p[b + 2] -= w[j] * f * dz;
    }
  }

  private bend(inverseStep2: number): void {
    const { positions: p, inverseMass: w, hinges, coefficients: c } = this;
    for (let h = 0; h < this.hingeCompliance.length; h++) {
      const o = 4 * h,
        a = hinges[o],
        b = hinges[o + 1],
        d = hinges[o + 2],
        e = hinges[o + 3];
      const ca = c[o],
        cb = c[o + 1],
        cd = c[o + 2],
        ce = c[o + 3];
      const f =
        1 /
        (w[a] * ca * ca + w[b] * cb * cb + w[d] * cd * cd + w[e] * ce * ce + this.hingeCompliance[h] * inverseStep2);
      for (let k = 0; k < 3; k++) {
        const curl = (ca * p[3 * a + k] + cb * p[3 * b + k] + cd * p[3 * d + k] + ce * p[3 * e + k]) * f;
        p[3 * a + k] -= w[a] * ca * curl;
        p[3 * b + k] -= w[b] * cb * curl;
        p[3 * d + k] -= w[d] * cd * curl;
        p[3 * e + k] -= w[e] * ce * curl;
      }
    }
  }

  private collide(body: BodyDistance, { clearance, friction }: StepOptions): void {
    const { positions: p, before } = this;
    for (let i = 0; i < p.length; i += 3) {
      const distance = body.sample(p[i], p[i + 1], p[i + 2], gradient);
      if (distance >= clearance) continue;
      const depth = Math.min(clearance - distance, 0.01); // a centimetre a step: deeper starts come out without a bang
      p[i] += depth * gradient[0];
      p[i + 1] += depth * gradient[1];
      p[i + 2] += depth * gradient[2];
      const dx = p[i] - before[i],
        dy = p[i + 1] - before[i + 1],
        dz = p[i + 2] - before[i + 2];
      const along = dx * gradient[0] + dy * gradient[1] + dz * gradient[2];
      const tx = dx - along * gradient[0],
        ty = dy - along * gradient[1],
        tz = dz - along * gradient[2];
      const slide = Math.sqrt(tx * tx + ty * ty + tz * tz);
      const held = slide > 0 ? Math.min(1, (friction * depth) / slide) : 0;
      p[i] -= held * tx;
      p[i + 1] -= held * ty;
      p[i + 2] -= held * tz;
    }
  }
}

/** Scratch. */
const gradient = new Float64Array(3);

interface Spring {
  a: number;
  b: number;
  length: number;
  count: number;
  opposite: number[];
  sides: [number, number, number][];
  stiffness: number;
}

/** Springs, hinges and the area that each particle carries. */
function connect(sheet: ClothSheet) {
  const springs: Spring[] = [];
  const byEnds = new Map<number, Spring>();
  const areas = new Float64Array(sheet.particles);
  for (let t = 0; t < sheet.triangles.length; t += 3) {
    const l = [0, 1, 2].map((k) => sheet.rest[t + k]);
    const s = (l[0] + l[1] + l[2]) / 2,
      area = Math.sqrt(Math.max(1e-12, s * (s - l[0]) * (s - l[1]) * (s - l[2])));
    for (let k = 0; k < 3; k++) {
      const a = sheet.triangles[t + k],
        b = sheet.triangles[t + ((k + 1) % 3)],
        c = sheet.triangles[t + ((k + 2) % 3)];
      areas[a] += area / 3;
      const key = Math.min(a, b) * sheet.particles + Math.max(a, b);
      let spring = byEnds.get(key);
      if (!spring) {
        spring = { a, b, length: 0, count: 0, opposite: [], sides: [], stiffness: 0 };
        byEnds.set(key, spring);
        springs.push(spring);
      }
      spring.length = (spring.length * spring.count + l[k]) / (spring.count + 1);
      spring.count++;
      spring.opposite.push(c);
      spring.stiffness = Math.max(spring.stiffness, sheet.stiffness[t / 3]);
      // Cotangents of the angles at the spring's two ends (a first), and the area.
      const cotangent = (near: number, other: number, far: number): number =>
        (near * near + other * other - far * far) / (4 * area);
      const atFirst = cotangent(l[k], l[(k + 2) % 3], l[(k + 1) % 3]),
        atSecond = cotangent(l[k], l[(k + 1) % 3], l[(k + 2) % 3]);
      spring.sides.push(spring.a === a ? [atFirst, atSecond, area] : [atSecond, atFirst, area]);
    }
  }
  const hinges = springs
    .filter(({ count }) => count === 2)
    .map(({ a, b, opposite, sides: [u, v], stiffness }) => ({
      ids: [a, b, opposite[0], opposite[1]],
      weights: [u[1] + v[1], u[0] + v[0], -(u[0] + u[1]), -(v[0] + v[1])],
      area: u[2] + v[2],
      stiffness,
    }));
  return { springs, hinges, areas };
}
