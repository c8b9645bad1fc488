import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { createOutfit, type OutfitPiece } from '../../src/session/create-outfit.ts';
import type { Cached } from './cache.ts';
import { type Clip, type ClipValue, type TrueMasks, trackedOf, trueMaskOf, truthOf } from './clip.ts';
import { drawNaive } from './naive-garment.ts';
import { compareMasks, type MaskAgreement } from './page/compare-masks.ts';
import type { SentComparison } from './page/fit-page.ts';
import { type SeenBody, type SentBody, solveClip } from './solve-clip.ts';

/** One clip solved, drawn and compared. */
export interface FitRun {
  /** By frame; `agreement` of drawn and true garment, where they were compared. */
  frames: (SeenBody & { agreement: MaskAgreement | null })[];
  /** By frame and joint (`jointNames`), camera space, metres. */
  truth: [number, number, number][][];
  /** The first frame that counts. */
  from: number;
  /** Intersection over union of the naive garment and the true garment, in the compared frames. */
  naive: number[];
  /** Morph weights of the last body. */
  weights: number[];
  /** Milliseconds of `solveFrame` in Node, by frame. */
  bodyMs: number[];
  /** What was filmed for it now, and did not come from the cache. */
  filmed: 'all' | 'garment' | 'nothing';
  /** PNG file in base64. */
  sheet: string | null;
}

export interface FitRunOptions {
  mannequin: Mannequin;
  /** Fitted to the body of every frame. */
  piece: OutfitPiece;
  from: number;
  /** Whether the garment is also put on by the naive overlay. */
  hasNaive?: boolean;
  /** Draws and compares the garment on the bodies, in a page. Without it bodies are solved only. */
  compare?: (bodies: [frame: number, SentBody][]) => Promise<SentComparison>;
}

/** The naive overlay in the frames that `masks` has: its intersection over union with the true garment, 0 where no person was found. */
function compareNaive(clip: Clip, masks: TrueMasks, { garment }: OutfitPiece, mannequin: Mannequin): number[] {
  return masks.value.frames.map((frame) => {
    const tracked = trackedOf(clip, frame);
    return tracked.score > 0 ? compareMasks(drawNaive(garment, mannequin, tracked), trueMaskOf(masks, frame)).iou : 0;
  });
}

/** Solves a clip in Node and has the page compare the garment in the frames that `masks` has. */
export async function runFit(
  clip: Cached<ClipValue>,
  masks: Cached<TrueMasks['value']> | null,
  { mannequin, piece, from, hasNaive, compare }: FitRunOptions,
): Promise<FitRun> {
  const outfit = createOutfit(mannequin);
  outfit.wear([piece]);
  // The first pass is not timed: a room's code has long been compiled when its time counts.
  solveClip(clip.entry, mannequin, outfit);
  const { frames, bodies, bodyMs, weights } = solveClip(clip.entry, mannequin, outfit);
  const compared = masks?.entry.value.frames ?? [];
  const comparing = compare?.(compared.map((frame) => [frame, bodies[frame]]));
  // Meanwhile, in Node.
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
