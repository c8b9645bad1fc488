/**
 * The scene in which the synthetic person is filmed: one or two dressed mannequins, a room, lights, and the renderer.
 *
 * 1. `createMannequinStage` builds the scene in camera space: the camera is the origin, and the first figure stands on
 *    the floor straight ahead of it, as far away and as far below as the camera's settings say (metres).
 * 2. `moveTo(timeMs)` sets the figures' poses, the light and the sensor noise for one time.
 * 3. `draw()` renders the scene, as the last `moveTo` has set it, onto the canvas, in the camera's size in pixels.
 *
 * A figure is one dressed mannequin. Camera space: metres, +x to the right of the picture, +y up, −z away from the
 * camera.
 */
import {
  Color,
  DirectionalLight,
  HemisphereLight,
  LinearToneMapping,
  Mesh,
  MeshStandardMaterial,
  PCFShadowMap,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  WebGLRenderer,
} from 'three';
import { FittingError } from '../errors.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createGlCanvas } from './create-gl-canvas.ts';
import {
  createFigure,
  type DressedBody,
  disposeFigure,
  type Figure,
  type FigureOptions,
  moveFigure,
} from './figure.ts';
import type { MannequinCamera } from './mannequin-camera.ts';
import { type LightName, type RoomLamp, roomLamps } from './room-lamps.ts';
import { createSensorNoise } from './sensor-noise.ts';

/** Options of a second figure in the picture. By default it is a man (`male-50`, seed 2) that walks past (`pass`). */
interface SecondFigureOptions extends FigureOptions {
  /** Distance from the first figure's place towards the camera, metres; negative: farther away. Default 0.7. */
  nearerMetres?: number;
  /** Distance from the first figure's place to the right in the picture, metres; negative: to the left. Default 0. */
  besideMetres?: number;
}

/** What the stage shows. The options of `FigureOptions` are those of the first figure. */
export interface MannequinStageOptions extends FigureOptions {
  /** The second figure. Default: none. */
  second?: SecondFigureOptions;
  /** `studio` (a wall and a floor), or a CSS colour. Default `studio`. */
  background?: string;
  /** CSS colour of the studio's wall. Default `#e6e4e0`. */
  wall?: string;
  /**
   * How the room is lit: `steady`, `blackout` (dark from 2 to 3 s), `lamp`, `window`, `sun`, `backlight` or `night`.
   * Default `steady`.
   */
  light?: LightName;
  /**
   * Standard deviation of the sensor's noise, as a share of white in the picture's values, 0..1. Default 0. A camera
   * indoors has 0.02, a poor camera in the evening 0.08.
   */
  noise?: number;
}

/** The dressed bodies from which the stage makes its figures. */
export interface StagePeople {
  first: DressedBody;
  /** Null: there is no second figure. */
  second: DressedBody | null;
}

/** One or two mannequins, dressed and lit, with the renderer that films them. */
export interface MannequinStage {
  /** The picture, in the camera's size in pixels. */
  readonly canvas: OffscreenCanvas | HTMLCanvasElement;
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  /** The mean body, of which the figures' bodies are shapes. */
  readonly mannequin: Mannequin;
  /** The first figure. `MannequinSource.truth()` returns its values. */
  readonly figure: Figure;
  /** Null without a second figure. */
  readonly second: Figure | null;
  /** The meshes that are no part of a figure: wall, floor, sensor noise. */
  readonly surroundings: readonly Mesh[];
  /** Sets poses, light and noise for a time, 0 or later, in any order of times. Call it before `draw`. */
  moveTo(timeMs: number): void;
  /** Draws the scene onto `canvas`. */
  draw(): void;
  /** Frees figures, garments, surroundings, renderer and WebGL context. */
  dispose(): void;
}

const DEFAULT_NEARER_METRES = 0.7;
/** Seed of the second figure, by default. */
export const SECOND_SEED = 2;

/**
 * Builds the stage. The caller calls `dispose` at the end, which frees the garments of `people` too. Throws
 * `FittingError` `unsupported-browser` if the browser has no WebGL2.
 *
 * @param mannequin the mannequin of which all bodies are shapes.
 * @param options looks, motions, light and noise, already checked.
 * @param view the camera: field of view, place, and size of the picture in pixels.
 * @param people bodies in their shapes, with fitted garments.
 */
export function createMannequinStage(
  mannequin: Mannequin,
  options: MannequinStageOptions,
  view: MannequinCamera,
  people: StagePeople,
): MannequinStage {
  const { background = 'studio', wall = '#e6e4e0', light = 'steady', noise = 0, second: secondOptions } = options;
  const lamps = roomLamps[light];
  const canvas = createGlCanvas(view.width, view.height);
  let renderer: WebGLRenderer;
  try {
    renderer = new WebGLRenderer({ canvas, antialias: true });
  } catch (cause) {
    throw new FittingError('unsupported-browser', 'The mannequin needs WebGL2.', { cause });
  }
  renderer.setSize(view.width, view.height, false);
  // `moveTo` sets the exposure, by which this tone mapping multiplies: at 1 the picture is the one without tone
  // mapping.
  renderer.toneMapping = LinearToneMapping;
  const scene = new Scene();
  const camera = new PerspectiveCamera(view.fovYDegrees, view.width / view.height, 0.05, 30);
  const surroundings: Mesh[] = background === 'studio' ? createStudio(view, { color: wall, glow: lamps.wallGlow }) : [];
  const fullBackground = new Color(background === 'studio' ? '#dcdad6' : background);
  const backgroundColor = fullBackground.clone();
  scene.background = backgroundColor;
  const key = createLamp(lamps.key);
  const sensor = noise > 0 ? createSensorNoise(noise, options.seed ?? 1) : null;
  if (sensor) surroundings.push(...sensor.meshes);
  scene.add(new HemisphereLight(lamps.sky.above, lamps.sky.below, lamps.sky.intensity), key, ...surroundings);
  if (lamps.fill) scene.add(createLamp(lamps.fill));
  const figure = createFigure(scene, mannequin, options, people.first);
  const second = people.second
    ? createFigure(scene, mannequin, { motion: 'pass', seed: SECOND_SEED, ...secondOptions }, people.second)
    : null;
  const hasShadow = [figure, second].some((each) => each?.layers.get('body')?.castShadow);
  if (hasShadow) castShadows(renderer, scene, key, view);

  /** Time of the last `moveTo`. */
  let shownMs = NaN;

  return {
    canvas,
    renderer,
    scene,
    camera,
    mannequin,
    figure,
    second,
    surroundings,
    moveTo(timeMs) {
      const exposure = lamps.course(timeMs);
      renderer.toneMappingExposure = exposure;
      if (timeMs === shownMs) return;
      shownMs = timeMs;
      moveFigure(figure, timeMs, 0, -view.heightMetres, -view.distanceMetres);
      if (second) {
        const { besideMetres = 0, nearerMetres = DEFAULT_NEARER_METRES } = secondOptions ?? {};
        moveFigure(second, timeMs, besideMetres, -view.heightMetres, nearerMetres - view.distanceMetres);
      }
      // Tone mapping leaves the background out.
      backgroundColor.copy(fullBackground).multiplyScalar(exposure);
      sensor?.moveTo(timeMs);
    },
    draw: () => renderer.render(scene, camera),
    dispose() {
      disposeFigure(figure);
      if (second) disposeFigure(second);
      for (const mesh of surroundings) {
        mesh.geometry.dispose();
        (mesh.material as MeshStandardMaterial).dispose();
      }
      renderer.dispose();
      // A browser allows a handful of contexts per page and frees an abandoned one late: give this one back now.
      renderer.forceContextLoss();
    },
  };
}

/** Creates the light of a lamp that shines at the origin. */
function createLamp({ color, intensity, offset }: RoomLamp): DirectionalLight {
  const lamp = new DirectionalLight(color, intensity);
  lamp.position.set(...offset);
  return lamp;
}

/** Makes the key light cast soft shadows around the first figure's place on the floor. Lengths in metres. */
function castShadows(renderer: WebGLRenderer, scene: Scene, key: DirectionalLight, view: MannequinCamera): void {
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  const bodyMiddle = 0.9 - view.heightMetres;
  key.target.position.set(0, bodyMiddle, -view.distanceMetres);
  key.position.add(key.target.position);
  scene.add(key.target);
  const { camera, mapSize } = key.shadow;
  Object.assign(camera, { left: -1.3, right: 1.3, bottom: -1.3, top: 1.3, near: 0.5, far: 7 });
  mapSize.set(1024, 1024);
  key.castShadow = true;
  key.shadow.radius = 3;
  key.shadow.bias = -0.0005;
  key.shadow.normalBias = 0.006;
}

/**
 * Creates a wall, and a pale floor 4 mm below the soles of the bare body. `color`: the wall's, CSS. `glow`: light that
 * the wall sends out itself, linear, 0..1.
 */
function createStudio(view: MannequinCamera, { color, glow }: { color: string; glow: number }): Mesh[] {
  const floor = new Mesh(new PlaneGeometry(12, 5), new MeshStandardMaterial({ color: '#cfcac3', roughness: 1 }));
  floor.rotation.x = -Math.PI / 2;
  floor.position.set(0, -view.heightMetres - 0.004, -view.distanceMetres);
  const wall = new Mesh(new PlaneGeometry(12, 6), new MeshStandardMaterial({ color, roughness: 1 }));
  wall.material.emissive.setScalar(glow);
  wall.position.set(0, 1.5 - view.heightMetres, -view.distanceMetres - 1.6);
  return [floor, wall];
}
