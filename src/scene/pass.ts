import type { Group, PerspectiveCamera, WebGLRenderer } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { SnapshotLayers } from './stage.ts';

/** What the stage is about to draw. One object per stage, rewritten before every drawing. */
export interface DrawContext {
  readonly renderer: WebGLRenderer;
  /** At the origin of camera space, looking along −z. */
  readonly camera: PerspectiveCamera;
  layers: SnapshotLayers;
  /** Whether the last frame shows a body. */
  isBodyFound: boolean;
  /** Pixels of the drawing buffer. */
  width: number;
  height: number;
}

/**
 * One step of a stage's drawing: it keeps what it needs of frame, body and garments, and draws objects of its own,
 * fills uniforms that later passes read, or both. The stage holds an ordered list of passes (`createPasses`) and calls
 * each method on all of them, in list order, before it goes on to the next method. Of one frame:
 *
 * 1. `takeFrame`.
 * 2. If the frame shows a body: `takeShape` when the body's shape is new, then `takeBody`.
 * 3. Unless the GPU is away: `upload`.
 * 4. `takeGarments`.
 * 5. `prepare`, for the passes that draw in the wanted layers; then the stage draws all their groups at once.
 *
 * A redraw or a snapshot repeats 4 and 5. All methods but `release` run every frame and allocate nothing.
 */
export interface Pass {
  /**
   * Layers of a picture that the pass draws in; none where it only fills uniforms. In other layers `group` is hidden.
   */
  readonly layers: readonly SnapshotLayers[];
  /** Whether the pass draws only in frames that show a body. */
  readonly needsBody?: boolean;
  /**
   * Objects of the stage's scene, camera space, metres. Groups are drawn in the order of their passes, and what one
   * group holds in the order of its meshes' `renderOrder`; see-through materials come after all others (three.js sorts
   * so). A `Group` within the group would start an order of its own: use `Object3D`.
   */
  readonly group?: Group;

  takeFrame?(frame: Frame, tracked: TrackedFrame): void;
  /** The body in its rest pose, metres. */
  takeShape?(shape: MannequinShape): void;
  takeBody?(body: PosedBody, tracked: TrackedFrame): void;
  /** Copies the frame's image to the GPU; the image is not kept. */
  upload?(renderer: WebGLRenderer, frame: Frame): void;
  /** Garments and fits as they are worn now, innermost first. */
  takeGarments?(worn: readonly WornGarment[]): void;
  /** Last changes before the scene is drawn, and drawings into targets of the pass. */
  prepare?(context: DrawContext): void;
  /**
   * Gives back what the pass has on the GPU: when the stage ends, and when the GPU was lost. A pass that is used again
   * afterwards uploads anew by itself.
   */
  release?(): void;
}
