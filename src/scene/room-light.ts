import { DirectionalLight, Group, HemisphereLight, MathUtils, Vector3 } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import type { PersonMask, PixelClasses, TrackedFrame } from '../tracking/tracker.ts';
import { createLightEstimate, estimateLight, type LightEstimate } from './estimate-light.ts';
import { SKY_LEAN } from './find-key-light.ts';
import { createLightSamples, LightSampler } from './light-samples.ts';
import { MATERIAL_VALUES, UNSEEN_MATERIAL } from './measure-materials.ts';
import type { DrawContext, Pass } from './pass.ts';

/**
 * Lights the garments like the shopper in the picture, with a key light that casts shadows and a hemisphere light.
 * Input: the frame's image, its time in ms, the person's mask, and the posed body (camera space: metres, +x right in
 * the picture, +y up, +z towards the camera). Output: the two lights in `group`, and `direction`.
 *
 * 1. `takeFrame` copies the frame's image to a small picture, if the newest estimate is 300 ms of frame time old.
 * 2. `takeBody` looks up the colours of the posed body in this picture (`LightSampler`), and estimates the
 *    light from them (`estimateLight`).
 * 3. It moves the light in use towards the newest estimate, by an exponential low-pass over frame time; the first body
 *    gets its estimate at once.
 * 4. It sets the lights, and aims the key light at the chest.
 */

/** Longer side of the small copy of the image, px: a face of a whole person in the picture has 10 px there. */
const SAMPLE_SIDE_PIXELS = 96;
/** Time between two estimates, ms of frame time: light changes slowly, and reading the image back costs a few ms. */
const ESTIMATE_INTERVAL_MS = 300;
/** Time constant of the low-pass, ms of frame time: short enough for a switched lamp, long enough against flicker. */
const LIGHT_TIME_CONSTANT_MS = 700;

/** Half the side of the square around the chest that the shadow map covers, metres: spread arms, head to knees. */
const SHADOW_HALF_SIDE_METRES = 0.95;
/** Distance of the key light from the chest, and half the depth range of its shadow map around the chest, metres. */
const KEY_DISTANCE_METRES = 3;
const SHADOW_HALF_DEPTH_METRES = 1.5;
/** Side of the shadow map, texels. */
const SHADOW_MAP_PIXELS = 1024;
/**
 * Blur of a shadow's edge, texels of the shadow map: over 2 cm. The light's direction is a guess, and a sharp shadow
 * would show that it is wrong.
 */
const SHADOW_BLUR_TEXELS = 7;
/** Share of the key light that a shadow takes away. The rest approximates light that walls reflect. */
const SHADOW_INTENSITY = 0.75;

/**
 * The pass (a step of the stage's drawing) that lights the garments. Its lights depend on frames, bodies and frame time
 * only.
 */
export class RoomLight implements Pass {
  /** All layers, because three.js looks for other shader programs when the number of lights changes. */
  readonly layers = ['scene', 'garment', 'frame'] as const;
  readonly group = new Group();
  /** Direction from the body to the key light, camera space, length 1; (0, 0, 0) before the first `takeBody`. */
  readonly direction = new Vector3();
  /** How the light depends on the normal, for shaders that call `shadeOf` (`shadeOfSurfaceGlsl`): a `LightShape`. */
  readonly uniforms = { ambientLight: { value: 1 }, keyLight: { value: new Vector3() } };
  /** Colours of own upper and own lower clothes in the mean light: `LightEstimate.materials`. */
  readonly materials: { value: Float32Array };
  readonly #keyLight = new DirectionalLight(0xffffff, 1);
  readonly #hemisphereLight = new HemisphereLight(0xffffff, 0xffffff, 1);
  /** Canvas of the small copy of the image; null if the browser gives no 2D canvas, and the light stays as it is. */
  readonly #sampleContext: CanvasRenderingContext2D | null;
  readonly #sampler: LightSampler;
  readonly #grain: { readonly value: number };
  readonly #samples = createLightSamples();
  /** Coverage of the small copy by the person, 0..255, row by row from the top. */
  #personCoverage = new Uint8Array(0);
  /** The newest estimate, and the low-pass filtered light. */
  readonly #estimate: LightEstimate = createLightEstimate();
  readonly #light: LightEstimate = createLightEstimate();
  /** Whether the small copy shows the newest frame. */
  #isSampleNew = false;
  /** Times of the frame of the newest estimate, of the last frame, and of the last frame with a body, ms of frame time. */
  #lastSampleMs = -Infinity;
  #frameMs = -Infinity;
  #lastBodyMs = -Infinity;

  /**
   * @param mannequin the body of which all shapes are made.
   * @param grain noise of the camera, a share of white, measured in the newest frames: `CameraGrain`.
   */
  constructor(mannequin: Mannequin, grain: { readonly value: number }) {
    this.#grain = grain;
    this.#sampler = new LightSampler(mannequin);
    this.materials = { value: this.#light.materials };
    const canvas = document.createElement('canvas');
    this.#sampleContext = canvas.getContext('2d', { willReadFrequently: true });

    const { shadow } = this.#keyLight;
    this.#keyLight.castShadow = true;
    shadow.mapSize.set(SHADOW_MAP_PIXELS, SHADOW_MAP_PIXELS);
    shadow.camera.left = shadow.camera.bottom = -SHADOW_HALF_SIDE_METRES;
    shadow.camera.right = shadow.camera.top = SHADOW_HALF_SIDE_METRES;
    shadow.camera.near = KEY_DISTANCE_METRES - SHADOW_HALF_DEPTH_METRES;
    shadow.camera.far = KEY_DISTANCE_METRES + SHADOW_HALF_DEPTH_METRES;
    shadow.normalBias = 0.012;
    shadow.bias = -0.0008;
    shadow.radius = SHADOW_BLUR_TEXELS;
    shadow.intensity = SHADOW_INTENSITY;
    this.group.add(this.#keyLight, this.#keyLight.target, this.#hemisphereLight);
  }

  /** Step 1. `timeMs`: the frame's time on the source's clock. */
  takeFrame({ image, width, height, timeMs }: Frame): void {
    // Time runs backwards when the source changes: apply the new source's light at once.
    if (timeMs < this.#frameMs) this.#lastSampleMs = this.#lastBodyMs = -Infinity;
    this.#frameMs = timeMs;
    this.#isSampleNew = false;
    const context = this.#sampleContext;
    const isDue = this.#lastBodyMs === -Infinity || timeMs - this.#lastSampleMs >= ESTIMATE_INTERVAL_MS;
    if (!context || !image || !isDue) return;
    const scale = SAMPLE_SIDE_PIXELS / Math.max(width, height);
    const columns = Math.max(1, Math.round(width * scale));
    const rows = Math.max(1, Math.round(height * scale));
    if (context.canvas.width !== columns || context.canvas.height !== rows) {
      context.canvas.width = columns;
      context.canvas.height = rows;
      this.#personCoverage = new Uint8Array(columns * rows);
    }
    // A mean of all pixels: grain would make bright places brighter.
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, columns, rows);
    this.#isSampleNew = true;
  }

  /** Copies the shaped body (rest pose, metres). */
  takeShape(shape: MannequinShape): void {
    this.#sampler.takeShape(shape);
  }

  /** Steps 2 to 4. */
  takeBody(body: PosedBody, { mask, classes = null }: Pick<TrackedFrame, 'mask' | 'classes'>): void {
    if (this.#isSampleNew) this.#estimateLight(body, mask, classes);
    const isFirst = this.#lastBodyMs === -Infinity;
    const blend = isFirst ? 1 : 1 - Math.exp((this.#lastBodyMs - this.#frameMs) / LIGHT_TIME_CONSTANT_MS);
    this.#lastBodyMs = this.#frameMs;
    blendLight(this.#light, this.#estimate, blend);
    this.#setLights(body);
  }

  /** Switches the shadow map off where no cloth is drawn. */
  prepare({ renderer, layers, isBodyFound }: DrawContext): void {
    renderer.shadowMap.enabled = isBodyFound && layers !== 'frame';
  }

  release(): void {
    this.#keyLight.dispose();
    this.#hemisphereLight.dispose();
    const context = this.#sampleContext;
    context?.clearRect(0, 0, context.canvas.width, context.canvas.height);
  }

  /** Step 2. */
  #estimateLight(body: PosedBody, mask: PersonMask | null, classes: PixelClasses | null): void {
    const context = this.#sampleContext;
    if (!context) return;
    const { width, height } = context.canvas;
    const picture = context.getImageData(0, 0, width, height);
    if (mask) sampleCoverage(mask, width, this.#personCoverage);
    const coverage = mask && this.#personCoverage;
    this.#sampler.take(body, picture, { person: coverage, classes }, this.#samples);
    estimateLight(picture, { samples: this.#samples, coverage, grain: this.#grain.value }, this.#estimate);
    this.#lastSampleMs = this.#frameMs;
  }

  /** Step 4. */
  #setLights({ positions }: PosedBody): void {
    const { light, shape } = this.#light;
    const [red, green, blue] = light;
    this.uniforms.ambientLight.value = shape.ambient;
    this.uniforms.keyLight.value.fromArray(shape.key);
    this.direction.fromArray(shape.key);
    const key = this.direction.length();
    this.direction.normalize();

    // three.js: an irradiance of π lights a white surface to full white.
    this.#keyLight.color.setRGB(red * key, green * key, blue * key);
    this.#keyLight.intensity = Math.PI;
    const ambient = Math.PI * shape.ambient;
    this.#hemisphereLight.color.setRGB(red, green, blue).multiplyScalar(ambient * (1 + SKY_LEAN));
    this.#hemisphereLight.groundColor.setRGB(red, green, blue).multiplyScalar(ambient * (1 - SKY_LEAN));

    const chest = 3 * boneIndex.chest;
    this.#keyLight.target.position.set(positions[chest], positions[chest + 1], positions[chest + 2]);
    this.#keyLight.position.copy(this.#keyLight.target.position).addScaledVector(this.direction, KEY_DISTANCE_METRES);
  }
}

/** Moves `light` towards `estimate` by the share `blend`, 0..1. */
function blendLight(light: LightEstimate, estimate: LightEstimate, blend: number): void {
  light.shape.ambient = MathUtils.lerp(light.shape.ambient, estimate.shape.ambient, blend);
  for (let k = 0; k < 3; k++) {
    light.light[k] = MathUtils.lerp(light.light[k], estimate.light[k], blend);
    light.shape.key[k] = MathUtils.lerp(light.shape.key[k], estimate.shape.key[k], blend);
  }
  for (let i = 0; i < MATERIAL_VALUES; i++) {
    const isNew = light.materials[i] === UNSEEN_MATERIAL || estimate.materials[i] === UNSEEN_MATERIAL;
    light.materials[i] = MathUtils.lerp(light.materials[i], estimate.materials[i], isNew ? 1 : blend);
  }
}

/**
 * Scales a mask down to the small copy, of `columns` px per row: writes the coverage at the centre of each of its pixels,
 * 0..255.
 */
function sampleCoverage({ data, width, height }: PersonMask, columns: number, target: Uint8Array): void {
  const rows = target.length / columns;
  for (let y = 0; y < rows; y++) {
    const firstInRow = Math.floor(((y + 0.5) / rows) * height) * width;
    for (let x = 0; x < columns; x++)
      target[y * columns + x] = data[firstInRow + Math.floor(((x + 0.5) / columns) * width)];
  }
}
