import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';

/**
 * The choices of what a picture shows. `scene`: the frame's image, and on it the garments with shade and occlusion.
 * `garment`: the garments alone on a transparent ground, where the body still hides them. `frame`: the frame's image
 * alone.
 */
export const snapshotLayers = ['scene', 'garment', 'frame'] as const;
/** One of `snapshotLayers`. */
export type SnapshotLayers = (typeof snapshotLayers)[number];

/** What a snapshot shows, and how it is encoded. */
export interface SnapshotOptions {
  /**
   * `scene` (default): what the page shows. `garment`: the garments alone on a transparent ground. `frame`: the
   * frame's image alone.
   */
  layers?: SnapshotLayers;
  /** MIME type of the picture; `image/png` by default. The browser writes PNG for a type that it cannot encode. */
  type?: string;
  /** Quality of a lossy type, 0 (smallest file) to 1 (best); the browser's default if absent. */
  quality?: number;
}

/**
 * Draws frames and the garments on the person in them into one canvas, unmirrored, in the frame's proportions. Call
 * `wear` when the choice of garments changes, and `draw` for each tracked frame.
 */
export interface Stage {
  /** The canvas that is drawn into; the page shows it. */
  readonly canvas: HTMLCanvasElement;
  /**
   * Sets the garments that are shown from the next `draw` or `redraw` on, innermost first. The stage keeps the array:
   * it reads garments, colours and fits (vertices in the rest pose, metres) again at every draw.
   */
  wear(worn: readonly WornGarment[]): void;
  /**
   * Compiles the shaders of the garments of the last `wear` and of what is drawn around them, where the browser can do so
   * beside the page's thread, and copies the garments' textures to the GPU, one at a time. Without it the first `draw`
   * does all that at once, and the page stands still meanwhile. Draws nothing.
   */
  prepare(): Promise<void>;
  /**
   * Copies the frame's image to the GPU, gives the canvas the frame's proportions, and draws image and garments. The
   * caller may close the image after the call.
   *
   * @param frame the picture, upright and unmirrored.
   * @param tracked what the tracker found in this frame; the stage reads the person's mask.
   * @param body the posed body of this frame, camera space (metres, +x right in the picture, +y up, −z away from the
   * camera); if `found` is false, no garments are drawn.
   */
  draw(frame: Frame, tracked: TrackedFrame, body: PosedBody): void;
  /**
   * Sets whether the shopper's own clothes are hidden where a garment replaces them, from the next `draw` or `redraw`
   * on; they are by default. It needs `TrackedFrame.classes`.
   */
  setOwnClothes(isHidden: boolean): void;
  /**
   * Sets the sides of the drawing buffer as a share of the frame's sides, above 0 up to 1, from the next `draw` on; 1
   * by default. A slow device draws fewer pixels this way. The page shows the canvas at an unchanged size, and a
   * snapshot is as large as the frame.
   */
  setScale(scale: number): void;
  /**
   * Draws the last frame again, after a change of garment or size. Does nothing before the first `draw`, and while the
   * WebGL context is lost.
   */
  redraw(): void;
  /**
   * Draws the last frame again, in the frame's size and the chosen layers, and resolves to it as a picture file. The
   * page's canvas shows the same as before. Rejects before the first `draw`; rejects with `FittingError` `context-lost`
   * while the WebGL context is lost.
   */
  snapshot(options?: SnapshotOptions): Promise<Blob>;
  /**
   * Forgets the pictures of the shopper: clears the canvas, and frees all that the GPU holds of frames. The next `draw`
   * uploads everything anew.
   */
  forget(): void;
  /** Called with true when the WebGL context is lost, and with false when it is restored. */
  onContextChange: ((isLost: boolean) => void) | null;
  /** Frees the GPU's resources and gives the WebGL context back. The stage is unusable afterwards. */
  dispose(): void;
}

/** What `createStage` needs. */
export interface StageOptions {
  /** The body model (rest pose, metres) that the stage shapes and poses like the shopper. */
  mannequin: Mannequin;
  /** The canvas that the stage draws into; by default the stage creates one. */
  canvas?: HTMLCanvasElement;
}
