/**
 * Defines the cross-sections of a body part and interpolates between them.
 *
 * 1. `section()` reads a section from a line of a table.
 * 2. `interpolateSection()` returns the section at any distance along the part's axis: monotone cubic Hermite curves
 *    (Fritsch and Carlson) through the values of the listed sections.
 */

/**
 * One cross-section of a part, metres: a superellipse whose four half-axes may differ. It is in the plane through the
 * point `along` of the part's axis; `u` (to the side) and `v` (to the front) are the directions in that plane.
 */
export interface Section {
  /** Distance along the part's axis from its origin, metres. */
  along: number;
  /** Half-axes towards +u, −u, +v and −v, metres. */
  out: number;
  in: number;
  front: number;
  back: number;
  /** Centre of the section in u and v, relative to the axis, metres. */
  centreU: number;
  centreV: number;
  /** Exponent of the superellipse: 2 is an ellipse, more is boxier. */
  power: number;
}

/** A section as a line of a table, metres; the centre is on the axis and the exponent 2 unless given. */
export type SectionRow = readonly [
  along: number,
  outer: number,
  inner: number,
  front: number,
  back: number,
  centreV?: number,
  power?: number,
];

/** Returns the section of a table line. */
export function section([along, outer, inner, front, back, centreV = 0, power = 2]: SectionRow): Section {
  return { along, out: outer, in: inner, front, back, centreU: 0, centreV, power };
}

/** Returns a section with its half-axes multiplied: both in u by `width`, those in v by `front` and `back`. */
export function growSection(base: Section, width: number, front: number, back = front): Section {
  return { ...base, out: base.out * width, in: base.in * width, front: base.front * front, back: base.back * back };
}

/** Slopes of the values at each section (change for each metre along the axis), computed once for each list. */
const slopesBySections = new WeakMap<readonly Section[], Section[]>();

/** Returns the slopes at each section; that of `along` is 0, since it is not interpolated. */
function slopesOf(sections: readonly Section[]): Section[] {
  let slopes = slopesBySections.get(sections);
  if (!slopes) {
    /** Slope of a value over the interval that section `i` begins; 0 beyond the ends. */
    const intervalSlope = (i: number, value: keyof Section): number => {
      const [a, b] = [sections[i], sections[i + 1]];
      return a && b ? (b[value] - a[value]) / (b.along - a.along) : 0;
    };
    slopes = sections.map((_, i) => {
      const slope = (value: keyof Section): number =>
        slopeWithoutOvershoot(intervalSlope(i - 1, value), intervalSlope(i, value));
      return {
        along: 0,
        out: slope('out'),
        in: slope('in'),
        front: slope('front'),
        back: slope('back'),
        centreU: slope('centreU'),
        centreV: slope('centreV'),
        power: slope('power'),
      };
    });
    slopesBySections.set(sections, slopes);
  }
  return slopes;
}

/** Returns the harmonic mean of the slopes before and after a section; 0 where they differ in sign. */
function slopeWithoutOvershoot(before: number, after: number): number {
  return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
}

/** Replaces all of `target` but `along`. */
function copySection(source: Section, target: Section): void {
  target.out = source.out;
  target.in = source.in;
  target.front = source.front;
  target.back = source.back;
  target.centreU = source.centreU;
  target.centreV = source.centreV;
  target.power = source.power;
}

/**
 * Interpolates the section at `along` metres. `sections`: at least one, ascending in `along`; beyond the first and the
 * last the result equals them. Replaces `target` and returns it.
 */
export function interpolateSection(sections: readonly Section[], along: number, target: Section): Section {
  const last = sections.length - 1;
  target.along = along;
  if (last === 0 || along <= sections[0]!.along) copySection(sections[0]!, target);
  else if (along >= sections[last]!.along) copySection(sections[last]!, target);
  else {
    let i = 0;
    while (sections[i + 1]!.along < along) i++;
    const a = sections[i]!;
    const b = sections[i + 1]!;
    const slopes = slopesOf(sections);
    const slopeA = slopes[i]!;
    const slopeB = slopes[i + 1]!;
    const interval = b.along - a.along;
    const x = (along - a.along) / interval;
    const x2 = x * x;
    const x3 = x2 * x;
    // The four Hermite basis functions.
    const fromA = 2 * x3 - 3 * x2 + 1;
    const fromSlopeA = (x3 - 2 * x2 + x) * interval;
    const fromB = 3 * x2 - 2 * x3;
    const fromSlopeB = (x3 - x2) * interval;
    target.out = fromA * a.out + fromSlopeA * slopeA.out + fromB * b.out + fromSlopeB * slopeB.out;
    target.in = fromA * a.in + fromSlopeA * slopeA.in + fromB * b.in + fromSlopeB * slopeB.in;
    target.front = fromA * a.front + fromSlopeA * slopeA.front + fromB * b.front + fromSlopeB * slopeB.front;
    target.back = fromA * a.back + fromSlopeA * slopeA.back + fromB * b.back + fromSlopeB * slopeB.back;
    target.centreU = fromA * a.centreU + fromSlopeA * slopeA.centreU + fromB * b.centreU + fromSlopeB * slopeB.centreU;
    target.centreV = fromA * a.centreV + fromSlopeA * slopeA.centreV + fromB * b.centreV + fromSlopeB * slopeB.centreV;
    target.power = fromA * a.power + fromSlopeA * slopeA.power + fromB * b.power + fromSlopeB * slopeB.power;
  }
  return target;
}
