import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';

export const snapshotLayers = ['scene', 'garment', 'frame'] as const;
export type SnapshotLayers = (typeof snapshotLayers)[number];

export interface SnapshotOptions {
  /**
   * `scene` (default): what the page shows. `garment`: the garments alone on a transparent ground. `frame`: the
   * camera's picture alone.
   */
  layers?: SnapshotLayers;
  /** MIME type of the picture, one that the browser's canvas encodes; `image/png` by default. */
  type?: string;
  /** Quality of a lossy type, 0..1. */
  quality?: number;
}

/** Draws the tracked frame and the garments into one canvas, unmirrored, in the frame's proportions. */
export interface Stage {
  readonly canvas: HTMLCanvasElement;
  /**
   * Sets the garments that the next `draw` shows, innermost first. The stage reads the array and its fits again at
   * every draw.
   */
  wear(worn: readonly WornGarment[]): void;
  /**
   * Uploads the frame's image, gives the canvas its proportions and draws everything. The stage does not use the image
   * after the call.
   */
  draw(frame: Frame, tracked: TrackedFrame, body: PosedBody): void;
  /**
   * Sets the sides of the canvas as a share of the frame's sides, 0..1, from the next `draw` on. A slow device draws
   * fewer pixels this way. The page shows the canvas at an unchanged size, and a snapshot is as large as the frame.
   */
  setScale(scale: number): void;
  /** Draws the last frame again, after a change of garment or size. Does nothing before the first `draw`. */
  redraw(): void;
  /**
   * Draws the last frame again and encodes it. Rejects before the first `draw`, and while the WebGL context is lost.
   */
  snapshot(options?: SnapshotOptions): Promise<Blob>;
  /** Called with true when the WebGL context is lost, and with false when it is restored. */
  onContextChange: ((isLost: boolean) => void) | null;
  /** Frees the GPU's resources and gives the WebGL context back. The stage is unusable afterwards. */
  dispose(): void;
}

export interface StageOptions {
  /** The mannequin whose shape and pose follow the shopper. */
  mannequin: Mannequin;
  /** The canvas that the stage draws into; by default the stage creates one. */
  canvas?: HTMLCanvasElement;
}
