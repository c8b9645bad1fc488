import type { Group, PerspectiveCamera, WebGLRenderer } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { SnapshotLayers } from './stage.ts';

/** What the stage draws next. The stage keeps one object and overwrites it before each drawing. */
export interface DrawContext {
  readonly renderer: WebGLRenderer;
  /** The camera at the origin of camera space. It looks along −z. */
  readonly camera: PerspectiveCamera;
  /** The layers that the drawing shows. */
  layers: SnapshotLayers;
  /** Whether the last frame shows a body. */
  isBodyFound: boolean;
  /** Size of the drawing buffer, px. */
  width: number;
  height: number;
}

/**
 * One step in which the stage draws. A pass copies what it needs from frame, body and garments. It then draws objects
 * of its own, fills uniforms that later passes read, or does both.
 *
 * The stage holds an ordered list of passes (`createPasses`). It calls one method on all passes, in list order, before
 * it calls the next method. For each frame:
 *
 * 1. `takeFrame`.
 * 2. If the frame shows a body: `takeShape` when the shape has changed, then `takeBody`.
 * 3. Unless the WebGL context is lost: `upload`.
 * 4. `takeGarments`.
 * 5. `prepare`, on the passes that draw in the requested layers. The stage then draws the groups of these passes.
 *
 * A redraw or a snapshot repeats steps 4 and 5. No method but `release` allocates for an ordinary frame.
 */
export interface Pass {
  /** Layers that the pass draws in: `group` is hidden in all others. Empty for a pass that only fills uniforms. */
  readonly layers: readonly SnapshotLayers[];
  /** Whether the pass draws only in frames that show a body. */
  readonly needsBody?: boolean;
  /**
   * Objects that the pass adds to the stage's scene, camera space, metres. three.js draws the groups in the order of
   * their passes, and the meshes of a group by `renderOrder`; transparent materials come after all opaque ones. Nest
   * objects in an `Object3D`: three.js sorts the meshes of a nested `Group` apart from the others.
   */
  readonly group?: Group;

  /** Takes the frame that the stage draws next, and its pose landmarks and mask. */
  takeFrame?(frame: Frame, tracked: TrackedFrame): void;
  /** Takes the shaped body in its rest pose, metres. */
  takeShape?(shape: MannequinShape): void;
  /** Takes the posed body, camera space, metres. */
  takeBody?(body: PosedBody, tracked: TrackedFrame): void;
  /** Copies the frame's image to the GPU. The pass keeps no reference to the image. */
  upload?(renderer: WebGLRenderer, frame: Frame): void;
  /** Takes the worn garments and their present fits, innermost garment first. */
  takeGarments?(worn: readonly WornGarment[]): void;
  /** Makes the last changes before the stage draws its scene, and draws into render targets of the pass. */
  prepare?(context: DrawContext): void;
  /**
   * Frees what the pass has on the GPU. The stage calls this when it is disposed of, and when the WebGL context is
   * lost. A pass that is used again afterwards uploads its data again by itself.
   */
  release?(): void;
}
