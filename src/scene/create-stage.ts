import {
  Mesh,
  NoToneMapping,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  SRGBColorSpace,
  Texture,
  WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { createPasses } from './create-passes.ts';
import { encodeCanvas } from './encode-canvas.ts';
import type { DrawContext, Pass } from './pass.ts';
import type { SnapshotLayers, SnapshotOptions, Stage, StageOptions } from './stage.ts';

/**
 * Draws frames and garments into a canvas, by WebGL 2. Input: a frame's image (pixels, unmirrored), the mask of the
 * person in it, the posed body (camera space: metres, +x right in the picture, +y up, −z away from the camera) and the
 * worn garments (rest pose, metres). Output: pixels of the canvas, or a picture file. This file holds renderer, scene
 * and camera; an ordered list of passes decides what is drawn (`createPasses`).
 *
 * 1. `draw` gives frame, shape and body to the passes, and lets them upload the frame's image.
 * 2. `#resizeBuffer` gives the drawing buffer the frame's proportions.
 * 3. `#render` gives the garments to the passes, hides the passes that are not drawn in the requested layers, and
 *    renders the scene.
 */

/** Longest side of the drawing buffer, px. A larger frame is drawn at this size, except for a snapshot. */
const MAX_SIDE_PIXELS = 1280;
/** Distances of the camera's near and far planes, metres: a body that a camera can frame is always between them. */
const NEAR_METRES = 0.1;
const FAR_METRES = 20;
/** Full vertical angle of view until the first body is drawn, degrees; then `PosedBody.camera` sets it. */
const INITIAL_FOV_Y_DEGREES = 50;

/**
 * Creates a stage that draws into `options.canvas`, or into a canvas of its own. `options.mannequin` is the body model
 * that it shapes and poses like the shopper. `dispose` frees its GPU resources. Throws `FittingError` with code
 * `unsupported-browser` if the browser has no WebGL 2.
 */
export function createStage(options: StageOptions): Stage {
  return new WebGLStage(options);
}

class WebGLStage implements Stage {
  readonly canvas: HTMLCanvasElement;
  onContextChange: ((isLost: boolean) => void) | null = null;

  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(INITIAL_FOV_Y_DEGREES, 1, NEAR_METRES, FAR_METRES);
  readonly #passes: readonly Pass[];
  readonly #context: DrawContext;
  readonly #mannequin: Mannequin;
  /** The mannequin in the shopper's shape, rest pose, metres, and the `shapeVersion` of the body that it shows. */
  readonly #shape: MannequinShape;
  #shapeVersion = NaN;
  #worn: readonly WornGarment[] = [];
  #isContextLost = false;
  /** Sides of the drawing buffer as a share of the frame's sides, above 0 up to 1. */
  #bufferScale = 1;
  /** Size of the last drawn frame, px; 0 before the first frame. */
  #frameWidth = 0;
  #frameHeight = 0;
  /** The last frame, for a second upload after a restored WebGL context. Its image may be closed by then. */
  readonly #lastFrame: Frame = { image: null, width: 0, height: 0, timeMs: 0 };

  constructor({ mannequin, canvas = document.createElement('canvas') }: StageOptions) {
    this.canvas = canvas;
    this.#renderer = createRenderer(canvas);
    this.#context = {
      renderer: this.#renderer,
      camera: this.#camera,
      layers: 'scene',
      isBodyFound: false,
      hidesOwnClothes: true,
      width: 0,
      height: 0,
    };
    this.#mannequin = mannequin;
    this.#shape = createMannequinShape(mannequin);
    this.#passes = createPasses(mannequin);
    this.#passes.forEach(({ group }, index) => {
      if (!group) return;
      group.renderOrder = index;
      this.#scene.add(group);
    });
    canvas.addEventListener('webglcontextlost', this.#contextLost);
    canvas.addEventListener('webglcontextrestored', this.#contextRestored);
  }

  wear(worn: readonly WornGarment[]): void {
    this.#worn = worn;
  }

  async prepare(): Promise<void> {
    if (this.#isContextLost) return;
    for (const pass of this.#passes) pass.takeGarments?.(this.#worn);
    const textures = texturesOf(this.#scene);
    const target = new WebGLRenderTarget(1, 1);
    this.#renderer.setRenderTarget(target);
    for (const pass of this.#passes) pass.compile?.(this.#renderer, this.#camera);
    this.#renderer.setRenderTarget(null);
    target.dispose();
    await this.#renderer.compileAsync(this.#scene, this.#camera);
    for (const texture of textures) {
      // One at a time: a large one takes as long as a frame. A garment may be taken off meanwhile.
      await yieldToEventLoop();
      if (!this.#isContextLost && isLoaded(texture)) this.#renderer.initTexture(texture);
    }
  }

  draw(frame: Frame, tracked: TrackedFrame, body: PosedBody): void {
    this.#lastFrame.image = frame.image;
    this.#lastFrame.width = frame.width;
    this.#lastFrame.height = frame.height;
    this.#frameWidth = frame.width;
    this.#frameHeight = frame.height;
    this.#context.isBodyFound = body.found;
    for (const pass of this.#passes) pass.takeFrame?.(frame, tracked);
    if (body.found) this.#takeBody(body, tracked);
    if (this.#isContextLost) return;
    for (const pass of this.#passes) pass.upload?.(this.#renderer, frame);
    this.#resizeBuffer(this.#bufferScale * Math.min(1, MAX_SIDE_PIXELS / Math.max(frame.width, frame.height)));
    this.#render('scene');
  }

  setOwnClothes(isHidden: boolean): void {
    this.#context.hidesOwnClothes = isHidden;
  }

  setScale(scale: number): void {
    this.#bufferScale = scale;
  }

  redraw(): void {
    if (this.#frameWidth > 0 && !this.#isContextLost) this.#render('scene');
  }

  async snapshot({ layers = 'scene', type = 'image/png', quality }: SnapshotOptions = {}): Promise<Blob> {
    if (this.#frameWidth === 0) throw new Error('there is no snapshot before the first drawn frame');
    if (this.#isContextLost)
      throw new FittingError(
        'context-lost',
        'the WebGL context is lost: take the snapshot again when the context is restored',
      );
    const { width, height } = this.canvas;
    const isFrameSize = width === this.#frameWidth && height === this.#frameHeight;
    if (!isFrameSize) this.#resizeBuffer(1);
    this.#render(layers);
    const encoded = encodeCanvas(this.canvas, type, quality);
    // Restore the shown picture within the same task, so that the page never shows the snapshot's layers or size.
    if (!isFrameSize) this.#renderer.setSize(width, height, false);
    if (!isFrameSize || layers !== 'scene') this.#render('scene');
    return encoded;
  }

  forget(): void {
    this.#lastFrame.image = null;
    this.#frameWidth = this.#frameHeight = 0;
    this.#release();
    // A new size clears the drawing buffer.
    this.#renderer.setSize(1, 1, false);
  }

  dispose(): void {
    this.canvas.removeEventListener('webglcontextlost', this.#contextLost);
    this.canvas.removeEventListener('webglcontextrestored', this.#contextRestored);
    this.onContextChange = null;
    this.#lastFrame.image = null;
    this.#release();
    this.#renderer.dispose();
    // Browsers limit the number of WebGL contexts of a page and collect unused ones late: end this context at once.
    this.#renderer.forceContextLoss();
  }

  #release(): void {
    for (const pass of this.#passes) pass.release?.();
  }

  /** Sets the sides of the drawing buffer to the last frame's sides times `scale`, above 0 up to 1. */
  #resizeBuffer(scale: number): void {
    const width = Math.round(this.#frameWidth * scale);
    const height = Math.round(this.#frameHeight * scale);
    if (this.canvas.width !== width || this.canvas.height !== height) this.#renderer.setSize(width, height, false);
  }

  /** Gives the body to the passes, its shape first if that has changed, and sets the camera's angle of view. */
  #takeBody(body: PosedBody, tracked: TrackedFrame): void {
    if (body.shapeVersion !== this.#shapeVersion) {
      shapeMannequin(this.#mannequin, body.shape, this.#shape);
      for (const pass of this.#passes) pass.takeShape?.(this.#shape);
      this.#shapeVersion = body.shapeVersion;
    }
    for (const pass of this.#passes) pass.takeBody?.(body, tracked);

    const { fovYDegrees, width, height } = body.camera;
    if (this.#camera.fov === fovYDegrees && this.#camera.aspect === width / height) return;
    this.#camera.fov = fovYDegrees;
    this.#camera.aspect = width / height;
    this.#camera.updateProjectionMatrix();
  }

  /** Draws the last frame and the garments of the last `wear`, in the requested layers, into the canvas. */
  #render(layers: SnapshotLayers): void {
    for (const pass of this.#passes) pass.takeGarments?.(this.#worn);
    const context = this.#context;
    context.layers = layers;
    context.width = this.canvas.width;
    context.height = this.canvas.height;
    for (const pass of this.#passes) {
      const isDrawn = pass.layers.includes(layers) && (context.isBodyFound || !pass.needsBody);
      if (pass.group) pass.group.visible = isDrawn;
      if (isDrawn) pass.prepare?.(context);
    }
    this.#renderer.render(this.#scene, this.#camera);
  }

  readonly #contextLost = (): void => {
    this.#isContextLost = true;
    // Release now: after the context is restored three.js would delete the old resources in the new context.
    this.#release();
    this.onContextChange?.(true);
  };

  /**
   * Uploads the last image again, if it is not closed, and draws it. three.js heard this event before the stage, so its
   * own resources are valid again.
   */
  readonly #contextRestored = (): void => {
    this.#isContextLost = false;
    if (hasPixels(this.#lastFrame.image)) {
      for (const pass of this.#passes) pass.upload?.(this.#renderer, this.#lastFrame);
      this.redraw();
    }
    this.onContextChange?.(false);
  };
}

/** The textures of all materials of a scene, each once. */
function texturesOf(scene: Scene): Set<Texture> {
  const textures = new Set<Texture>();
  scene.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    for (const value of Object.values(object.material)) if (value instanceof Texture) textures.add(value);
  });
  return textures;
}

/** Whether a texture has an image to copy: a closed bitmap has no width. */
function isLoaded({ image }: Texture): boolean {
  return ((image as { width?: number } | null)?.width ?? 0) > 0;
}

/** Creates the renderer of a canvas. Throws `FittingError` `unsupported-browser` without WebGL 2. */
function createRenderer(canvas: HTMLCanvasElement): WebGLRenderer {
  let renderer: WebGLRenderer;
  try {
    renderer = new WebGLRenderer({
      canvas,
      antialias: true,
      alpha: true,
      premultipliedAlpha: true,
      powerPreference: 'high-performance',
    });
  } catch (cause) {
    throw new FittingError('unsupported-browser', 'WebGL 2 is not available', { cause });
  }
  renderer.setPixelRatio(1);
  renderer.outputColorSpace = SRGBColorSpace;
  // The camera's picture has display values already, and `RoomLight` keeps cloth below the clipping level.
  renderer.toneMapping = NoToneMapping;
  renderer.setClearColor(0x000000, 0);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  return renderer;
}

/** Whether an image still has its pixels: a closed bitmap has width 0, a closed video frame has no format. */
function hasPixels(image: Frame['image']): boolean {
  return image !== null && ('codedWidth' in image ? image.format !== null && image.codedWidth > 0 : image.width > 0);
}
