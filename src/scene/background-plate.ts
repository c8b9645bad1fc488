import { LinearFilter, type Texture, type WebGLRenderer, WebGLRenderTarget } from 'three';
import { PictureScene } from './picture-scene.ts';

/**
 * Learns the background: each pixel's colour at times when the person is elsewhere. Input: the frame's image and the
 * classes of its pixels. Output: `uniform`, a texture that spans the picture, its first row at the bottom. Red, green
 * and blue: sRGB; alpha: how well the pixel is known, 0..1.
 *
 * A pixel counts as background if no class of the person is likely there and around it. Its colour is then blended in,
 * by much at first and by little later, so that the plate does not swim. Where the person is, the plate stays.
 */

/** Longer side, px: own clothes that stick out beside a garment are a few pixels wide. */
const LONG_SIDE_PIXELS = 360;
/**
 * Share by which a new picture counts for a known pixel, 0..1. A smaller share is lost in the rounding of 8 bits.
 */
const BLEND_SHARE = 0.25;
/** Rise of alpha with each picture: a pixel is known after three. */
const KNOWN_STEP = 0.34;
/** Distance around a pixel in which no person may be, as a share of the picture's longer side. */
const CLEAR_SHARE = 0.012;
/**
 * Distance of colours (sRGB, 0..1) from which a visible background pixel has changed: the camera was moved, or a thing.
 */
const CHANGED = 0.12;

/** The running estimate of the background. */
export class BackgroundPlate {
  /** Uniform with the plate of the last `learn`. */
  readonly uniform: { value: Texture | null } = { value: null };
  #targets: [WebGLRenderTarget, WebGLRenderTarget] | null = null;
  readonly #before: { value: Texture | null } = { value: null };
  readonly #clear = { value: [0, 0] };
  readonly #scene: PictureScene;

  /** `picture`: the frame's image; `classes`: those of `ClassTexture`. */
  constructor(picture: { value: Texture | null }, classes: { value: Texture }) {
    this.#scene = new PictureScene(
      { picture, classes, before: this.#before, clearUv: this.#clear },
      /* glsl */ `
      uniform sampler2D picture;
      uniform sampler2D classes;
      uniform sampler2D before;
      uniform vec2 clearUv;
      layout(location = 0) out vec4 plate;
      float personAt(vec2 place) { return dot(texture(classes, place), vec4(1.0)); }
      void main() {
        vec4 known = texture(before, up);
        vec3 here = texture(picture, fromTop).rgb;
        float person = personAt(fromTop);
        for (int i = 0; i < 4; i++) {
          float sign = i < 2 ? 1.0 : -1.0;
          person = max(person, personAt(fromTop + sign * clearUv * vec2(i % 2 == 0, i % 2 == 1)));
        }
        if (person > 0.08) {
          plate = known.a > 0.0 ? known : vec4(here, 0.0);
          return;
        }
        bool isNew = known.a == 0.0 || distance(known.rgb, here) > ${CHANGED};
        plate = isNew
          ? vec4(here, ${KNOWN_STEP})
          : vec4(mix(known.rgb, here, ${BLEND_SHARE}), min(1.0, known.a + ${KNOWN_STEP}));
      }`,
    );
  }

  /** Learns from the picture of `width` × `height` px. A picture of other proportions starts anew. */
  learn(renderer: WebGLRenderer, width: number, height: number): void {
    const scale = LONG_SIDE_PIXELS / Math.max(width, height);
    const plateWidth = Math.max(1, Math.round(width * scale));
    const plateHeight = Math.max(1, Math.round(height * scale));
    if (this.#targets?.[0].width !== plateWidth || this.#targets[0].height !== plateHeight) {
      this.forget();
      this.#targets = [createTarget(plateWidth, plateHeight), createTarget(plateWidth, plateHeight)];
      for (const target of this.#targets) {
        renderer.setRenderTarget(target);
        renderer.clear();
      }
      renderer.setRenderTarget(null);
      const share = CLEAR_SHARE * Math.max(width, height);
      this.#clear.value = [share / width, share / height];
    }
    this.#targets.reverse();
    this.#before.value = this.#targets[1].texture;
    this.#scene.draw(renderer, this.#targets[0]);
    this.uniform.value = this.#targets[0].texture;
  }

  compile(renderer: WebGLRenderer): void {
    this.#scene.compile(renderer);
  }

  /** Forgets the background: the next picture is of another place. */
  forget(): void {
    for (const target of this.#targets ?? []) target.dispose();
    this.#targets = null;
    this.uniform.value = null;
  }

  release(): void {
    this.forget();
    this.#scene.release();
  }
}

/** Creates a render target of 4 × 8 bits without depth. */
function createTarget(width: number, height: number): WebGLRenderTarget {
  return new WebGLRenderTarget(width, height, {
    minFilter: LinearFilter,
    magFilter: LinearFilter,
    generateMipmaps: false,
    depthBuffer: false,
  });
}
