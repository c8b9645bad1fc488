import type { PosedBody } from '../../../src/body/body.ts';
import { createPosedBody } from '../../../src/body/create-posed-body.ts';
import type { TrackedFrame } from '../../../src/index.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createFrameSolver, solveFrame } from '../../../src/session/solve-frame.ts';
import * as stages from '../../../src/session/stages.ts';
import { Wardrobe } from '../../../src/session/wardrobe.ts';

export interface Replay {
  /** As after the last frame. */
  posed: PosedBody;
  wardrobe: Wardrobe;
  /** Milliseconds of solve and fit together, by frame. */
  bodyMs: number[];
}

async function createWardrobe(mannequin: Mannequin, src: string, size: string | null): Promise<Wardrobe> {
  let failure: unknown = null;
  const wardrobe = new Wardrobe({
    stages,
    mannequin,
    onChange() {},
    onProgress() {},
    onError: (error) => (failure = error),
  });
  await wardrobe.wear([{ id: 'worn', src: new URL(src, document.baseURI).href, color: null, size }]);
  if (failure) throw failure;
  return wardrobe;
}

/**
 * What the room did between tracking and drawing, once more and by itself: with a clock, and with what the room does not tell
 * (the shape's weights, the fitted garment). The same frames give the same body.
 */
export async function replayBody(
  tracked: readonly TrackedFrame[],
  mannequin: Mannequin,
  {
    stature,
    garment,
    size = null,
    isDepthMeasured = false,
  }: { stature: number; garment: string; size?: string | null; isDepthMeasured?: boolean },
): Promise<Replay> {
  const wardrobe = await createWardrobe(mannequin, garment, size);
  const solver = createFrameSolver({ mannequin, garments: wardrobe, stature, isDepthMeasured });
  const posed = createPosedBody();
  const bodyMs: number[] = [];
  for (const frame of tracked) {
    const beganAt = performance.now();
    solveFrame(solver, frame, posed);
    bodyMs.push(performance.now() - beganAt);
  }
  return { posed, wardrobe, bodyMs };
}
