import {
  HalfFloatType,
  LinearFilter,
  LinearMipmapNearestFilter,
  Texture,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { BodySurface } from './body-surface.ts';
import type { DrawContext, Pass } from './pass.ts';
import { PictureScene } from './picture-scene.ts';
import type { RoomLight } from './room-light.ts';
import { blurLightGlsl, compareLightGlsl } from './seen-light-glsl.ts';

/**
 * Sees where the person stands in more or less light than `RoomLight` predicts: shadows of arms and chin, the dark sides
 * of a trunk, a lamp nearby. The clothes in the picture show it, on the very places where garments are drawn. Input: the
 * frame's image, the classes of its pixels, the normals of the posed body, and `RoomLight`. Output: `uniform`, a small
 * texture that spans the picture, its first row at the bottom. Red: natural logarithm of the light there as a share of
 * the predicted light, times green. Green: how sure that is, 0..1.
 *
 * 1. Each pixel of own clothes is compared with their usual colour in the predicted light (`compareLightGlsl`). Pixels
 *    of another colour than most of these clothes count little: prints, collars, ties.
 * 2. A blur takes out the pattern and the fine folds of the own clothes, and fills small gaps. The mean is taken out, too:
 *    the level of the light is that of `RoomLight`.
 *
 * Without classes, or where the own clothes are shown, the texture is empty.
 */

/**
 * Both sides of the texture, px: 3 cm of a person who fills the picture's height. A power of two, so that each level of
 * the mipmaps is the mean of the whole level below.
 */
const SIDE_PIXELS = 64;
/** Standard deviation of the blur, metres: finer differences are folds and seams of the own clothes. At least 1 texel. */
const BLUR_METRES = 0.025;
const MIN_BLUR_TEXELS = 1.1;
const MAX_BLUR_TEXELS = 4;

/** Render targets. */
interface Targets {
  /** What step 1 draws, with mipmaps. */
  readonly compared: WebGLRenderTarget;
  /** What the first blur draws. */
  readonly blurred: WebGLRenderTarget;
  /** Results of the newest frame and of the frame before. */
  readonly results: WebGLRenderTarget[];
}

/**
 * Time constant of the low-pass, ms of frame time: the noise of classes and pose changes from frame to frame. A person
 * moves less than `BLUR_METRES` in it.
 */
const TIME_CONSTANT_MS = 120;

/** The pass (a step of the stage's drawing) that compares the light in the picture with the predicted light. */
export class SeenLight implements Pass {
  readonly layers = ['scene'] as const;
  readonly needsBody = true;
  /** Uniform with the texture, for shaders of other passes; its `value` may be another texture in each frame. */
  readonly uniform: { value: Texture };
  readonly #surface: BodySurface;
  readonly #empty = new Texture();
  readonly #compare: PictureScene;
  readonly #blur: readonly [PictureScene, PictureScene];
  readonly #sums = { value: null as Texture | null };
  readonly #usual = { value: null as Texture | null };
  readonly #before = { value: null as Texture | null };
  readonly #isNew = { value: 1 };
  readonly #texel = { value: new Vector2() };
  readonly #along = { value: new Vector2() };
  readonly #sigmaTexels = { value: 1 };
  #targets: Targets | null = null;
  /** Standard deviation of the blur as a share of the picture's height. */
  #blurShare = 0;
  #isFrameNew = false;
  /** Size of the drawing buffer, px. */
  #width = 0;
  #height = 0;
  /** Times of the newest frame, and of the last that was drawn; −Infinity: none of this source. */
  #frameMs = -Infinity;
  #drawnMs = -Infinity;

  /** @param inputs the frame's image (sRGB) and the classes, first row at the top; surface and light of the body. */
  constructor(inputs: {
    picture: { value: Texture | null };
    classes: { value: Texture };
    surface: BodySurface;
    light: RoomLight;
  }) {
    const { picture, classes, surface, light } = inputs;
    this.#surface = surface;
    this.uniform = { value: this.#empty };
    this.#compare = new PictureScene(
      {
        picture,
        classes,
        surface: surface.uniform,
        materials: light.materials,
        texel: this.#texel,
        ...light.uniforms,
      },
      compareLightGlsl,
    );
    const blur = {
      sums: this.#sums,
      usual: this.#usual,
      before: this.#before,
      isNew: this.#isNew,
      along: this.#along,
      sigmaTexels: this.#sigmaTexels,
    };
    this.#blur = [new PictureScene(blur, blurLightGlsl(false)), new PictureScene(blur, blurLightGlsl(true))];
  }

  takeBody({ positions, camera }: PosedBody): void {
    const depth = -positions[3 * boneIndex.chest + 2];
    this.#blurShare = (BLUR_METRES * 0.5) / halfHeightAtUnitDistance(camera.fovYDegrees) / depth;
  }

  takeFrame({ timeMs }: Frame): void {
    // Time runs backwards when the source changes.
    if (timeMs < this.#frameMs) this.#drawnMs = -Infinity;
    this.#frameMs = timeMs;
    this.#isFrameNew = true;
  }

  /** Steps 1 and 2, once for each frame and size. `width` and `height`: size of the drawing buffer, px. */
  prepare({ renderer, hidesOwnClothes, width, height }: DrawContext): void {
    this.uniform.value = this.#empty;
    if (!hidesOwnClothes || !this.#surface.isNeeded) return;
    const { compared, blurred, results } = this.#resize(width, height);
    if (!this.#isFrameNew) {
      this.uniform.value = results[0].texture;
      return;
    }
    this.#isFrameNew = false;
    results.reverse();
    this.#texel.value.setScalar(1 / SIDE_PIXELS);
    this.#compare.draw(renderer, compared);
    this.#usual.value = compared.textures[1];
    this.#before.value = results[1].texture;
    this.#isNew.value = 1 - Math.exp((this.#drawnMs - this.#frameMs) / TIME_CONSTANT_MS);
    this.#drawnMs = this.#frameMs;
    this.#blurAlong(renderer, { step: 0, share: (this.#blurShare * height) / width, from: compared, to: blurred });
    this.#blurAlong(renderer, { step: 1, share: this.#blurShare, from: blurred, to: results[0] });
    this.uniform.value = results[0].texture;
  }

  compile(renderer: WebGLRenderer): void {
    this.#compare.compile(renderer);
    for (const blur of this.#blur) blur.compile(renderer);
  }

  release(): void {
    this.uniform.value = this.#empty;
    this.#disposeTargets();
    this.#compare.release();
    for (const blur of this.#blur) blur.release();
  }

  #disposeTargets(): void {
    if (!this.#targets) return;
    const { compared, blurred, results } = this.#targets;
    for (const target of [compared, blurred, ...results]) target.dispose();
    this.#targets = null;
  }

  #blurAlong(
    renderer: WebGLRenderer,
    { step, share, from, to }: { step: 0 | 1; share: number; from: WebGLRenderTarget; to: WebGLRenderTarget },
  ): void {
    this.#sums.value = from.texture;
    this.#sigmaTexels.value = Math.min(MAX_BLUR_TEXELS, Math.max(MIN_BLUR_TEXELS, share * SIDE_PIXELS));
    this.#along.value.set(step === 0 ? 1 / SIDE_PIXELS : 0, step === 0 ? 0 : 1 / SIDE_PIXELS);
    this.#blur[step].draw(renderer, to);
  }

  /** Returns the render targets. A new size of the drawing buffer, px, is drawn at once. */
  #resize(width: number, height: number): Targets {
    if (this.#width !== width || this.#height !== height) this.#isFrameNew = true;
    this.#width = width;
    this.#height = height;
    if (this.#targets) return this.#targets;
    this.#isFrameNew = true;
    this.#drawnMs = -Infinity;
    const options = {
      type: HalfFloatType,
      minFilter: LinearFilter,
      magFilter: LinearFilter,
      depthBuffer: false,
    } as const;
    const create = (): WebGLRenderTarget => new WebGLRenderTarget(SIDE_PIXELS, SIDE_PIXELS, options);
    const mipmaps = { count: 2, minFilter: LinearMipmapNearestFilter, generateMipmaps: true } as const;
    this.#targets = {
      compared: new WebGLRenderTarget(SIDE_PIXELS, SIDE_PIXELS, { ...options, ...mipmaps }),
      blurred: create(),
      results: [create(), create()],
    };
    return this.#targets;
  }
}
