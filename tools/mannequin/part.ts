/** One cross-section of a part: a superellipse whose four half-axes may differ, metres. */
export interface Section {
  /** Place along the part's axis, metres from its origin. */
  at: number;
  /** Half-axes towards +u, −u, +v and −v. */
  out: number;
  in: number;
  front: number;
  back: number;
  /** Centre, away from the axis. */
  u: number;
  v: number;
  /** Exponent: 2 is an ellipse, more is boxier. */
  power: number;
}

export type Vector = readonly [number, number, number];

/** A generalised cylinder: cross-sections along a straight axis, closed by ellipsoidal caps. */
export interface Part {
  name: string;
  origin: Vector;
  /** Orthonormal: along the axis, +u (sideways) and +v (forwards). */
  axis: Vector;
  u: Vector;
  v: Vector;
  /** Ascending in `at`; at least one. */
  sections: Section[];
  /** Length of the caps before the first and after the last section. */
  capStart: number;
  capEnd: number;
  /** Width of the smooth blend with everything before it; negative: smoothly carved out of it. */
  blend: number;
  /** `both`: the part and its mirror image in x; `centre`: once. */
  side: 'both' | 'centre';
}

/** A section from few figures: `d` = [front, back] or one for both; `w` likewise [out, in]. */
export function section(
  at: number,
  w: number | [number, number],
  d: number | [number, number],
  v = 0,
  power = 2,
  u = 0,
): Section {
  const [out, inner] = typeof w === 'number' ? [w, w] : w;
  const [front, back] = typeof d === 'number' ? [d, d] : d;
  return { at, out, in: inner, front, back, u, v, power };
}

/** Slopes of a part's figures at its sections, computed once for each list of sections. */
const tangentsBySections = new WeakMap<readonly Section[], Section[]>();

function tangentsOf(sections: readonly Section[]): Section[] {
  let tangents = tangentsBySections.get(sections);
  if (!tangents) {
    /** Slope of a figure over the interval that section `i` begins; 0 beyond the ends. */
    const slope = (i: number, figure: keyof Section): number => {
      const [a, b] = [sections[i], sections[i + 1]];
      return a && b ? (b[figure] - a[figure]) / (b.at - a.at) : 0;
    };
    tangents = sections.map((_, i) => {
      const tangent = (figure: keyof Section): number => harmonicMean(slope(i - 1, figure), slope(i, figure));
      return {
        at: 0,
        out: tangent('out'),
        in: tangent('in'),
        front: tangent('front'),
        back: tangent('back'),
        u: tangent('u'),
        v: tangent('v'),
        power: tangent('power'),
      };
    });
    tangentsBySections.set(sections, tangents);
  }
  return tangents;
}

/** 0 where the two slopes differ in sign, so that the curve does not overshoot. */
function harmonicMean(a: number, b: number): number {
  return a * b <= 0 ? 0 : (2 * a * b) / (a + b);
}

function copySection(source: Section, target: Section): void {
  target.out = source.out;
  target.in = source.in;
  target.front = source.front;
  target.back = source.back;
  target.u = source.u;
  target.v = source.v;
  target.power = source.power;
}

/**
 * The cross-section at `at` metres along the part: monotone cubic Hermite curves (Fritsch and Carlson) through the
 * figures of the sections, constant beyond the first and the last. Writes into `target` and returns it.
 */
export function sectionAt(part: Part, at: number, target: Section): Section {
  const list = part.sections;
  const last = list.length - 1;
  target.at = at;
  if (last === 0 || at <= list[0]!.at) copySection(list[0]!, target);
  else if (at >= list[last]!.at) copySection(list[last]!, target);
  else {
    let i = 0;
    while (list[i + 1]!.at < at) i++;
    const a = list[i]!;
    const b = list[i + 1]!;
    const tangents = tangentsOf(list);
    const s = tangents[i]!;
    const t = tangents[i + 1]!;
    const h = b.at - a.at;
    const x = (at - a.at) / h;
    const x2 = x * x;
    const x3 = x2 * x;
    // The four Hermite basis functions.
    const ka = 2 * x3 - 3 * x2 + 1;
    const ks = (x3 - 2 * x2 + x) * h;
    const kb = 3 * x2 - 2 * x3;
    const kt = (x3 - x2) * h;
    target.out = ka * a.out + ks * s.out + kb * b.out + kt * t.out;
    target.in = ka * a.in + ks * s.in + kb * b.in + kt * t.in;
    target.front = ka * a.front + ks * s.front + kb * b.front + kt * t.front;
    target.back = ka * a.back + ks * s.back + kb * b.back + kt * t.back;
    target.u = ka * a.u + ks * s.u + kb * b.u + kt * t.u;
    target.v = ka * a.v + ks * s.v + kb * b.v + kt * t.v;
    target.power = ka * a.power + ks * s.power + kb * b.power + kt * t.power;
  }
  return target;
}

const scratch = section(0, 1, 1);

/** Scaled distance of (u, v) from the section's centre: 1 on the surface. */
function superRadius(s: Section, u: number, v: number): number {
  const du = u - s.u;
  const dv = v - s.v;
  const a = Math.abs(du) / (du >= 0 ? s.out : s.in);
  const b = Math.abs(dv) / (dv >= 0 ? s.front : s.back);
  if (s.power === 2) return Math.sqrt(a * a + b * b);
  return (a ** s.power + b ** s.power) ** (1 / s.power);
}

/** How far beyond the part's ends a place is, in cap lengths. */
function beyond(part: Part, t: number): number {
  const first = part.sections[0]!.at;
  const last = part.sections[part.sections.length - 1]!.at;
  return t < first ? (first - t) / part.capStart : t > last ? (t - last) / part.capEnd : 0;
}

/** Implicit value at a point of the part's own coordinates: 0 on the surface, −1 on the axis. */
function implicit(s: Section, c: number, u: number, v: number): number {
  const r = superRadius(s, u, v);
  return Math.sqrt(r * r + c * c) - 1;
}

const before = section(0, 1, 1);
const after = section(0, 1, 1);

/** Signed distance (first order) from a part, metres; negative inside. */
export function partDistance(part: Part, x: number, y: number, z: number): number {
  const px = x - part.origin[0];
  const py = y - part.origin[1];
  const pz = z - part.origin[2];
  const t = px * part.axis[0] + py * part.axis[1] + pz * part.axis[2];
  const u = px * part.u[0] + py * part.u[1] + pz * part.u[2];
  const v = px * part.v[0] + py * part.v[1] + pz * part.v[2];
  const e = 1e-4;
  const here = sectionAt(part, t, scratch);
  const c = beyond(part, t);
  const g = implicit(here, c, u, v);
  const gt =
    (implicit(sectionAt(part, t + e, after), beyond(part, t + e), u, v) -
      implicit(sectionAt(part, t - e, before), beyond(part, t - e), u, v)) /
    (2 * e);
  const gu = (implicit(here, c, u + e, v) - implicit(here, c, u - e, v)) / (2 * e);
  const gv = (implicit(here, c, u, v + e) - implicit(here, c, u, v - e)) / (2 * e);
  // Taubin's first-order distance; the floor keeps the middle of a part, where the slope vanishes, well inside.
  return g / Math.max(Math.hypot(gt, gu, gv), 3);
}

const scratchTo = section(0, 1, 1);

/** Carries a point with its section from one state of a part to another (same number of sections). Writes into `target`. */
export function carry(from: Part, to: Part, p: Vector, target: [number, number, number]): void {
  const px = p[0] - from.origin[0];
  const py = p[1] - from.origin[1];
  const pz = p[2] - from.origin[2];
  const t = px * from.axis[0] + py * from.axis[1] + pz * from.axis[2];
  const u = px * from.u[0] + py * from.u[1] + pz * from.u[2];
  const v = px * from.v[0] + py * from.v[1] + pz * from.v[2];
  const last = from.sections.length - 1;
  const at = (part: Part, i: number): number => part.sections[i]!.at;
  let t2: number;
  if (t <= at(from, 0)) t2 = at(to, 0) + ((t - at(from, 0)) * to.capStart) / from.capStart;
  else if (t >= at(from, last)) t2 = at(to, last) + ((t - at(from, last)) * to.capEnd) / from.capEnd;
  else {
    let i = 0;
    while (at(from, i + 1) < t) i++;
    t2 = at(to, i) + ((t - at(from, i)) / (at(from, i + 1) - at(from, i))) * (at(to, i + 1) - at(to, i));
  }
  const a = sectionAt(from, t, scratch);
  const b = sectionAt(to, t2, scratchTo);
  const du = u - a.u;
  const dv = v - a.v;
  const u2 = b.u + du * ((du >= 0 ? b.out : b.in) / (du >= 0 ? a.out : a.in));
  const v2 = b.v + dv * ((dv >= 0 ? b.front : b.back) / (dv >= 0 ? a.front : a.back));
  for (let k = 0; k < 3; k++) target[k] = to.origin[k]! + t2 * to.axis[k]! + u2 * to.u[k]! + v2 * to.v[k]!;
}
