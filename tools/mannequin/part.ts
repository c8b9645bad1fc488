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

const fields = ['out', 'in', 'front', 'back', 'u', 'v', 'power'] as const;

/** Monotone-ish cubic (Catmull–Rom with limited slopes, Fritsch–Carlson) through the sections. Writes into `target`. */
export function sectionAt(part: Part, at: number, target: Section): Section {
  const list = part.sections;
  const last = list.length - 1;
  target.at = at;
  if (last === 0 || at <= list[0]!.at) return Object.assign(target, list[0], { at });
  if (at >= list[last]!.at) return Object.assign(target, list[last], { at });
  let i = 0;
  while (list[i + 1]!.at < at) i++;
  const a = list[i]!;
  const b = list[i + 1]!;
  const previous = list[i - 1];
  const following = list[i + 2];
  const h = b.at - a.at;
  const x = (at - a.at) / h;
  const x2 = x * x;
  const x3 = x2 * x;
  for (const field of fields) {
    const slope = (b[field] - a[field]) / h;
    const slopeBefore = previous ? (a[field] - previous[field]) / (a.at - previous.at) : 0;
    const slopeAfter = following ? (following[field] - b[field]) / (following.at - b.at) : 0;
    const m0 = limited(slopeBefore, slope);
    const m1 = limited(slope, slopeAfter);
    target[field] =
      (2 * x3 - 3 * x2 + 1) * a[field] + (x3 - 2 * x2 + x) * h * m0 + (3 * x2 - 2 * x3) * b[field] + (x3 - x2) * h * m1;
  }
  return target;
}

/** Harmonic mean of two slopes, 0 where they disagree: no overshoot. */
function limited(a: number, b: number): number {
  return a * b <= 0 ? 0 : (2 * a * b) / (a + b);
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
