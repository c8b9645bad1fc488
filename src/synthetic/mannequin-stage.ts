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
import { createCanvas } from './create-canvas.ts';
import { createFigure, disposeFigure, type Figure, type FigureOptions, moveFigure } from './figure.ts';
import type { WornLayers } from './garment-layer.ts';
import { type LightName, lightCourses } from './light-courses.ts';
import type { MannequinCamera } from './mannequin-camera.ts';
import { createSensorNoise, type SensorNoise } from './sensor-noise.ts';

/** Someone else in the picture: unless said otherwise a man (`male-50`, seed 2) who passes. */
export interface SecondFigureOptions extends FigureOptions {
  /** Metres nearer to the camera than the first person stands; negative is farther. Default 0.7: in front. */
  nearerMetres?: number;
  /** Metres to the right of the first person's place, in the picture. */
  besideMetres?: number;
}

/** What the stage is to show. */
export interface MannequinStageOptions extends FigureOptions {
  second?: SecondFigureOptions;
  /** `studio`, or a CSS colour. */
  background?: string;
  light?: LightName;
  /** Standard deviation of the sensor's noise, as a share of white in the picture's own values: 0.02 is an indoor camera, 0.08 a poor one in the evening. */
  noise?: number;
}

/** One or two mannequins dressed and lit, with the renderer that films them. */
export interface MannequinStage {
  readonly canvas: OffscreenCanvas | HTMLCanvasElement;
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly mannequin: Mannequin;
  /** The person that truth speaks of. */
  readonly figure: Figure;
  readonly second: Figure | null;
  /** All that is drawn besides the figures. */
  readonly surroundings: readonly Mesh[];
  /** Brings figures, light and noise to a moment. */
  moveTo(timeMs: number): void;
  /** Draws the moment onto `canvas`. */
  draw(): void;
  dispose(): void;
}

/** Throws `FittingError` `unsupported-browser` without WebGL2, `RangeError` for an unknown preset. */
export function createMannequinStage(
  mannequin: Mannequin,
  options: MannequinStageOptions,
  view: MannequinCamera,
  worn: WornLayers | null = null,
  secondWorn: WornLayers | null = null,
): MannequinStage {
  const { background = 'studio', light = 'steady', noise = 0, second: other } = options;
  const canvas = createCanvas(view.width, view.height);
  let renderer: WebGLRenderer;
  try {
    renderer = new WebGLRenderer({ canvas, antialias: true });
  } catch (cause) {
    throw new FittingError('unsupported-browser', 'The mannequin needs WebGL2.', { cause });
  }
  renderer.setSize(view.width, view.height, false);
  // At an exposure of 1 this is the picture as lit.
  renderer.toneMapping = LinearToneMapping;
  const scene = new Scene();
  const camera = new PerspectiveCamera(view.fovYDegrees, view.width / view.height, 0.05, 30);
  const surroundings: Mesh[] = background === 'studio' ? createStudio(view) : [];
  const backgroundColor = new Color(background === 'studio' ? '#dcdad6' : background);
  scene.background = backgroundColor.clone();
  const key = new DirectionalLight('#fff4ea', 2.1);
  key.position.set(-1.6, 2.2, 2.2);
  const fill = new DirectionalLight('#e6efff', 0.6);
  fill.position.set(2.5, 0.6, 1.5);
  const sensor: SensorNoise | null = noise > 0 ? createSensorNoise(noise, options.seed ?? 1) : null;
  if (sensor) surroundings.push(...sensor.meshes);
  scene.add(new HemisphereLight('#ffffff', '#b8aea4', 1.5), key, fill, ...surroundings);
  const figure = createFigure(scene, mannequin, options, worn);
  const second = other
    ? createFigure(scene, mannequin, { motion: 'pass', shape: 'male-50', seed: 2, ...other }, secondWorn)
    : null;
  const hasShadow = [figure, second].some((someone) => someone?.layers.get('body')?.castShadow);
  if (hasShadow) castShadows(renderer, scene, key, view);

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
      moveFigure(figure, timeMs, 0, -view.heightMetres, -view.distanceMetres);
      if (second)
        moveFigure(
          second,
          timeMs,
          other?.besideMetres ?? 0,
          -view.heightMetres,
          (other?.nearerMetres ?? 0.7) - view.distanceMetres,
        );
      renderer.toneMappingExposure = lightCourses[light](timeMs);
      (scene.background as Color).copy(backgroundColor).multiplyScalar(renderer.toneMappingExposure);
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
      renderer.forceContextLoss();
    },
  };
}

/** Lets the key light throw soft shadows around the place where the figure stands. */
function castShadows(renderer: WebGLRenderer, scene: Scene, key: DirectionalLight, view: MannequinCamera): void {
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  const middle = 0.9 - view.heightMetres;
  key.target.position.set(0, middle, -view.distanceMetres);
  key.position.set(-1.6, 2.2, 2.2).add(key.target.position);
  scene.add(key.target);
  const { camera, mapSize } = key.shadow;
  Object.assign(camera, { left: -1.3, right: 1.3, bottom: -1.3, top: 1.3, near: 0.5, far: 7 });
  mapSize.set(1024, 1024);
  key.castShadow = true;
  key.shadow.radius = 3;
  key.shadow.bias = -0.0005;
  key.shadow.normalBias = 0.006;
}

/** A pale room: wall and floor. */
function createStudio(view: MannequinCamera): Mesh[] {
  const floor = new Mesh(new PlaneGeometry(12, 5), new MeshStandardMaterial({ color: '#cfcac3', roughness: 1 }));
  floor.rotation.x = -Math.PI / 2;
  floor.position.set(0, -view.heightMetres - 0.004, -view.distanceMetres);
  const wall = new Mesh(new PlaneGeometry(12, 6), new MeshStandardMaterial({ color: '#e6e4e0', roughness: 1 }));
  wall.position.set(0, 1.5 - view.heightMetres, -view.distanceMetres - 1.6);
  return [floor, wall];
}
