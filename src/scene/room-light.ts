import { DirectionalLight, Group, HemisphereLight, MathUtils, Vector3 } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import type { PersonMask, TrackedFrame } from '../tracking/tracker.ts';
import { createLightEstimate, estimateLight, type LightEstimate } from './estimate-light.ts';
import type { DrawContext, Pass } from './pass.ts';

/** Side of the small copy of the picture that the light is estimated from, px. */
const SAMPLE_SIZE = 32;
/** Time between two estimates, ms of frame time: light changes slowly, and reading the picture back costs a few ms. */
const ESTIMATE_EVERY_MS = 300;
/**
 * Time in which the light follows a change to 63 %, ms of frame time: quick enough for a switched lamp, without
 * flicker.
 */
const FOLLOW_MS = 700;

/**
 * Irradiances for a light level of 1, in units in which π shows white as white. Together they leave a white shirt
 * (albedo 0.8) facing the key at about 0.85 of full, so that its folds do not clip.
 */
const KEY = 0.5 * Math.PI;
const SKY = 0.66 * Math.PI;
const GROUND = 0.28 * Math.PI;

/** Half the width of the region in which shadows are cast, metres: arms spread, head to knees. */
const SHADOW_REACH_METRES = 0.95;
const SHADOW_DISTANCE_METRES = 3;
const SHADOW_MAP_SIZE = 1024;
/**
 * Blur of the shadow's edge, texels of its map: over 2 cm. The light's direction is a guess, which a crisp shadow would
 * betray.
 */
const SHADOW_RADIUS = 7;
/** Share of the key light that a shadow takes away; walls throw the rest back. */
const SHADOW_INTENSITY = 0.75;

/**
 * The pass of the light on the garments: a key light from above that casts shadows, and a hemisphere light for the
 * room. Level, colour and direction follow the picture (`estimateLight`). Depends on frame time only.
 */
export class RoomLight implements Pass {
  /** All layers, though `frame` has nothing to light: a change of the lights makes three.js look for other programs. */
  readonly layers = ['scene', 'garment', 'frame'] as const;
  readonly group = new Group();
  /** Towards the key light, camera space, length 1. */
  readonly direction = new Vector3();
  readonly #key = new DirectionalLight(0xffffff, KEY);
  readonly #room = new HemisphereLight(0xffffff, 0xffffff, 1);
  readonly #sample: CanvasRenderingContext2D | null;
  readonly #person = new Uint8Array(SAMPLE_SIZE * SAMPLE_SIZE);
  /** The newest estimate, and the light that follows it. */
  readonly #estimate: LightEstimate = createLightEstimate();
  readonly #light: LightEstimate = createLightEstimate();
  #lastEstimateMs = -Infinity;
  #lastMs = -Infinity;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SAMPLE_SIZE;
    this.#sample = canvas.getContext('2d', { willReadFrequently: true });

    const { shadow } = this.#key;
    this.#key.castShadow = true;
    shadow.mapSize.set(SHADOW_MAP_SIZE, SHADOW_MAP_SIZE);
    shadow.camera.left = shadow.camera.bottom = -SHADOW_REACH_METRES;
    shadow.camera.right = shadow.camera.top = SHADOW_REACH_METRES;
    shadow.camera.near = SHADOW_DISTANCE_METRES - 1.5;
    shadow.camera.far = SHADOW_DISTANCE_METRES + 1.5;
    shadow.normalBias = 0.012;
    shadow.bias = -0.0008;
    shadow.radius = SHADOW_RADIUS;
    shadow.intensity = SHADOW_INTENSITY;
    this.group.add(this.#key, this.#key.target, this.#room);
  }

  takeFrame({ image, timeMs }: Frame, { mask }: Pick<TrackedFrame, 'mask'>): void {
    const isFirst = this.#lastMs === -Infinity || timeMs < this.#lastMs;
    if (this.#sample && image && (isFirst || timeMs - this.#lastEstimateMs >= ESTIMATE_EVERY_MS)) {
      this.#sample.drawImage(image, 0, 0, SAMPLE_SIZE, SAMPLE_SIZE);
      if (mask) samplePerson(mask, this.#person);
      const picture = this.#sample.getImageData(0, 0, SAMPLE_SIZE, SAMPLE_SIZE);
      estimateLight(picture, mask && this.#person, this.#estimate);
      this.#lastEstimateMs = timeMs;
    }
    const share = isFirst ? 1 : 1 - Math.exp(-(timeMs - this.#lastMs) / FOLLOW_MS);
    for (const key of lightKeys) this.#light[key] = MathUtils.lerp(this.#light[key], this.#estimate[key], share);
    this.#lastMs = timeMs;
  }

  takeBody({ positions }: PosedBody): void {
    const { red, green, blue, fromRight, fromTop } = this.#light;
    this.#key.color.setRGB(red, green, blue);
    this.#room.color.setRGB(SKY * red, SKY * green, SKY * blue);
    this.#room.groundColor.setRGB(GROUND * red, GROUND * green, GROUND * blue);

    const chest = 3 * boneIndex.chest;
    this.#key.target.position.set(positions[chest], positions[chest + 1], positions[chest + 2]);
    // From above and in front, on the brighter side of the picture; a little aside even without a brighter side, since
    // flat
    // light hides folds.
    this.direction.set(-0.25 + 1.2 * fromRight, 0.9 + 0.5 * fromTop, 0.75).normalize();
    this.#key.position.copy(this.#key.target.position).addScaledVector(this.direction, SHADOW_DISTANCE_METRES);
  }

  prepare({ renderer, layers, isBodyFound }: DrawContext): void {
    renderer.shadowMap.enabled = isBodyFound && layers !== 'frame';
  }

  release(): void {
    this.#key.dispose();
    this.#room.dispose();
  }
}

const lightKeys = ['red', 'green', 'blue', 'fromRight', 'fromTop'] as const satisfies readonly (keyof LightEstimate)[];

/** The mask's coverage at the centre of each pixel of the small copy, 0..255. */
function samplePerson({ width, height, data }: PersonMask, target: Uint8Array): void {
  for (let i = 0; i < target.length; i++) {
    const x = Math.floor((((i % SAMPLE_SIZE) + 0.5) * width) / SAMPLE_SIZE);
    const y = Math.floor(((Math.floor(i / SAMPLE_SIZE) + 0.5) * height) / SAMPLE_SIZE);
    target[i] = data[y * width + x];
  }
}
