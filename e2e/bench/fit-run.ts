import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { createOutfit, type OutfitPiece } from '../../src/session/create-outfit.ts';
import type { Cached } from './cache.ts';
import { type ClipValue, type TrueMasks, truthOf } from './clip.ts';
import type { MaskAgreement } from './page/compare-masks.ts';
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
  /** Draws and compares the garment on the bodies, in a page. Without it bodies are solved only. */
  compare?: (bodies: SentBody[]) => Promise<SentComparison>;
}

/** Solves a clip in Node and has the page compare the garment in the frames that `masks` has. */
export async function runFit(
  clip: Cached<ClipValue>,
  masks: Cached<TrueMasks['value']> | null,
  { mannequin, piece, from, compare }: FitRunOptions,
): Promise<FitRun> {
  const outfit = createOutfit(mannequin);
  outfit.wear([piece]);
  const { frames, bodies, bodyMs, weights } = solveClip(clip.entry, mannequin, outfit);
  const comparison = await compare?.(bodies);
  const agreements = new Map(comparison?.agreements);
  return {
    frames: frames.map((body, frame) => ({ ...body, agreement: agreements.get(frame) ?? null })),
    truth: truthOf(clip.entry),
    from,
    naive: comparison?.naive ?? [],
    weights,
    bodyMs,
    filmed: !clip.isCached ? 'all' : masks?.isCached === false ? 'garment' : 'nothing',
    sheet: comparison?.sheet ?? null,
  };
}
