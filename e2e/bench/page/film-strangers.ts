// Program that films people of another maker (rigged GLB files) in motions of the mannequin, tracks them and sends the
// result to Node as a cache entry (`Clip`): the stored result of a slow step. It imports no code of body or scene, so
// that their changes do not change the key.
// 1. Load the person's file and the outfits; each gets a poser, which moves its skeleton (`createRigPoser`).
// 2. `Stranger` draws the posed person, before a wall, as a source of frames. Camera space: metres, the camera at the
//    origin, +x right, +y up, −z away.
// 3. The frames are tracked and recorded with their true joints (`filmFrames`), and the clip is sent.
import {
  AmbientLight,
  Color,
  DirectionalLight,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  Vector3,
  WebGLRenderer,
} from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { Frame, FrameSource } from '../../../src/capture/frame-source.ts';
import { loadMannequin } from '../../../src/mannequin/load-mannequin.ts';
import { halfHeightAtUnitDistance } from '../../../src/math/half-height-at-unit-distance.ts';
import { motions } from '../../../src/synthetic/motions.ts';
import { createSensorNoise } from '../../../src/synthetic/sensor-noise.ts';
import { createTracker } from '../../../src/tracking/create-tracker.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import { jointBones, jointNames } from '../judge-fit.ts';
import { ClipRecorder } from './clip-recorder.ts';
import { createRigPoser, type RigPoser } from './create-rig-poser.ts';
import { filmFrames } from './film-frames.ts';
import { type FitMotionName, fitMotions } from './fit-motions.ts';
import type { FitScene } from './fit-person.ts';
import type { FilmModel } from './open-tracker.ts';
import { sendEntry } from './send-entry.ts';

/** What is filmed, and how it is tracked. */
export interface StrangerOptions {
  /** URLs of the person's file, and of outfits made for that person. */
  files: readonly string[];
  /** Name of one of `fitMotions`. */
  motion: FitMotionName;
  /** Heights above the floor of the picture's lower and upper edge, at the person's distance, metres. */
  edgesMetres: readonly [lower: number, upper: number];
  /** Camera: pixels, frames a second, vertical angle of the lens in degrees, noise as a share of white. */
  scene: Pick<FitScene, 'width' | 'height' | 'fps' | 'fovYDegrees' | 'noise'>;
  /** Number of frames. */
  frames: number;
  /** Numbers of the frames, from 0, whose picture is kept. */
  pictures: readonly number[];
  /** Height of the person, centimetres. */
  stature: number;
  /** BlazePose's landmark model: `lite`, `full` or `heavy`. */
  model: FilmModel;
}

/** Seed of the sensor's noise. */
const NOISE_SEED = 4;
/** Distances of the camera's near and far plane, metres. */
const NEAR = 0.05;
const FAR = 30;
/**
 * Skin under an outfit is drawn farther away than it is by this much, metres: the maker cuts hidden skin out of a body,
 * these files hold it whole, and it passes through cloth that was made for another pose or body.
 */
const SKIN_OFFSET = 0.03;
/** Steps of a depth buffer of 24 bits. */
const DEPTH_STEPS = 2 ** 24;

/** A source of frames of a posed person before a wall, with the true joints of each frame. */
class Stranger implements FrameSource {
  readonly live = false;
  readonly width: number;
  readonly height: number;
  readonly #options: StrangerOptions;
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera: PerspectiveCamera;
  readonly #posers: readonly RigPoser[];
  readonly #noise: ReturnType<typeof createSensorNoise>;
  #nextFrame = 0;

  /** `people`: the loaded files, the body first. Each `scene` faces +z, in metres; its `poser` moves it. */
  constructor(options: StrangerOptions, people: readonly { scene: Object3D; poser: RigPoser }[]) {
    const { width, height, fovYDegrees, noise } = options.scene;
    const [lower, upper] = options.edgesMetres;
    this.width = width;
    this.height = height;
    this.#options = options;
    this.#renderer = new WebGLRenderer({ canvas: new OffscreenCanvas(width, height), antialias: true });
    this.#renderer.setSize(width, height, false);
    this.#camera = new PerspectiveCamera(fovYDegrees, width / height, NEAR, FAR);
    this.#noise = createSensorNoise(noise, NOISE_SEED);
    this.#posers = people.map(({ poser }) => poser);
    const floorY = -(lower + upper) / 2;
    const distance = distanceOf(options);
    for (const { scene } of people) scene.position.set(0, floorY, -distance);
    const window = new DirectionalLight('#fffaf0', 2.4);
    window.position.set(1.5, 1.2, 1.8);
    this.#scene.background = new Color('#c9ccd1');
    this.#scene.add(
      ...people.map(({ scene }) => scene),
      ...createRoom(floorY, distance),
      window,
      new AmbientLight('#ffffff', 1.3),
      ...this.#noise.meshes,
    );
  }

  /** Draws the next frame into `target`; null after the last. */
  async next(target: Frame): Promise<Frame | null> {
    const { frames, scene } = this.#options;
    if (this.#nextFrame >= frames) return null;
    const timeMs = (this.#nextFrame++ * 1000) / scene.fps;
    this.#moveTo(timeMs);
    this.#noise.moveTo(timeMs);
    this.#renderer.render(this.#scene, this.#camera);
    const image = (this.#renderer.domElement as unknown as OffscreenCanvas).transferToImageBitmap();
    return Object.assign(target, { image, width: this.width, height: this.height, timeMs });
  }

  /** Poses all people for a time on the film's clock, milliseconds. */
  #moveTo(timeMs: number): void {
    const { motion, momentAt } = fitMotions[this.#options.motion];
    for (const poser of this.#posers) poser.pose(motions[motion], momentAt(timeMs));
  }

  /** True joints of a frame, in the order of `jointNames`, camera space, metres. */
  joints(frame: number): [number, number, number][] {
    this.#moveTo((frame * 1000) / this.#options.scene.fps);
    const place = new Vector3();
    return jointNames.map((name) => this.#posers[0].joint(jointBones[name], place).toArray());
  }

  close(): void {
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }
}

/** Returns the person's distance from the camera, metres. */
function distanceOf({ edgesMetres: [lower, upper], scene }: StrangerOptions): number {
  return (upper - lower) / 2 / halfHeightAtUnitDistance(scene.fovYDegrees);
}

/** Draws the meshes of a body at the given distance (metres) by `SKIN_OFFSET` farther away. */
function moveSkinBack(body: Object3D, distance: number): void {
  const depthPerMetre = (NEAR * FAR) / (FAR - NEAR) / distance ** 2;
  const polygonOffsetUnits = SKIN_OFFSET * depthPerMetre * DEPTH_STEPS;
  body.traverse((node) => {
    if (node instanceof Mesh) Object.assign(node.material, { polygonOffset: true, polygonOffsetUnits });
  });
}

/** Returns a wall and a floor. `floorY`: height of the floor, `distance`: of the person from the camera; metres. */
function createRoom(floorY: number, distance: number): Mesh[] {
  const floor = new Mesh(new PlaneGeometry(12, 8), new MeshStandardMaterial({ color: '#8d7b68', roughness: 1 }));
  floor.rotation.x = -Math.PI / 2;
  floor.position.set(0, floorY, -distance);
  const wall = new Mesh(new PlaneGeometry(12, 6), new MeshStandardMaterial({ color: '#b9c0c4', roughness: 1 }));
  wall.position.set(0, floorY + 2.5, -distance - 1.2);
  return [floor, wall];
}

let tracker: Promise<Tracker> | null = null;

/** Loads the project's tracker with the WebAssembly engine. */
async function openTracker(model: FilmModel): Promise<Tracker> {
  const created = await createTracker({ engine: 'wasm', model });
  await created.load({ assets: '/assets/' });
  return created;
}

/** Films and tracks a person of another maker, and sends the clip as the entry `id`. */
async function filmStranger(id: string, options: StrangerOptions): Promise<void> {
  const mannequin = await loadMannequin('/assets/mannequin.glb');
  const people = await Promise.all(
    options.files.map(async (url) => {
      const { scene } = await new GLTFLoader().loadAsync(url);
      scene.traverse((node) => {
        node.frustumCulled = false;
      });
      return { scene, poser: createRigPoser(scene, mannequin) };
    }),
  );
  if (people.length > 1) moveSkinBack(people[0].scene, distanceOf(options));
  const stranger = new Stranger(options, people);
  const finder = await (tracker ??= openTracker(options.model));
  const recorder = new ClipRecorder(options.frames, options.pictures);
  await filmFrames(stranger, finder, recorder, (frame) => stranger.joints(frame));
  await sendEntry(id, recorder.toClip(finder, options.stature));
}

const strangers = { filmStranger };
/** The function that the program adds to the page's `window.bench`, for `callPage`. */
export type StrangerFilm = typeof strangers;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...strangers } });
