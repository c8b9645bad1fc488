import type { OutlineLine, OutlineSide } from './follow-outline.ts';
import type { OutlineRing } from './outline-ring.ts';

/** Capacity of the list: an upper limit of the parts of a body whose outline is followed. */
const MAX_OFFSETS = 48;
/**
 * Standard deviations of an offset of which both sides of the outline are seen, metres. Of the trunk: the mask's edges,
 * and cloth that hangs more to one side. Of a limb, whose cloth is narrower. Of the neck, whose outline is over the
 * middle of the shoulders: collar, hair and a turned head.
 */
const MIDDLE_METRES = { trunk: 0.01, limb: 0.006, neck: 0.014 } as const;
/** The same of a line over a shoulder: the mask's edge, and the form of the shoulder. */
const SHOULDER_METRES = 0.012;
/** Cloth up to this thickness clings to all sides of a part, metres: that of fitted clothes, and the mask's edge. */
const CLINGING_METRES = 0.004;
/** What the middle between both sides is off besides, as a share of the cloth that hangs below a part. */
const HANGING_FACTOR = 0.5;
/**
 * The same if one side alone is seen: besides, the error of the part's breadth, and twice the thickness of its cloth.
 */
const SIDE_METRES = 0.016;
const CLOTH_FACTOR = 2;
/**
 * Largest offset by one side alone, metres: a side that is further off is another part's. Over a shoulder that is hair,
 * a hood, or the head behind a turned shoulder.
 */
const MAX_SIDE_METRES = 0.04;

/** How far a part of the posed body is beside its outline. */
interface OutlineOffset {
  /** The line around trunk, neck or limb that is the part. Null only beyond `count`. */
  ring: OutlineRing | null;
  /** Direction across the part in the picture: unit vector, +x right, +y up. */
  ax: number;
  ay: number;
  /** From the posed body to the outline along that direction, metres at the part's distance. */
  metres: number;
  /** Standard deviation of its error, metres. */
  deviation: number;
}

/** The parts of a body whose outline a frame's person mask shows, and how far each is beside it. */
export interface OutlineOffsets {
  /** Number of entries in use. */
  count: number;
  readonly entries: readonly OutlineOffset[];
}

/** Creates an empty list. */
export function createOutlineOffsets(): OutlineOffsets {
  const create = (): OutlineOffset => ({ ring: null, ax: 0, ay: 0, metres: 0, deviation: 0 });
  return { count: 0, entries: Array.from({ length: MAX_OFFSETS }, create) };
}

/**
 * Returns by how much an offset by one side counts, 0..1: less and less up to `MAX_SIDE_METRES` (Tukey's biweight), so
 * that it does not come and go from one frame to the next.
 */
function trustOf(metres: number): number {
  return Math.max(0, 1 - (metres / MAX_SIDE_METRES) ** 2);
}

/** Adds an entry. Allocates nothing. */
function push(
  offsets: OutlineOffsets,
  ring: OutlineRing,
  { ax, ay }: { ax: number; ay: number },
  { metres, deviation }: { metres: number; deviation: number },
): void {
  const entry = offsets.entries[offsets.count++];
  entry.ring = ring;
  entry.ax = ax;
  entry.ay = ay;
  entry.metres = metres;
  entry.deviation = deviation;
}

/** The outline of a part on the line across it. */
export interface PartOutline {
  line: OutlineLine;
  /** Its side against the line's direction, and that along it. */
  low: OutlineSide;
  high: OutlineSide;
  /**
   * Expected distance of the outline from the part's skin, metres: cloth, and the mask's edge. It is the mean of both
   * sides: the cloth of a part that lies across, such as a raised arm's, lies on the upper side and hangs from the lower.
   */
  clothMetres: number;
}

/**
 * Adds how far a part (`ring`) is beside its outline. Allocates nothing.
 *
 * 1. If both sides are the part's own, it is the middle between them, but for the cloth that hangs below.
 * 2. If one side is, it is that side's distance from where the part's breadth and its cloth put it. (Not for the neck,
 *    whose line was moved to where the mask is narrowest.)
 */
export function addOffset(
  offsets: OutlineOffsets,
  ring: OutlineRing,
  { line, low, high, clothMetres }: PartOutline,
): void {
  const { part } = ring;
  if (part === 'shoulder') return;
  const isLowSeen = low.end === 'part';
  const isHighSeen = high.end === 'part';
  // The line's direction points up by `ay`, so along it is the upper side.
  const hangingMetres = line.ay * Math.max(0, clothMetres - CLINGING_METRES);
  let metres = (high.metres - low.metres) / 2 + hangingMetres;
  let deviation = Math.hypot(MIDDLE_METRES[part], HANGING_FACTOR * hangingMetres);
  if (!isLowSeen || !isHighSeen) {
    if (isLowSeen === isHighSeen || part === 'neck') return;
    const cloth = isHighSeen ? clothMetres - hangingMetres : clothMetres + hangingMetres;
    const beyond = (isHighSeen ? high.metres : low.metres) - line.predicted - cloth;
    const trust = trustOf(beyond);
    if (!(trust > 0)) return;
    metres = isHighSeen ? beyond : -beyond;
    deviation = Math.hypot(SIDE_METRES, CLOTH_FACTOR * clothMetres) / trust;
  }
  push(offsets, ring, line, { metres, deviation });
}

/**
 * Adds how far the outline of a shoulder is beyond the line `ring` over the posed shoulder and its cloth, along (ax, ay).
 * Allocates nothing.
 *
 * @param metres That distance; NaN if the outline is not seen.
 * @param weight How far the arm hangs, above 0 to 1: a raised one moves the outline.
 */
export function addShoulderOffset(
  offsets: OutlineOffsets,
  ring: OutlineRing,
  direction: { ax: number; ay: number },
  { metres, weight }: { metres: number; weight: number },
): void {
  const trust = trustOf(metres);
  if (trust > 0) push(offsets, ring, direction, { metres, deviation: SHOULDER_METRES / (trust * Math.sqrt(weight)) });
}
