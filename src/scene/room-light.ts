import { DirectionalLight, Group, HemisphereLight, MathUtils, Vector3 } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import { createLightEstimate, estimateLight, type LightEstimate } from './estimate-light.ts';

/** Side of the small copy that the light is estimated from, px. */
const SAMPLE_SIZE = 32;
/** How often to look, ms of frame time: light changes slowly, and reading the picture costs a few ms. */
const LOOK_EVERY_MS = 300;
/** Time in which the light follows a change to 63 %, ms of frame time: a switched lamp, without flicker. */
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
/** Of the lamp, in texels of its map: over 2 cm of half-shade. Where the light of a room comes from is guessed; a crisp shadow would tell. */
const SHADOW_RADIUS = 7;
/** Share of the key that a shadow takes away; the rest comes round from walls. */
const SHADOW_INTENSITY = 0.75;

/** The light on the garments: a key lamp from above with shadows and the sky and floor of a room, levelled and tinted after the picture. */
export class RoomLight {
  readonly group = new Group();
  private readonly key = new DirectionalLight(0xffffff, KEY);
  private readonly room = new HemisphereLight(0xffffff, 0xffffff, 1);
  private readonly sample: CanvasRenderingContext2D | null;
  private readonly person = new Uint8Array(SAMPLE_SIZE * SAMPLE_SIZE);
  private readonly seen: LightEstimate = createLightEstimate();
  private readonly light: LightEstimate = createLightEstimate();
  /** Towards the key lamp, camera space, length 1. */
  readonly direction = new Vector3();
  private lastLookMs = -Infinity;
  private lastMs = -Infinity;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SAMPLE_SIZE;
    this.sample = canvas.getContext('2d', { willReadFrequently: true });

    const { shadow } = this.key;
    this.key.castShadow = true;
    shadow.mapSize.set(SHADOW_MAP_SIZE, SHADOW_MAP_SIZE);
    shadow.camera.left = shadow.camera.bottom = -SHADOW_REACH_METRES;
    shadow.camera.right = shadow.camera.top = SHADOW_REACH_METRES;
    shadow.camera.near = SHADOW_DISTANCE_METRES - 1.5;
    shadow.camera.far = SHADOW_DISTANCE_METRES + 1.5;
    shadow.normalBias = 0.012;
    shadow.bias = -0.0008;
    shadow.radius = SHADOW_RADIUS;
    shadow.intensity = SHADOW_INTENSITY;
    this.group.add(this.key, this.key.target, this.room);
  }

  /** Looks at the frame's image, and whom its mask shows, when it is time, and lets the light follow. Depends on frame time only. */
  look({ image, timeMs }: Frame, mask: PersonMask | null): void {
    const first = this.lastMs === -Infinity || timeMs < this.lastMs;
    if (this.sample && image && (first || timeMs - this.lastLookMs >= LOOK_EVERY_MS)) {
      this.sample.drawImage(image, 0, 0, SAMPLE_SIZE, SAMPLE_SIZE);
      if (mask) samplePerson(mask, this.person);
      estimateLight(
        this.sample.getImageData(0, 0, SAMPLE_SIZE, SAMPLE_SIZE).data,
        mask && this.person,
        SAMPLE_SIZE,
        SAMPLE_SIZE,
        this.seen,
      );
      this.lastLookMs = timeMs;
    }
    const share = first ? 1 : 1 - Math.exp(-(timeMs - this.lastMs) / FOLLOW_MS);
    for (const key of lightKeys) this.light[key] = MathUtils.lerp(this.light[key], this.seen[key], share);
    this.lastMs = timeMs;
  }

  /** Puts the light where the body is. */
  follow({ positions }: PosedBody): void {
    const { red, green, blue, fromRight, fromTop } = this.light;
    this.key.color.setRGB(red, green, blue);
    this.room.color.setRGB(SKY * red, SKY * green, SKY * blue);
    this.room.groundColor.setRGB(GROUND * red, GROUND * green, GROUND * blue);

    const chest = 3 * boneIndex.chest;
    this.key.target.position.set(positions[chest], positions[chest + 1], positions[chest + 2]);
    // From above and in front, to the brighter side of the picture; a little aside even when the picture does not tell, since flat light hides folds.
    this.direction.set(-0.25 + 1.2 * fromRight, 0.9 + 0.5 * fromTop, 0.75).normalize();
    this.key.position.copy(this.key.target.position).addScaledVector(this.direction, SHADOW_DISTANCE_METRES);
  }

  dispose(): void {
    this.key.dispose();
    this.room.dispose();
  }
}

const lightKeys = ['red', 'green', 'blue', 'fromRight', 'fromTop'] as const satisfies readonly (keyof LightEstimate)[];

/** The mask at the middle of each pixel of the small copy. */
function samplePerson({ width, height, data }: PersonMask, target: Uint8Array): void {
  for (let i = 0; i < target.length; i++) {
    const x = Math.floor((((i % SAMPLE_SIZE) + 0.5) * width) / SAMPLE_SIZE);
    const y = Math.floor(((Math.floor(i / SAMPLE_SIZE) + 0.5) * height) / SAMPLE_SIZE);
    target[i] = data[y * width + x];
  }
}
