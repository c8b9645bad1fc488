/**
 * Defines a part of the body, an arm for instance, as a generalised cylinder: cross-sections along a straight axis,
 * closed by ellipsoidal caps. Metres: +x to the body's left, +y up, +z to the front.
 *
 * 1. `partDistance()` computes the signed distance of a point from the part's surface.
 * 2. `carryPoint()` maps a point of the part to the same part with another shape.
 */
import { interpolateSection, type Section, section } from './section.ts';
import type { Vector } from './vector.ts';

/** A generalised cylinder. */
export interface Part {
  name: string;
  /** Point of the axis from which `along` is measured, metres. */
  origin: Vector;
  /** Orthonormal directions: along the axis, +u (to the side) and +v (to the front). */
  axis: Vector;
  u: Vector;
  v: Vector;
  /** Cross-sections, ascending in `along`; at least one. */
  sections: Section[];
  /** Lengths of the caps before the first and after the last section, metres. */
  capStart: number;
  capEnd: number;
  /** Width, metres, of the smooth blend with the parts before it in the list; negative: carved out of them. */
  blend: number;
  /** `both`: the part, on the body's left, and its mirror image in x; `centre`: once. */
  side: 'both' | 'centre';
}

/** Step of the numerical derivatives, metres. */
const DERIVATIVE_STEP = 1e-4;
/**
 * Floor of the slope (per metre) that a distance is divided by: in the middle of a part the slope vanishes, and points
 * there must still count as well inside.
 */
const MIN_SLOPE = 3;

/** A point in a part's coordinates, metres. */
interface LocalPoint {
  along: number;
  u: number;
  v: number;
}

/** Scratch. */
const localPoint: LocalPoint = { along: 0, u: 0, v: 0 };
const sectionHere = section([0, 1, 1, 1, 1]);
const sectionBefore = section([0, 1, 1, 1, 1]);
const sectionAfter = section([0, 1, 1, 1, 1]);

/** Converts a point (metres) to the part's coordinates. Writes into `target` and returns it. */
function toLocal(part: Part, x: number, y: number, z: number, target: LocalPoint): LocalPoint {
  const dx = x - part.origin[0];
  const dy = y - part.origin[1];
  const dz = z - part.origin[2];
  target.along = dx * part.axis[0] + dy * part.axis[1] + dz * part.axis[2];
  target.u = dx * part.u[0] + dy * part.u[1] + dz * part.u[2];
  target.v = dx * part.v[0] + dy * part.v[1] + dz * part.v[2];
  return target;
}

/** Returns the distance of (u, v) from the section's centre as a multiple of the section's radius: 1 on the outline. */
function superellipseRadius(profile: Section, u: number, v: number): number {
  const du = u - profile.centreU;
  const dv = v - profile.centreV;
  const a = Math.abs(du) / (du >= 0 ? profile.out : profile.in);
  const b = Math.abs(dv) / (dv >= 0 ? profile.front : profile.back);
  if (profile.power === 2) return Math.sqrt(a * a + b * b);
  return (a ** profile.power + b ** profile.power) ** (1 / profile.power);
}

/** Returns how far `along` is beyond the first or last section, in cap lengths; 0 between them. */
function capShare(part: Part, along: number): number {
  const first = part.sections[0]!.along;
  const last = part.sections[part.sections.length - 1]!.along;
  return along < first ? (first - along) / part.capStart : along > last ? (along - last) / part.capEnd : 0;
}

/**
 * Returns the part's implicit function: 0 on its surface, −1 on its axis, above 0 outside. `profile`: the section
 * there; `cap`: the `capShare` there.
 */
function implicitValue(profile: Section, cap: number, u: number, v: number): number {
  const radius = superellipseRadius(profile, u, v);
  return Math.sqrt(radius * radius + cap * cap) - 1;
}

/** Returns the signed distance of (x, y, z) from a part, metres, negative inside: Taubin's first-order estimate. */
export function partDistance(part: Part, x: number, y: number, z: number): number {
  const { along, u, v } = toLocal(part, x, y, z, localPoint);
  const e = DERIVATIVE_STEP;
  const here = interpolateSection(part.sections, along, sectionHere);
  const cap = capShare(part, along);
  const value = implicitValue(here, cap, u, v);
  const slopeAlong =
    (implicitValue(interpolateSection(part.sections, along + e, sectionAfter), capShare(part, along + e), u, v) -
      implicitValue(interpolateSection(part.sections, along - e, sectionBefore), capShare(part, along - e), u, v)) /
    (2 * e);
  const slopeU = (implicitValue(here, cap, u + e, v) - implicitValue(here, cap, u - e, v)) / (2 * e);
  const slopeV = (implicitValue(here, cap, u, v + e) - implicitValue(here, cap, u, v - e)) / (2 * e);
  return value / Math.max(Math.hypot(slopeAlong, slopeU, slopeV), MIN_SLOPE);
}

/** Maps `along` on `from` to `to`, metres: in proportion between sections and within the caps. */
function correspondingPlace(from: Part, to: Part, along: number): number {
  const last = from.sections.length - 1;
  const place = (part: Part, i: number): number => part.sections[i]!.along;
  if (along <= place(from, 0)) return place(to, 0) + ((along - place(from, 0)) * to.capStart) / from.capStart;
  if (along >= place(from, last)) return place(to, last) + ((along - place(from, last)) * to.capEnd) / from.capEnd;
  let i = 0;
  while (place(from, i + 1) < along) i++;
  return (
    place(to, i) +
    ((along - place(from, i)) / (place(from, i + 1) - place(from, i))) * (place(to, i + 1) - place(to, i))
  );
}

/**
 * Maps a point (x, y, z, metres) of the part `from` to the corresponding point of `to`, the same part with another
 * shape and the same number of sections. Replaces `target`.
 */
export function carryPoint(from: Part, to: Part, point: Vector, target: [number, number, number]): void {
  const { along, u, v } = toLocal(from, point[0], point[1], point[2], localPoint);
  const newAlong = correspondingPlace(from, to, along);
  const a = interpolateSection(from.sections, along, sectionBefore);
  const b = interpolateSection(to.sections, newAlong, sectionAfter);
  const du = u - a.centreU;
  const dv = v - a.centreV;
  const newU = b.centreU + du * ((du >= 0 ? b.out : b.in) / (du >= 0 ? a.out : a.in));
  const newV = b.centreV + dv * ((dv >= 0 ? b.front : b.back) / (dv >= 0 ? a.front : a.back));
  for (let k = 0; k < 3; k++) target[k] = to.origin[k]! + newAlong * to.axis[k]! + newU * to.u[k]! + newV * to.v[k]!;
}
