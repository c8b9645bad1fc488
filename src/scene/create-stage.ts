import {
  MathUtils,
  NoToneMapping,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  SRGBColorSpace,
  Vector2,
  WebGLRenderer,
} from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type { WornGarment } from '../garment/garment.ts';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { BodyBones } from './body-bones.ts';
import type { ClothSupport } from './cloth-material.ts';
import { ContactShade } from './contact-shade.ts';
import { encodeCanvas } from './encode-canvas.ts';
import { ForearmSight } from './forearm-sight.ts';
import { FrameLayer } from './frame-layer.ts';
import { GarmentView } from './garment-view.ts';
import { Occluder } from './occluder.ts';
import { PersonTexture } from './person-texture.ts';
import { RoomLight } from './room-light.ts';
import type { SnapshotLayers, SnapshotOptions, Stage, StageOptions } from './stage.ts';

/** Longest side of the drawn picture, px; a larger frame is shown at this size, and is snapshot at its own. */
const MAX_SIDE = 1280;
/** Nothing of a body is drawn nearer or further, metres. */
const NEAR_METRES = 0.1;
const FAR_METRES = 20;
/** Cloth is drawn whole on bones at least this confident, and not at all on those below the other; it fades between. */
const SEEN = 0.5;
const UNSEEN = 0.2;

/** Creates the stage. Throws `FittingError` `unsupported-browser` where there is no WebGL 2. */
export function createStage(options: StageOptions): Stage {
  return new WebGLStage(options);
}

class WebGLStage implements Stage {
  readonly canvas: HTMLCanvasElement;
  onContextChange: ((lost: boolean) => void) | null = null;

  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(50, 1, NEAR_METRES, FAR_METRES);
  private readonly bones = new BodyBones();
  private readonly support: ClothSupport = { bones: this.bones, boneSeen: { value: new Float32Array(BONE_COUNT) } };
  private readonly frameLayer = new FrameLayer();
  private readonly light = new RoomLight();
  private readonly contact = new ContactShade();
  private readonly forearms = new ForearmSight();
  private readonly person = new PersonTexture();
  private readonly drawnSize = { value: new Vector2() };
  private readonly occluder: Occluder;
  private readonly mannequin: StageOptions['mannequin'];
  private readonly shape: ReturnType<typeof createMannequinShape>;
  private shapeVersion = NaN;
  private readonly views = new Map<WornGarment['garment'], GarmentView>();
  private worn: readonly WornGarment[] = [];
  private found = false;
  private faded = false;
  private lost = false;
  private scale = 1;
  /** Pixels of the last drawn frame; 0 before the first. */
  private frameWidth = 0;
  private frameHeight = 0;
  /** The last frame, kept only to try again when the GPU comes back: its image may be gone by then. */
  private lastFrame: Frame = { image: null, width: 0, height: 0, timeMs: 0 };

  constructor({ mannequin, canvas = document.createElement('canvas') }: StageOptions) {
    this.canvas = canvas;
    try {
      this.renderer = new WebGLRenderer({
        canvas,
        antialias: true,
        alpha: true,
        premultipliedAlpha: true,
        powerPreference: 'high-performance',
      });
    } catch (cause) {
      throw new FittingError('unsupported-browser', 'WebGL 2 is not available', { cause });
    }
    this.renderer.setPixelRatio(1);
    this.renderer.outputColorSpace = SRGBColorSpace;
    // The camera's picture is already as a screen shows it, and the light is set so that cloth does not clip.
    this.renderer.toneMapping = NoToneMapping;
    this.renderer.setClearColor(0x000000, 0);
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;

    this.mannequin = mannequin;
    this.shape = createMannequinShape(mannequin);
    this.occluder = new Occluder(mannequin, this.bones, {
      picture: this.frameLayer.picture,
      person: this.person.uniform,
      contact: this.contact.uniforms,
      forearms: this.forearms.uniforms,
      drawnSize: this.drawnSize,
    });
    // Nothing in the scene hangs from anything that moves: world matrices are set where they change.
    this.scene.add(this.frameLayer.mesh, this.occluder.mesh, this.light.group);
    canvas.addEventListener('webglcontextlost', this.contextLost);
    canvas.addEventListener('webglcontextrestored', this.contextRestored);
  }

  wear(worn: readonly WornGarment[]): void {
    this.worn = worn;
  }

  draw(frame: Frame, tracked: TrackedFrame, body: PosedBody): void {
    this.lastFrame.image = frame.image;
    this.lastFrame.width = frame.width;
    this.lastFrame.height = frame.height;
    this.frameWidth = frame.width;
    this.frameHeight = frame.height;
    this.found = body.found;
    this.light.look(frame, tracked.mask);
    if (body.found) {
      this.takeBody(body);
      this.person.take(tracked.mask);
    }
    if (this.lost) return;
    this.frameLayer.upload(this.renderer, frame);
    this.resize(this.scale * Math.min(1, MAX_SIDE / Math.max(frame.width, frame.height)));
    this.render('scene');
  }

  setScale(scale: number): void {
    this.scale = scale;
  }

  redraw(): void {
    if (this.frameWidth > 0 && !this.lost) this.render('scene');
  }

  async snapshot({ layers = 'scene', type = 'image/png', quality }: SnapshotOptions = {}): Promise<Blob> {
    if (this.frameWidth === 0) throw new Error('nothing has been drawn yet');
    if (this.lost) throw new FittingError('context-lost', 'the GPU is away');
    const { width, height } = this.canvas;
    const shown = width === this.frameWidth && height === this.frameHeight;
    if (!shown) this.resize(1);
    this.render(layers);
    const encoded = encodeCanvas(this.canvas, type, quality);
    // The page goes on seeing the scene: drawn again within the same task.
    if (!shown) this.renderer.setSize(width, height, false);
    if (!shown || layers !== 'scene') this.render('scene');
    return encoded;
  }

  dispose(): void {
    this.canvas.removeEventListener('webglcontextlost', this.contextLost);
    this.canvas.removeEventListener('webglcontextrestored', this.contextRestored);
    this.onContextChange = null;
    this.lastFrame.image = null;
    this.release();
    this.renderer.dispose();
    // Browsers keep a handful of contexts only; one that waits for the garbage collector is one too many.
    this.renderer.forceContextLoss();
  }

  /** Gives back what is on the GPU; what is drawn again afterwards comes up again by itself. */
  private release(): void {
    for (const view of this.views.values()) {
      this.scene.remove(view.group);
      this.contact.scene.remove(view.distances);
      view.dispose();
    }
    this.views.clear();
    this.occluder.dispose();
    this.frameLayer.dispose();
    this.light.dispose();
    this.contact.dispose();
    this.person.dispose();
  }

  /** Fits the drawing buffer to the frame times `scale`. */
  private resize(scale: number): void {
    const width = Math.round(this.frameWidth * scale);
    const height = Math.round(this.frameHeight * scale);
    if (this.canvas.width !== width || this.canvas.height !== height) this.renderer.setSize(width, height, false);
  }

  private takeBody(body: PosedBody): void {
    if (body.shapeVersion !== this.shapeVersion) {
      shapeMannequin(this.mannequin, body.shape, this.shape);
      this.occluder.setShape(this.shape.positions, this.shape.normals);
      this.bones.setRest(this.shape.joints);
      this.shapeVersion = body.shapeVersion;
    }
    this.bones.setPose(body);
    this.light.follow(body);
    this.forearms.follow(body);
    const { value: seen } = this.support.boneSeen;
    this.faded = false;
    for (let b = 0; b < BONE_COUNT; b++) {
      seen[b] = MathUtils.smoothstep(body.confidence[b], UNSEEN, SEEN);
      if (seen[b] < 1) this.faded = true;
    }

    const { fovYDegrees, width, height } = body.camera;
    this.contact.follow(-body.positions[3 * boneIndex.chest + 2], this.light.direction, fovYDegrees, width / height);
    if (this.camera.fov === fovYDegrees && this.camera.aspect === width / height) return;
    this.camera.fov = fovYDegrees;
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
  }

  /** Views for what is worn now, and none for what is not. */
  private takeGarments(): void {
    for (const [garment, view] of this.views) {
      if (this.worn.some((worn) => worn.garment === garment)) continue;
      this.scene.remove(view.group);
      this.contact.scene.remove(view.distances);
      view.dispose();
      this.views.delete(garment);
    }
    for (const worn of this.worn) {
      let view = this.views.get(worn.garment);
      if (!view) {
        view = new GarmentView(worn, this.support, this.contact);
        this.views.set(worn.garment, view);
        this.scene.add(view.group);
        this.contact.scene.add(view.distances);
      }
      view.update(worn, this.faded);
      view.group.visible = this.found;
    }
  }

  private render(layers: SnapshotLayers): void {
    this.takeGarments();
    const dressed = this.found && layers !== 'frame';
    this.frameLayer.mesh.visible = layers !== 'garment';
    this.occluder.mesh.visible = dressed;
    for (const view of this.views.values()) view.group.visible = dressed;
    // Alone on transparency garments throw no shade: there is nothing to throw it on.
    this.occluder.mesh.material.colorWrite = layers === 'scene';
    this.renderer.shadowMap.enabled = dressed;
    if (dressed && layers === 'scene')
      this.contact.draw(this.renderer, this.camera, this.canvas.width, this.canvas.height);
    this.drawnSize.value.set(this.canvas.width, this.canvas.height);
    this.renderer.render(this.scene, this.camera);
  }

  private readonly contextLost = (): void => {
    this.lost = true;
    // Now, while it is free: once the GPU is back, what is left over would be given back to the wrong context.
    this.release();
    this.onContextChange?.(true);
  };

  /** three.js has made its own resources anew by now (it listened first); the frame's picture only its owner may still have. */
  private readonly contextRestored = (): void => {
    this.lost = false;
    if (isAlive(this.lastFrame.image)) {
      this.frameLayer.upload(this.renderer, this.lastFrame);
      this.redraw();
    }
    this.onContextChange?.(false);
  };
}

/** Whether an image still has its pixels: a closed bitmap is 0 wide, a closed video frame has no format. */
function isAlive(image: Frame['image']): boolean {
  return image !== null && ('codedWidth' in image ? image.format !== null && image.codedWidth > 0 : image.width > 0);
}
