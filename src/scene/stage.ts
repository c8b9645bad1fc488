import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';

export const snapshotLayers = ['scene', 'garment', 'frame'] as const;
export type SnapshotLayers = (typeof snapshotLayers)[number];

export interface SnapshotOptions {
  /** `scene`: what is seen; `garment`: the garments alone on transparency; `frame`: the camera's picture alone. */
  layers?: SnapshotLayers;
  /** A MIME type that the browser's canvas encodes. */
  type?: string;
  /** 0..1, for lossy types. */
  quality?: number;
}

/** Draws the tracked frame and the garments into one canvas, unmirrored, in the frame's proportions. Knows nothing of the page. */
export interface Stage {
  readonly canvas: HTMLCanvasElement;
  /** Garments to draw from the next `draw` on. The array and its fits are read anew at every draw. */
  wear(worn: readonly WornGarment[]): void;
  /** Uploads the frame's image, fits the canvas to it and draws everything. The image is not kept. */
  draw(frame: Frame, tracked: TrackedFrame, body: PosedBody): void;
  /**
   * Share of the frame's sides, 0..1, that the canvas has from the next `draw` on: fewer pixels for a device that is slow to
   * draw. The page shows them at the same size; snapshots keep the frame's.
   */
  setScale(scale: number): void;
  /** Draws the last frame again (garment or size changed). No effect before the first `draw`. */
  redraw(): void;
  /** The last drawn frame, encoded. Rejects when nothing has been drawn. */
  snapshot(options?: SnapshotOptions): Promise<Blob>;
  /** Called when the GPU was taken away (`true`) and given back (`false`). */
  onContextChange: ((lost: boolean) => void) | null;
  dispose(): void;
}

export interface StageOptions {
  mannequin: Mannequin;
  /** Drawn into; one is made when none is given. */
  canvas?: HTMLCanvasElement;
}
