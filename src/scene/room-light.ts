import { DirectionalLight, Group, HemisphereLight, MathUtils, Vector3 } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import type { PersonMask, TrackedFrame } from '../tracking/tracker.ts';
import { createLightEstimate, estimateLight, type LightEstimate } from './estimate-light.ts';
import type { DrawContext, Pass } from './pass.ts';

/**
 * Lights the garments like the room in the picture, with a key light that casts shadows and a hemisphere light. Input:
 * the frame's image, its time in ms, the person's mask, and the chest's position (camera space: metres, +x right in the
 * picture, +y up, +z towards the camera). Output: the two lights in `group`, and `direction`.
 *
 * 1. `takeFrame` copies the frame's image and mask to 32 × 32 px every 300 ms of frame time, and estimates the light's
 *    level, colour and direction (`estimateLight`).
 * 2. In every frame, `takeFrame` moves the light in use towards the newest estimate, by an exponential low-pass over
 *    frame time.
 * 3. `takeBody` sets the colours of the lights, aims the key light at the chest and turns it to the brighter side.
 */

/** Side of the small copy of the image, px. */
const SAMPLE_SIDE_PIXELS = 32;
/** Time between two estimates, ms of frame time: light changes slowly, and reading the image back costs a few ms. */
const ESTIMATE_INTERVAL_MS = 300;
/** Time constant of the low-pass, ms of frame time: short enough for a switched lamp, long enough against flicker. */
const LIGHT_TIME_CONSTANT_MS = 700;

/**
 * Irradiances of the lights at level 1, in three.js's units: π lights a white surface to full white. Together they show
 * a white shirt (albedo 0.8) that faces the key light at about 0.85 of full brightness, so that its folds do not clip.
 */
const KEY_IRRADIANCE = 0.5 * Math.PI;
const SKY_IRRADIANCE = 0.66 * Math.PI;
const GROUND_IRRADIANCE = 0.28 * Math.PI;

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
 * The pass (a step of the stage's drawing) that lights the garments. Its lights depend on frames and frame time only.
 */
export class RoomLight implements Pass {
  /** All layers, because three.js looks for other shader programs when the number of lights changes. */
  readonly layers = ['scene', 'garment', 'frame'] as const;
  readonly group = new Group();
  /** Direction from the body to the key light, camera space, length 1; (0, 0, 0) before the first `takeBody`. */
  readonly direction = new Vector3();
  readonly #keyLight = new DirectionalLight(0xffffff, KEY_IRRADIANCE);
  readonly #hemisphereLight = new HemisphereLight(0xffffff, 0xffffff, 1);
  /** Canvas of the small copy of the image; null if the browser gives no 2D canvas, and the light stays as it is. */
  readonly #sampleContext: CanvasRenderingContext2D | null;
  /** Coverage of the small copy by the person, 0..255, row by row from the top. */
  readonly #personCoverage = new Uint8Array(SAMPLE_SIDE_PIXELS * SAMPLE_SIDE_PIXELS);
  /** The newest estimate, and the low-pass filtered light. */
  readonly #estimate: LightEstimate = createLightEstimate();
  readonly #light: LightEstimate = createLightEstimate();
  /** Times of the last estimate and of the last frame, ms of frame time. */
  #lastEstimateMs = -Infinity;
  #lastFrameMs = -Infinity;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SAMPLE_SIDE_PIXELS;
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

  /** Steps 1 and 2. `timeMs`: the frame's time on the source's clock. */
  takeFrame({ image, timeMs }: Frame, { mask }: Pick<TrackedFrame, 'mask'>): void {
    // Time runs backwards when the source changes: apply the new source's light at once.
    const isFirst = this.#lastFrameMs === -Infinity || timeMs < this.#lastFrameMs;
    if (this.#sampleContext && image && (isFirst || timeMs - this.#lastEstimateMs >= ESTIMATE_INTERVAL_MS)) {
      this.#sampleContext.drawImage(image, 0, 0, SAMPLE_SIDE_PIXELS, SAMPLE_SIDE_PIXELS);
      if (mask) sampleCoverage(mask, this.#personCoverage);
      const sample = this.#sampleContext.getImageData(0, 0, SAMPLE_SIDE_PIXELS, SAMPLE_SIDE_PIXELS);
      estimateLight(sample, mask && this.#personCoverage, this.#estimate);
      this.#lastEstimateMs = timeMs;
    }
    const blend = isFirst ? 1 : 1 - Math.exp(-(timeMs - this.#lastFrameMs) / LIGHT_TIME_CONSTANT_MS);
    for (const key of lightKeys) this.#light[key] = MathUtils.lerp(this.#light[key], this.#estimate[key], blend);
    this.#lastFrameMs = timeMs;
  }

  /** Step 3. `positions`: 3 × BONE_COUNT joints, camera space, metres. */
  takeBody({ positions }: PosedBody): void {
    const { red, green, blue, fromRight, fromTop } = this.#light;
    this.#keyLight.color.setRGB(red, green, blue);
    this.#hemisphereLight.color.setRGB(red, green, blue).multiplyScalar(SKY_IRRADIANCE);
    this.#hemisphereLight.groundColor.setRGB(red, green, blue).multiplyScalar(GROUND_IRRADIANCE);

    const chest = 3 * boneIndex.chest;
    this.#keyLight.target.position.set(positions[chest], positions[chest + 1], positions[chest + 2]);
    // The light is above and in front, on the picture's brighter side. Without a brighter side it is a little to the
    // left, because frontal light hides folds.
    this.direction.set(-0.25 + 1.2 * fromRight, 0.9 + 0.5 * fromTop, 0.75).normalize();
    this.#keyLight.position.copy(this.#keyLight.target.position).addScaledVector(this.direction, KEY_DISTANCE_METRES);
  }

  /** Switches the shadow map off where no cloth is drawn. */
  prepare({ renderer, layers, isBodyFound }: DrawContext): void {
    renderer.shadowMap.enabled = isBodyFound && layers !== 'frame';
  }

  release(): void {
    this.#keyLight.dispose();
    this.#hemisphereLight.dispose();
  }
}

const lightKeys = ['red', 'green', 'blue', 'fromRight', 'fromTop'] as const satisfies readonly (keyof LightEstimate)[];

/**
 * Scales a mask down to the small copy: writes the coverage at the centre of each of its pixels, 0..255.
 *
 * @param target SAMPLE_SIDE_PIXELS² values, row by row from the top.
 */
function sampleCoverage({ width, height, data }: PersonMask, target: Uint8Array): void {
  for (let i = 0; i < target.length; i++) {
    const x = Math.floor((((i % SAMPLE_SIDE_PIXELS) + 0.5) * width) / SAMPLE_SIDE_PIXELS);
    const y = Math.floor(((Math.floor(i / SAMPLE_SIDE_PIXELS) + 0.5) * height) / SAMPLE_SIDE_PIXELS);
    target[i] = data[y * width + x];
  }
}
