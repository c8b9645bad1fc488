import {
  Bone, BufferAttribute, BufferGeometry, CanvasTexture, Color, DirectionalLight, DoubleSide, HemisphereLight, Matrix4, Mesh,
  MeshBasicMaterial, MeshStandardMaterial, PerspectiveCamera, PlaneGeometry, Scene, Skeleton, SkinnedMesh, SRGBColorSpace, WebGLRenderer, WebGLRenderTarget,
} from 'three';
import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { loadMannequin } from './load-mannequin.ts';
import { BONE_COUNT, boneIndex, MORPH_COUNT, type Mannequin } from './mannequin.ts';
import { createMotionPose, motions, type MotionName } from './motions.ts';
import { createMannequinPose, poseMannequin } from './pose-mannequin.ts';
import { createMannequinShape, shapeMannequin, type MannequinShape } from './shape-mannequin.ts';
import { dressPerson, headUvs, type PersonLayer } from './dress-person.ts';
import { FACE_HEIGHT, FACE_WIDTH, paintFace } from './paint-face.ts';
import { personColors, type PersonColors } from './person-colors.ts';

/** The camera that films the mannequin: level, looking at it from the front. */
export interface MannequinCamera {
  /** Full vertical angle, degrees. */
  fovYDegrees: number;
  /** Pixels. */
  width: number;
  height: number;
  /** Metres from the camera to the mannequin's root. */
  distanceMetres: number;
  /** Metres of the camera above the floor. */
  heightMetres: number;
}

export interface MannequinSourceOptions {
  /** Base URL of the assets, with a trailing slash. */
  assets: string;
  motion?: MotionName;
  /** A preset's name (`female-50`) or MORPH_COUNT weights. */
  shape?: string | ArrayLike<number>;
  /** `studio`, or a CSS colour. */
  background?: string;
  camera?: Partial<MannequinCamera>;
  /** Frames a second of the source's own clock. */
  fps?: number;
  /** How many frames there are. */
  frames?: number;
  /** Which person: hair, skin and clothes. */
  seed?: number;
}

/** What is exactly true of one moment. Camera space, metres; landmarks normalised to the frame. */
export interface MannequinTruth {
  /** 3 × BONE_COUNT. */
  joints: Float32Array;
  /** World rotations, 4 × BONE_COUNT quaternions. */
  rotations: Float32Array;
  /** 33 × (x, y, visibility). */
  landmarks: Float32Array;
  personMask: { width: number; height: number; data: Uint8ClampedArray };
}

/** An empty target for `truth`. */
export const createMannequinTruth = (): MannequinTruth => ({
  joints: new Float32Array(3 * BONE_COUNT),
  rotations: new Float32Array(4 * BONE_COUNT),
  landmarks: new Float32Array(3 * 33),
  personMask: { width: 0, height: 0, data: new Uint8ClampedArray(0) },
});

/** A whole body with some air, seen from about as far as a phone on a shelf. */
const defaultCamera: MannequinCamera = { fovYDegrees: 42, width: 480, height: 640, distanceMetres: 3, heightMetres: 1 };

interface Stage {
  canvas: OffscreenCanvas | HTMLCanvasElement;
  renderer: WebGLRenderer;
  scene: Scene;
  camera: PerspectiveCamera;
  mannequin: Mannequin;
  shape: MannequinShape;
  skeleton: Skeleton;
  /** Everything that belongs to the person, by layer. */
  layers: Map<PersonLayer, SkinnedMesh>;
  surroundings: Mesh[];
  textures: CanvasTexture[];
  /** Metres, downwards: what brings the shaped body's soles to the floor. */
  floor: number;
}

/**
 * The mannequin, dressed as a plain person and moving by a known motion, as a source of frames: for a preview without a camera
 * and as exact truth for tests. Waits for the session (`live` is false); the same options give the same frames.
 */
export class MannequinSource implements FrameSource {
  readonly width: number;
  readonly height: number;
  readonly live = false;
  readonly camera: MannequinCamera;
  readonly #options: MannequinSourceOptions;
  readonly #abort = new AbortController();
  readonly #motionPose = createMotionPose();
  readonly #pose = createMannequinPose();
  #loading: Promise<Stage> | null = null;
  #stage: Stage | null = null;
  #frame = 0;

  constructor(options: MannequinSourceOptions) {
    this.#options = options;
    this.camera = { ...defaultCamera, ...options.camera };
    this.width = this.camera.width;
    this.height = this.camera.height;
    if (!((options.motion ?? 'sway') in motions)) throw new RangeError(`No motion "${options.motion}": use one of ${Object.keys(motions).join(', ')}.`);
    if (typeof options.shape === 'object' && options.shape.length !== MORPH_COUNT) throw new RangeError(`A shape has ${MORPH_COUNT} weights.`);
  }

  /** Resolves when the first frame can be drawn without waiting. `truth` needs it. */
  async ready(): Promise<void> {
    await this.#open();
  }

  async next(target: Frame): Promise<Frame | null> {
    if (this.#abort.signal.aborted || this.#frame >= (this.#options.frames ?? Infinity)) return null;
    let stage: Stage;
    try {
      stage = await this.#open();
    } catch (error) {
      if (this.#abort.signal.aborted) return null;
      throw error;
    }
    if (this.#abort.signal.aborted) return null;
    const timeMs = (this.#frame++ * 1000) / (this.#options.fps ?? 30);
    this.#moveTo(stage, timeMs);
    stage.renderer.render(stage.scene, stage.camera);
    target.image = 'transferToImageBitmap' in stage.canvas ? stage.canvas.transferToImageBitmap() : await createImageBitmap(stage.canvas);
    target.width = this.width;
    target.height = this.height;
    target.timeMs = timeMs;
    return target;
  }

  /** Goes to the frame at or after `timeMs`: the next `next` delivers it. */
  seek(timeMs: number): void {
    this.#frame = Math.ceil((timeMs * (this.#options.fps ?? 30)) / 1000 - 1e-6);
  }

  /** Writes what is exactly true at `timeMs` into `target`. Throws before `ready()` or a first `next()`. */
  truth(timeMs: number, target: MannequinTruth): MannequinTruth {
    const stage = this.#stage;
    if (!stage) throw new TypeError('truth() needs the mannequin: await ready() first.');
    this.#moveTo(stage, timeMs);
    const { positions, rotations } = this.#pose;
    target.joints.set(positions);
    target.rotations.set(rotations);
    const halfHeight = Math.tan((this.camera.fovYDegrees * Math.PI) / 360);
    const halfWidth = (halfHeight * this.width) / this.height;
    for (const { landmark, bone, offset } of stage.mannequin.sites) {
      rotated.set(offset[0], offset[1], offset[2], rotations, 4 * bone);
      const x = positions[3 * bone]! + rotated.x;
      const y = positions[3 * bone + 1]! + rotated.y;
      const z = positions[3 * bone + 2]! + rotated.z;
      const u = 0.5 + x / -z / halfWidth / 2;
      const v = 0.5 - y / -z / halfHeight / 2;
      target.landmarks[3 * landmark] = u;
      target.landmarks[3 * landmark + 1] = v;
      // In the picture or not; whether the body itself hides the point is not asked yet.
      target.landmarks[3 * landmark + 2] = u >= 0 && u <= 1 && v >= 0 && v <= 1 ? 1 : 0;
    }
    drawMask(stage, this.width, this.height, target.personMask);
    return target;
  }

  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    const stage = this.#stage;
    this.#stage = null;
    if (!stage) return;
    for (const mesh of [...stage.layers.values(), ...stage.surroundings]) {
      mesh.geometry.dispose();
      (mesh.material as MeshStandardMaterial).dispose();
    }
    for (const texture of stage.textures) texture.dispose();
    stage.skeleton.dispose();
    stage.renderer.dispose();
    stage.renderer.forceContextLoss();
  }

  #open(): Promise<Stage> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<Stage> {
    const mannequin = await loadMannequin(`${this.#options.assets}mannequin.glb`, { signal: this.#abort.signal });
    this.#stage = createStage(mannequin, this.#options, this.camera);
    return this.#stage;
  }

  /** Poses the bones for a moment, in camera space. */
  #moveTo(stage: Stage, timeMs: number): void {
    const { root, localRotations } = this.#motionPose;
    motions[this.#options.motion ?? 'sway'](timeMs, this.#motionPose);
    root.translation[1]! -= this.camera.heightMetres + stage.floor;
    root.translation[2]! -= this.camera.distanceMetres;
    poseMannequin(stage.shape.joints, localRotations, root, this.#pose);
    const { positions, rotations } = this.#pose;
    stage.skeleton.bones.forEach((bone, b) => {
      bone.position.fromArray(positions, 3 * b);
      bone.quaternion.fromArray(rotations, 4 * b);
      bone.updateMatrixWorld(true);
    });
  }
}

/** A vector turned by a quaternion out of an array. */
const rotated = {
  x: 0, y: 0, z: 0,
  set(x: number, y: number, z: number, q: ArrayLike<number>, at: number): void {
    const qx = q[at]!; const qy = q[at + 1]!; const qz = q[at + 2]!; const qw = q[at + 3]!;
    const tx = 2 * (qy * z - qz * y); const ty = 2 * (qz * x - qx * z); const tz = 2 * (qx * y - qy * x);
    this.x = x + qw * tx + qy * tz - qz * ty;
    this.y = y + qw * ty + qz * tx - qx * tz;
    this.z = z + qw * tz + qx * ty - qy * tx;
  },
};

const createCanvas = (width: number, height: number): OffscreenCanvas | HTMLCanvasElement =>
  typeof OffscreenCanvas === 'undefined' ? Object.assign(document.createElement('canvas'), { width, height }) : new OffscreenCanvas(width, height);

const createStage = (mannequin: Mannequin, options: MannequinSourceOptions, view: MannequinCamera): Stage => {
  const weights = shapeWeights(mannequin, options.shape ?? 'female-50');
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const colors = personColors(options.seed ?? 1);
  const canvas = createCanvas(view.width, view.height);
  let renderer: WebGLRenderer;
  try {
    renderer = new WebGLRenderer({ canvas, antialias: true });
  } catch (cause) {
    throw new FittingError('unsupported-browser', 'The mannequin needs WebGL2.', { cause });
  }
  renderer.setSize(view.width, view.height, false);
  const scene = new Scene();
  const camera = new PerspectiveCamera(view.fovYDegrees, view.width / view.height, 0.05, 30);
  const surroundings = addStudio(scene, options.background ?? 'studio', view);
  const key = new DirectionalLight('#fff4ea', 2.1);
  key.position.set(-1.6, 2.2, 2.2);
  const fill = new DirectionalLight('#e6efff', 0.6);
  fill.position.set(2.5, 0.6, 1.5);
  scene.add(new HemisphereLight('#ffffff', '#b8aea4', 1.5), key, fill);

  const bones = Array.from({ length: BONE_COUNT }, () => new Bone());
  const inverses = bones.map((_, b) => new Matrix4().makeTranslation(-shape.joints[3 * b]!, -shape.joints[3 * b + 1]!, -shape.joints[3 * b + 2]!));
  const skeleton = new Skeleton(bones, inverses);
  const { layers, textures } = addPerson(scene, mannequin, shape, colors, skeleton);
  let floor = Infinity;
  for (let i = 1; i < shape.positions.length; i += 3) floor = Math.min(floor, shape.positions[i]!);
  return { canvas, renderer, scene, camera, mannequin, shape, skeleton, layers, surroundings, textures, floor };
};

const shapeWeights = (mannequin: Mannequin, shape: string | ArrayLike<number>): ArrayLike<number> => {
  if (typeof shape !== 'string') return shape;
  const preset = mannequin.presets[shape];
  if (!preset) throw new RangeError(`No shape "${shape}": use one of ${Object.keys(mannequin.presets).join(', ')}.`);
  return preset;
};

const addPerson = (
  scene: Scene, mannequin: Mannequin, shape: MannequinShape, colors: PersonColors, skeleton: Skeleton,
): { layers: Stage['layers']; textures: CanvasTexture[] } => {
  const canvas = createCanvas(FACE_WIDTH, FACE_HEIGHT);
  const site = (landmark: number): [number, number, number] => mannequin.sites.find((s) => s.landmark === landmark)!.offset;
  const headZ = mannequin.joints[3 * boneIndex.head + 2]!;
  const degrees = (at: [number, number, number]): number => (Math.atan2(Math.abs(at[0]), at[2] + headZ) * 180) / Math.PI;
  paintFace(canvas.getContext('2d') as OffscreenCanvasRenderingContext2D, colors, {
    eye: { degrees: degrees(site(2)), height: site(2)[1] },
    brow: { height: site(2)[1] + 0.02 },
    mouth: { height: site(9)[1], degrees: degrees(site(9)) },
  });
  const face = new CanvasTexture(canvas as HTMLCanvasElement);
  face.colorSpace = SRGBColorSpace;
  face.anisotropy = 4;
  const uvs = headUvs(mannequin, shape);
  const materials: Record<PersonLayer, MeshStandardMaterial> = {
    body: new MeshStandardMaterial({ map: face, roughness: 0.62 }),
    top: new MeshStandardMaterial({ color: colors.top, roughness: 0.95, side: DoubleSide }),
    shorts: new MeshStandardMaterial({ color: colors.shorts, roughness: 0.9, side: DoubleSide }),
    shoes: new MeshStandardMaterial({ color: colors.shoes, roughness: 0.7, side: DoubleSide }),
    hair: new MeshStandardMaterial({ color: colors.hair, roughness: 0.75, side: DoubleSide }),
  };
  const layers = new Map<PersonLayer, SkinnedMesh>();
  for (const { layer, positions, cover } of dressPerson(mannequin, shape)) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(positions, 3));
    geometry.setAttribute('normal', new BufferAttribute(shape.normals, 3));
    geometry.setAttribute('skinIndex', new BufferAttribute(mannequin.skinIndices, 4));
    geometry.setAttribute('skinWeight', new BufferAttribute(mannequin.skinWeights, 4));
    geometry.setIndex(new BufferAttribute(mannequin.indices, 1));
    const material = materials[layer];
    if (layer === 'body') geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
    else {
      // White with the coverage as alpha: the alpha test cuts the edge smoothly within triangles.
      const rgba = new Float32Array(4 * cover.length).fill(1);
      cover.forEach((c, v) => { rgba[4 * v + 3] = c; });
      geometry.setAttribute('color', new BufferAttribute(rgba, 4));
      material.vertexColors = true;
      material.alphaTest = 0.5;
    }
    const mesh = new SkinnedMesh(geometry, material);
    mesh.bind(skeleton, new Matrix4());
    mesh.frustumCulled = false;
    scene.add(mesh);
    layers.set(layer, mesh);
  }
  return { layers, textures: [face] };
};

/** A pale room: wall, floor and a soft shade under the feet; or one colour. */
const addStudio = (scene: Scene, background: string, view: MannequinCamera): Mesh[] => {
  if (background !== 'studio') {
    scene.background = new Color(background);
    return [];
  }
  scene.background = new Color('#dcdad6');
  const floor = new Mesh(new PlaneGeometry(12, 5), new MeshStandardMaterial({ color: '#cfcac3', roughness: 1 }));
  floor.rotation.x = -Math.PI / 2;
  floor.position.set(0, -view.heightMetres - 0.004, -view.distanceMetres);
  const wall = new Mesh(new PlaneGeometry(12, 6), new MeshStandardMaterial({ color: '#e6e4e0', roughness: 1 }));
  wall.position.set(0, 1.5 - view.heightMetres, -view.distanceMetres - 1.6);
  scene.add(floor, wall);
  return [floor, wall];
};

/** Draws the person white on black and reads it back, rows top to bottom. */
const drawMask = (stage: Stage, width: number, height: number, target: MannequinTruth['personMask']): void => {
  const { renderer, scene, camera } = stage;
  const renderTarget = new WebGLRenderTarget(width, height, { samples: 4 });
  const kept = [...stage.layers.values()].map((mesh) => mesh.material as MeshStandardMaterial);
  const whites = kept.map((material) => new MeshBasicMaterial({ color: '#ffffff', alphaTest: material.alphaTest, vertexColors: material.vertexColors, side: material.side }));
  const background = scene.background;
  const swap = (materials: readonly (MeshStandardMaterial | MeshBasicMaterial)[], visible: boolean): void => {
    [...stage.layers.values()].forEach((mesh, i) => { mesh.material = materials[i]!; });
    for (const mesh of stage.surroundings) mesh.visible = visible;
  };
  swap(whites, false);
  scene.background = new Color('#000000');
  renderer.setRenderTarget(renderTarget);
  renderer.render(scene, camera);
  const pixels = new Uint8Array(4 * width * height);
  renderer.readRenderTargetPixels(renderTarget, 0, 0, width, height, pixels);
  renderer.setRenderTarget(null);
  scene.background = background;
  swap(kept, true);
  renderTarget.dispose();
  for (const material of whites) material.dispose();
  if (target.data.length !== width * height) target.data = new Uint8ClampedArray(width * height);
  target.width = width;
  target.height = height;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) target.data[y * width + x] = pixels[4 * ((height - 1 - y) * width + x)]!;
};
