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

/** Longer side of the texture, px: 2 cm of a person who fills the picture's height. */
const LONG_SIDE_PIXELS = 80;
/** Standard deviation of the blur, metres: finer differences are folds and seams of the own clothes. At least 1 texel. */
const BLUR_METRES = 0.025;
const MIN_BLUR_TEXELS = 1.1;
const MAX_BLUR_TEXELS = 4;

/** What step 1 draws, with mipmaps, and what the two blurs draw. */
type Targets = readonly [compared: WebGLRenderTarget, blurred: WebGLRenderTarget, result: WebGLRenderTarget];

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
  readonly #compared = { value: null as Texture | null };
  readonly #texel = { value: new Vector2() };
  readonly #along = { value: new Vector2() };
  readonly #sigmaTexels = { value: 1 };
  #targets: Targets | null = null;
  /** Standard deviation of the blur as a share of the picture's height. */
  #blurShare = 0;

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
    const blur = { sums: this.#sums, compared: this.#compared, along: this.#along, sigmaTexels: this.#sigmaTexels };
    this.#blur = [new PictureScene(blur, blurLightGlsl(false)), new PictureScene(blur, blurLightGlsl(true))];
  }

  takeBody({ positions, camera }: PosedBody): void {
    const depth = -positions[3 * boneIndex.chest + 2];
    this.#blurShare = (BLUR_METRES * 0.5) / halfHeightAtUnitDistance(camera.fovYDegrees) / depth;
  }

  /** Steps 1 and 2. `width` and `height`: size of the drawing buffer, px. */
  prepare({ renderer, hidesOwnClothes, width, height }: DrawContext): void {
    this.uniform.value = this.#empty;
    if (!hidesOwnClothes || !this.#surface.isNeeded) return;
    const scale = LONG_SIDE_PIXELS / Math.max(width, height);
    const [compared, blurred, result] = this.#resize(Math.round(width * scale), Math.round(height * scale));
    const texels = this.#blurShare * compared.height;
    this.#sigmaTexels.value = Math.min(MAX_BLUR_TEXELS, Math.max(MIN_BLUR_TEXELS, texels));
    this.#texel.value.set(1 / compared.width, 1 / compared.height);
    this.#compare.draw(renderer, compared);
    this.#compared.value = compared.texture;
    this.#blurAlong(renderer, { step: 0, from: compared, to: blurred });
    this.#blurAlong(renderer, { step: 1, from: blurred, to: result });
    this.uniform.value = result.texture;
  }

  release(): void {
    this.uniform.value = this.#empty;
    for (const target of this.#targets ?? []) target.dispose();
    this.#targets = null;
    this.#compare.release();
    for (const blur of this.#blur) blur.release();
  }

  #blurAlong(
    renderer: WebGLRenderer,
    { step, from, to }: { step: 0 | 1; from: WebGLRenderTarget; to: WebGLRenderTarget },
  ): void {
    this.#sums.value = from.texture;
    if (step === 0) this.#along.value.set(1 / from.width, 0);
    else this.#along.value.set(0, 1 / from.height);
    this.#blur[step].draw(renderer, to);
  }

  /** Returns the render targets, of this size, px. */
  #resize(width: number, height: number): Targets {
    if (this.#targets && (this.#targets[0].width !== width || this.#targets[0].height !== height)) {
      for (const target of this.#targets) target.dispose();
      this.#targets = null;
    }
    const options = {
      type: HalfFloatType,
      minFilter: LinearFilter,
      magFilter: LinearFilter,
      depthBuffer: false,
    } as const;
    this.#targets ??= [
      new WebGLRenderTarget(width, height, {
        ...options,
        minFilter: LinearMipmapNearestFilter,
        generateMipmaps: true,
      }),
      new WebGLRenderTarget(width, height, options),
      new WebGLRenderTarget(width, height, options),
    ];
    return this.#targets;
  }
}
