// A film of the synthetic person by a camera with automatic exposure and white balance.
import type { Material, MeshStandardMaterial } from 'three';
import type { Frame } from '../../../src/capture/frame-source.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createMaskDrawer, type MannequinMask } from '../../../src/synthetic/create-mask-drawer.ts';
import { createStageExposer } from '../../../src/synthetic/expose-stage.ts';
import { createMannequinCamera, type MannequinCamera } from '../../../src/synthetic/mannequin-camera.ts';
import {
  createMannequinStage,
  type MannequinStage,
  type MannequinStageOptions,
} from '../../../src/synthetic/mannequin-stage.ts';
import { type CameraGains, meterExposure } from '../../../src/synthetic/meter-exposure.ts';
import { shapeFigure } from '../../../src/synthetic/shape-figure.ts';
import { wearGarments } from '../../../src/synthetic/wear-garments.ts';
import { readPixels } from './read-pixels.ts';

/** Pictures until the exposure has settled. */
const METERED_PICTURES = 3;

/** What is filmed, and the size of the picture, px. The person is seen from the knees up. */
export interface LitFilmOptions extends MannequinStageOptions {
  camera: Pick<MannequinCamera, 'width' | 'height'>;
}

/** Films one person in one room. The exposure is locked, as if the camera had met the room before. */
export class LitFilm {
  readonly #stage: MannequinStage;
  readonly #camera: MannequinCamera;
  readonly #expose: (gains: CameraGains) => void;
  readonly #gains: CameraGains = [1, 1, 1];

  private constructor(stage: MannequinStage, camera: MannequinCamera) {
    this.#stage = stage;
    this.#camera = camera;
    this.#expose = createStageExposer(stage);
  }

  /** Dresses the person and builds the room. `gains`: those of another film; by default the camera meters. */
  static async open(mannequin: Mannequin, options: LitFilmOptions, gains?: CameraGains): Promise<LitFilm> {
    const { shape = 'female-50', seed = 1, clothes = 'everyday', garments = [] } = options;
    const body = shapeFigure(mannequin, shape, seed);
    const isWorn = garments.length > 0;
    const worn = isWorn
      ? await wearGarments({ clothes, seed, garments }, mannequin, body, new AbortController().signal)
      : null;
    const camera = createMannequinCamera('knees-up', options.camera);
    const stage = createMannequinStage(mannequin, options, camera, { first: { body, worn }, second: null });
    const film = new LitFilm(stage, camera);
    if (gains) film.#gains.splice(0, 3, ...gains);
    else film.#meter();
    return film;
  }

  /** Gains of the camera. */
  get gains(): CameraGains {
    return [...this.#gains];
  }

  /** Films the frame of the time `timeMs` into `target`, and returns it. The caller closes its image. */
  async film(timeMs: number, target: Frame): Promise<Frame> {
    this.#draw(timeMs);
    target.image = await createImageBitmap(this.#stage.canvas);
    target.width = this.#camera.width;
    target.height = this.#camera.height;
    target.timeMs = timeMs;
    return target;
  }

  /** Gives the first garment's meshes the colours and pictures of other materials, one for each mesh. */
  dye(materials: readonly Material[]): void {
    const meshes = this.#stage.figure.garments[0];
    for (const [m, { material }] of meshes.entries()) {
      const { color, map } = materials[m] as MeshStandardMaterial;
      (material as MeshStandardMaterial).color.copy(color);
      (material as MeshStandardMaterial).map = map;
    }
  }

  /** Draws the mask of the first garment at the time of the last `film`. */
  garmentMask(): MannequinMask {
    const mask: MannequinMask = { width: 0, height: 0, data: new Uint8ClampedArray() };
    const drawer = createMaskDrawer(this.#stage, this.#camera.width, this.#camera.height);
    drawer.draw(mask, 0);
    drawer.dispose();
    return mask;
  }

  /** Frees everything. */
  close(): void {
    this.#stage.dispose();
  }

  #draw(timeMs: number): void {
    this.#stage.moveTo(timeMs);
    this.#expose(this.#gains);
    this.#stage.draw();
  }

  #meter(): void {
    for (let i = 0; i < METERED_PICTURES; i++) {
      this.#draw(0);
      const picture = readPixels(this.#stage.canvas, this.#camera.width, this.#camera.height);
      meterExposure(picture, this.#gains, this.#gains);
    }
  }
}
