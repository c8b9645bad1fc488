import type { OutlineLine } from './follow-outline.ts';
import type { OutlineRing } from './outline-ring.ts';

/** Capacity of the list: an upper limit of the parts of a body whose outline is followed. */
const MAX_MIDDLES = 40;

/** How far a part of the posed body is beside the middle of its outline. */
interface OutlineMiddle {
  /** The line around trunk, neck or limb that is the part. Null only beyond `count`. */
  ring: OutlineRing | null;
  /** From the posed body to the outline, metres at the part's distance: along x and y of camera space. */
  x: number;
  y: number;
}

/**
 * The parts of a body whose outline a frame's person mask shows on both sides, and how far each is beside its middle.
 */
export interface OutlineMiddles {
  /** Number of entries in use. */
  count: number;
  readonly entries: readonly OutlineMiddle[];
}

/** Creates an empty list. */
export function createOutlineMiddles(): OutlineMiddles {
  return { count: 0, entries: Array.from({ length: MAX_MIDDLES }, () => ({ ring: null, x: 0, y: 0 })) };
}

/**
 * Adds a part (`ring`) whose outline's middle is `metres` from the middle of `line`, along it; `line` crosses the part,
 * and (ax, ay) is its direction, a unit vector. Allocates nothing.
 */
export function addMiddle(middles: OutlineMiddles, ring: OutlineRing, { ax, ay }: OutlineLine, metres: number): void {
  const entry = middles.entries[middles.count++];
  entry.ring = ring;
  entry.x = metres * ax;
  entry.y = metres * ay;
}
