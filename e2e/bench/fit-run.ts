import { createOutfit, type OutfitPiece } from '../../src/cloth/create-outfit.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import type { Cached } from './cache.ts';
import { type Clip, type ClipValue, type TrueMasks, trackedOf, trueMaskOf, truthOf } from './clip.ts';
import { drawNaive } from './naive-garment.ts';
import { compareMasks, type MaskAgreement } from './page/compare-masks.ts';
import type { SentComparison } from './page/fit-page.ts';
import { type SeenBody, type SentBody, solveClip } from './solve-clip.ts';

/** The result of one clip: solved bodies, the truth, and how drawn and true garments agree. */
export interface FitRun {
  /**
   * Bodies by frame: joints in camera space (metres), measures (centimetres). `agreement`: intersection over union,
   * missed and extra area, as ratios, of the drawn garment and the true one; null in frames that were not compared.
   */
  frames: (SeenBody & { agreement: MaskAgreement | null })[];
  /** True joints by frame, in the order of `jointNames`, camera space (+x right, +y up, −z away), metres. */
  truth: [number, number, number][][];
  /** Number of the first frame that counts: before it the body is learned. */
  from: number;
  /** Intersection over union, 0..1, of the naive overlay (`drawNaive`) and the true garment, in the compared frames. */
  naive: number[];
  /** Morph weights of the body in the last frame, in the order of `morphNames`. */
  weights: number[];
  /** Times of `solveFrame` in Node by frame, milliseconds. */
  bodyMs: number[];
  /** What was filmed in this run: clip and garment masks, the masks only, or nothing (all read from the cache). */
  filmed: 'all' | 'garment' | 'nothing';
  /** Contact sheet: a PNG file in base64. */
  sheet: string | null;
}

/** The garment, and what `runFit` computes. */
export interface FitRunOptions {
  /** The parametric body of which solved bodies are shapes. */
  mannequin: Mannequin;
  /** The garment, loaded, in one size. It is fitted to the body of every frame. */
  piece: OutfitPiece;
  /** Number of the first frame that counts. */
  from: number;
  /** Names of steps of the body solve to leave out. */
  without?: readonly string[];
  /** Whether to compare the naive overlay, too. */
  hasNaive?: boolean;
  /**
   * Draws the garment in a page on the bodies of the frames with a true mask, and compares it with the mask. Without it
   * the bodies are only solved.
   */
  compare?: (bodies: [frame: number, SentBody][]) => Promise<SentComparison>;
}

/**
 * Returns the intersection over union of the naive overlay and the true garment in each of the frames of `masks`; 0 if
 * no person was found.
 */
function compareNaive(clip: Clip, masks: TrueMasks, { garment }: OutfitPiece, mannequin: Mannequin): number[] {
  return masks.value.frames.map((frame) => {
    const tracked = trackedOf(clip, frame);
    return tracked.score > 0 ? compareMasks(drawNaive(garment, mannequin, tracked), trueMaskOf(masks, frame)).iou : 0;
  });
}

/**
 * Solves the bodies of a clip (a filmed and tracked person) in Node, and compares the garment in the frames of `masks`
 * (true coverage 0..255) in a page. Both come from the cache or were filmed now.
 */
export async function runFit(
  clip: Cached<ClipValue>,
  masks: Cached<TrueMasks['value']> | null,
  { mannequin, piece, from, without, hasNaive, compare }: FitRunOptions,
): Promise<FitRun> {
  const outfit = createOutfit(mannequin);
  // Body and garment are timed; the cloth has a benchmark of its own.
  outfit.hangs = false;
  outfit.wear([piece]);
  const { frames, bodies, bodyMs, weights } = solveClip(clip.entry, mannequin, outfit, { without });
  const compared = masks?.entry.value.frames ?? [];
  const comparing = compare?.(compared.map((frame) => [frame, bodies[frame]]));
  // Runs while the page works.
  const naive = masks && hasNaive ? compareNaive(clip.entry, masks.entry, piece, mannequin) : [];
  const comparison = await comparing;
  const agreements = new Map(comparison?.agreements);
  return {
    frames: frames.map((body, frame) => ({ ...body, agreement: agreements.get(frame) ?? null })),
    truth: truthOf(clip.entry),
    from,
    naive,
    weights,
    bodyMs,
    filmed: !clip.isCached ? 'all' : masks?.isCached === false ? 'garment' : 'nothing',
    sheet: comparison?.sheet ?? null,
  };
}
