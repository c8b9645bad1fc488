import type { Group, PerspectiveCamera, WebGLRenderer } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { SnapshotLayers } from './stage.ts';

/**
 * What a pass needs to know about the picture that the stage is about to draw. The stage has one such object. It
 * overwrites the object before each drawing, so a pass does not keep it.
 */
export interface DrawContext {
  /** Draws into the stage's canvas, and into render targets of passes. */
  readonly renderer: WebGLRenderer;
  /** The camera at the origin of camera space (metres, +x right in the picture, +y up). It looks along −z. */
  readonly camera: PerspectiveCamera;
  /**
   * The one choice of layers that this picture shows: `scene` (all), `garment` (garments alone) or `frame` (the frame's
   * image alone).
   */
  layers: SnapshotLayers;
  /** Whether a body was found in the last frame that the stage was given. */
  isBodyFound: boolean;
  /** Whether the shopper's own clothes are hidden where a garment replaces them. */
  hidesOwnClothes: boolean;
  /** Size of the canvas's drawing buffer, px; may differ from the frame's size. */
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
 * 2. If a body was found in the frame: `takeShape` when the shape has changed, then `takeBody`.
 * 3. `upload`. While the WebGL context is lost, steps 3 to 5 are left out.
 * 4. `takeGarments`.
 * 5. `prepare`, on each pass that is drawn: its `layers` include the requested choice, and a body was found or the pass
 *    does not need one. The stage then renders the groups of these passes and hides all other groups.
 *
 * A redraw or a snapshot repeats steps 4 and 5. These methods run once a frame, so they reuse their arrays and GPU
 * resources, and create new ones only when the size of the frame or mask, or the worn garments, change.
 */
export interface Pass {
  /**
   * The choices of layers (`DrawContext.layers`) in which the pass is drawn. In all others `group` is hidden and
   * `prepare` is not called. Empty for a pass that has no group and no `prepare`.
   */
  readonly layers: readonly SnapshotLayers[];
  /**
   * Whether the pass is drawn only if a body was found in the last frame; otherwise `group` is hidden and `prepare` is
   * not called. False if absent.
   */
  readonly needsBody?: boolean;
  /**
   * Objects that the pass adds to the stage's scene, camera space, metres. three.js draws the groups in the order of
   * their passes, and the meshes of a group by `renderOrder`; it draws transparent materials after all opaque ones.
   * Nest objects in an `Object3D`: three.js sorts the meshes of a nested `Group` apart from the others.
   */
  readonly group?: Group;

  /**
   * Receives the frame that the stage draws next, and what the tracker found in it: pose landmarks, and the person's
   * mask or null. Called for frames without a body too. `frame.image` is valid during the call only.
   */
  takeFrame?(frame: Frame, tracked: TrackedFrame): void;
  /**
   * Receives the mannequin in the shopper's shape: vertices, normals and joints of the rest pose, in the mannequin's
   * model space, metres. The stage overwrites the same object at the next change of shape.
   */
  takeShape?(shape: MannequinShape): void;
  /**
   * Receives the posed body of the frame (joints and rotations in camera space, metres), and the same tracking result
   * as `takeFrame`. Both objects are reused for the next frame.
   */
  takeBody?(body: PosedBody, tracked: TrackedFrame): void;
  /** Copies the frame's image to the GPU. The pass keeps no reference to the image. */
  upload?(renderer: WebGLRenderer, frame: Frame): void;
  /**
   * Receives the worn garments, innermost first. The `fit` of each holds the garment's vertices and normals in the rest
   * pose, metres, as last fitted to the shopper's shape.
   */
  takeGarments?(worn: readonly WornGarment[]): void;
  /** Runs right before the stage renders its scene: sets the pass up for this picture, and draws its render targets. */
  prepare?(context: DrawContext): void;
  /**
   * Begins to compile the shaders with which the pass draws into render targets of its own; one is set meanwhile. The
   * stage itself compiles those of `group`. Called before the first frame, after `takeGarments`.
   */
  compile?(renderer: WebGLRenderer, camera: PerspectiveCamera): void;
  /**
   * Frees what the pass has on the GPU. The stage calls this when it is disposed of, and when the WebGL context is
   * lost. After a lost context the pass is used again and must upload its data again by itself.
   */
  release?(): void;
}
