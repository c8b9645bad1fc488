import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';

export const snapshotLayers = ['scene', 'garment', 'frame'] as const;
export type SnapshotLayers = (typeof snapshotLayers)[number];

export interface SnapshotOptions {
  /**
   * `scene`: what the page shows; `garment`: the garments alone on transparency; `frame`: the camera's picture alone.
   */
  layers?: SnapshotLayers;
  /** A MIME type that the browser's canvas encodes. */
  type?: string;
  /** 0..1, for lossy types. */
  quality?: number;
}

/** Draws the tracked frame and the garments into one canvas, unmirrored, in the frame's proportions. */
export interface Stage {
  readonly canvas: HTMLCanvasElement;
  /**
   * Sets the garments to draw from the next `draw` on, innermost first. The array and its fits are read anew at every
   * draw.
   */
  wear(worn: readonly WornGarment[]): void;
  /** Uploads the frame's image, fits the canvas to it and draws everything. The image is not kept. */
  draw(frame: Frame, tracked: TrackedFrame, body: PosedBody): void;
  /**
   * Sets the canvas's width and height from the next `draw` on, as a share of the frame's, 0..1: fewer pixels for a
   * device that draws slowly. The page shows the canvas at the same size; a snapshot is as large as the frame.
   */
  setScale(scale: number): void;
  /** Draws the last frame again (garment or size changed). No effect before the first `draw`. */
  redraw(): void;
  /** Draws the last frame anew and encodes it. Rejects when nothing has been drawn and while the GPU is away. */
  snapshot(options?: SnapshotOptions): Promise<Blob>;
  /** Called when the GPU is lost (`true`) and given back (`false`). */
  onContextChange: ((lost: boolean) => void) | null;
  dispose(): void;
}

export interface StageOptions {
  mannequin: Mannequin;
  /** The canvas to draw into; a new one by default. */
  canvas?: HTMLCanvasElement;
}
