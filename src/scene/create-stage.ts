import { NoToneMapping, PCFShadowMap, PerspectiveCamera, Scene, SRGBColorSpace, WebGLRenderer } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type { WornGarment } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { createPasses } from './create-passes.ts';
import { encodeCanvas } from './encode-canvas.ts';
import type { DrawContext, Pass } from './pass.ts';
import type { SnapshotLayers, SnapshotOptions, Stage, StageOptions } from './stage.ts';

/**
 * Longest side of the drawing buffer, px. A larger frame is shown at this size, and a snapshot of it is as large as the
 * frame.
 */
const MAX_SIDE = 1280;
/** The camera's near and far planes, metres: bodies stand between them. */
const NEAR_METRES = 0.1;
const FAR_METRES = 20;
/** Full vertical angle of the camera before the first body, degrees. */
const FIRST_FOV_DEGREES = 50;

/** Creates the stage. Throws `FittingError` `unsupported-browser` where the browser has no WebGL 2. */
export function createStage(options: StageOptions): Stage {
  return new WebGLStage(options);
}

/**
 * The stage on WebGL. It owns canvas, renderer, scene and camera; what is drawn is up to its passes (see `Pass`).
 *
 * 1. `draw` hands frame, shape and body to the passes, and lets them upload the frame's image.
 * 2. It fits the drawing buffer to the frame.
 * 3. `#render` hands the garments to the passes, hides those that do not draw in the wanted layers, and draws the
 *    scene.
 */
class WebGLStage implements Stage {
  readonly canvas: HTMLCanvasElement;
  onContextChange: ((lost: boolean) => void) | null = null;

  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(FIRST_FOV_DEGREES, 1, NEAR_METRES, FAR_METRES);
  readonly #passes: readonly Pass[];
  readonly #context: DrawContext;
  readonly #mannequin: Mannequin;
  readonly #shape: MannequinShape;
  #shapeVersion = NaN;
  #worn: readonly WornGarment[] = [];
  #isContextLost = false;
  /** Share of the frame's sides that the drawing buffer has. */
  #scale = 1;
  /** Pixels of the last drawn frame; 0 before the first. */
  #frameWidth = 0;
  #frameHeight = 0;
  /** The last frame, kept only to upload it again when the GPU comes back: its image may be closed by then. */
  readonly #lastFrame: Frame = { image: null, width: 0, height: 0, timeMs: 0 };

  constructor({ mannequin, canvas = document.createElement('canvas') }: StageOptions) {
    this.canvas = canvas;
    this.#renderer = createRenderer(canvas);
    this.#context = {
      renderer: this.#renderer,
      camera: this.#camera,
      layers: 'scene',
      isBodyFound: false,
      width: 0,
      height: 0,
    };
    this.#mannequin = mannequin;
    this.#shape = createMannequinShape(mannequin);
    this.#passes = createPasses(mannequin);
    this.#passes.forEach(({ group }, i) => {
      if (!group) return;
      group.renderOrder = i;
      this.#scene.add(group);
    });
    canvas.addEventListener('webglcontextlost', this.#contextLost);
    canvas.addEventListener('webglcontextrestored', this.#contextRestored);
  }

  wear(worn: readonly WornGarment[]): void {
    this.#worn = worn;
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
    this.#resize(this.#scale * Math.min(1, MAX_SIDE / Math.max(frame.width, frame.height)));
    this.#render('scene');
  }

  setScale(scale: number): void {
    this.#scale = scale;
  }

  redraw(): void {
    if (this.#frameWidth > 0 && !this.#isContextLost) this.#render('scene');
  }

  async snapshot({ layers = 'scene', type = 'image/png', quality }: SnapshotOptions = {}): Promise<Blob> {
    if (this.#frameWidth === 0) throw new Error('nothing has been drawn yet');
    if (this.#isContextLost) throw new FittingError('context-lost', 'the GPU is away');
    const { width, height } = this.canvas;
    const isFrameSize = width === this.#frameWidth && height === this.#frameHeight;
    if (!isFrameSize) this.#resize(1);
    this.#render(layers);
    const encoded = encodeCanvas(this.canvas, type, quality);
    // Draw the shown picture again within the same task: the page never sees the snapshot's layers or size.
    if (!isFrameSize) this.#renderer.setSize(width, height, false);
    if (!isFrameSize || layers !== 'scene') this.#render('scene');
    return encoded;
  }

  dispose(): void {
    this.canvas.removeEventListener('webglcontextlost', this.#contextLost);
    this.canvas.removeEventListener('webglcontextrestored', this.#contextRestored);
    this.onContextChange = null;
    this.#lastFrame.image = null;
    this.#release();
    this.#renderer.dispose();
    // A browser allows a handful of contexts per page and frees an abandoned one late: give this one back now.
    this.#renderer.forceContextLoss();
  }

  #release(): void {
    for (const pass of this.#passes) pass.release?.();
  }

  /** Fits the drawing buffer to the frame times `scale`. */
  #resize(scale: number): void {
    const width = Math.round(this.#frameWidth * scale);
    const height = Math.round(this.#frameHeight * scale);
    if (this.canvas.width !== width || this.canvas.height !== height) this.#renderer.setSize(width, height, false);
  }

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
    // Release now: once the GPU is back, three.js would delete the old resources from the new context.
    this.#release();
    this.onContextChange?.(true);
  };

  /**
   * three.js listens to the event first and has renewed its own resources; the image is uploaded again if it is still
   * open.
   */
  readonly #contextRestored = (): void => {
    this.#isContextLost = false;
    if (isOpen(this.#lastFrame.image)) {
      for (const pass of this.#passes) pass.upload?.(this.#renderer, this.#lastFrame);
      this.redraw();
    }
    this.onContextChange?.(false);
  };
}

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
  // The camera's picture is display-referred already, and the light is set so that cloth does not clip.
  renderer.toneMapping = NoToneMapping;
  renderer.setClearColor(0x000000, 0);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  return renderer;
}

/** Whether an image still has its pixels: a closed bitmap is 0 wide, a closed video frame has no format. */
function isOpen(image: Frame['image']): boolean {
  return image !== null && ('codedWidth' in image ? image.format !== null && image.codedWidth > 0 : image.width > 0);
}
