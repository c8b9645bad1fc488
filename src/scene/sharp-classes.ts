import { LinearFilter, type Texture, type WebGLRenderer, WebGLRenderTarget } from 'three';
import type { Frame } from '../capture/frame-source.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { boxClasses, type PictureBox } from './box-classes.ts';
import type { DrawContext, Pass } from './pass.ts';
import { PictureScene } from './picture-scene.ts';
import { sharpClassesGlsl } from './sharp-classes-glsl.ts';

/** All pixels of the person, and the texels around them that the classes' edges may reach. */
const PERSON = { firstChannel: 0, least: 1, margin: 3 } as const;

/**
 * The pass (a step of the stage's drawing) that gives the classes of pixels the edges of the frame's image. Input: the
 * frame's image, and the classes in the much smaller size of the person's mask (`ClassTexture`), whose edges are off by
 * 2 to 3 px of a frame of 480 × 640. Output: `uniform`, a texture of the drawing buffer's size that spans the picture,
 * its first row at the top. Its channels are those of `ClassTexture`: probabilities 0..1 of hair, skin, own upper
 * clothes and own lower clothes. Along edges they are the shares of the pixel. Without classes all are 0.
 *
 * The classes are computed once for each frame and size (`sharpClassesGlsl`).
 */
export class SharpClasses implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly needsBody = true;
  /** Uniform with the texture, for shaders of other passes; its `value` may be another texture in each frame. */
  readonly uniform: { value: Texture };
  /** Uniform: whether the frame has classes. */
  readonly isKnown = { value: false };
  readonly #classes: { value: Texture };
  readonly #scene: PictureScene;
  #target: WebGLRenderTarget | null = null;
  #isFrameNew = false;
  /** Part of the picture with probabilities above 0, shares of its sides from the top left. */
  readonly #box: PictureBox = { left: 0, top: 0, right: 0, bottom: 0 };

  /** @param inputs the frame's image (sRGB) and the classes, both with their first row at the top. */
  constructor(inputs: { picture: { value: Texture | null }; classes: { value: Texture } }) {
    this.#classes = inputs.classes;
    this.uniform = { value: inputs.classes.value };
    this.#scene = new PictureScene({ ...inputs }, sharpClassesGlsl);
  }

  takeFrame(_frame: Frame, { classes }: Pick<TrackedFrame, 'classes'>): void {
    this.isKnown.value = Boolean(classes);
    this.#isFrameNew = true;
    if (classes) boxClasses(classes, PERSON, this.#box);
  }

  /** Draws the classes of a new frame; `width` and `height`: size of the drawing buffer, px. */
  prepare({ renderer, width, height }: DrawContext): void {
    if (!this.isKnown.value) {
      this.uniform.value = this.#classes.value;
      return;
    }
    const isResized = this.#target?.width !== width || this.#target.height !== height;
    if (!this.#target || isResized) {
      this.#target?.dispose();
      this.#target = new WebGLRenderTarget(width, height, {
        minFilter: LinearFilter,
        magFilter: LinearFilter,
        generateMipmaps: false,
        depthBuffer: false,
      });
    }
    if (this.#isFrameNew || isResized) this.#draw(renderer, this.#target);
    this.#isFrameNew = false;
    this.uniform.value = this.#target.texture;
  }

  /** Draws the part of the picture that shows the person, and clears the rest. */
  #draw(renderer: WebGLRenderer, target: WebGLRenderTarget): void {
    const { scissor, width, height } = target;
    const box = this.#box;
    target.scissorTest = false;
    renderer.setRenderTarget(target);
    // The stage's renderer clears to 0.
    renderer.clear(true, false, false);
    const left = Math.floor(box.left * width);
    const top = Math.floor(box.top * height);
    scissor.set(left, top, Math.ceil(box.right * width) - left, Math.ceil(box.bottom * height) - top);
    target.scissorTest = true;
    this.#scene.draw(renderer, target);
  }

  compile(renderer: WebGLRenderer): void {
    this.#scene.compile(renderer);
  }

  release(): void {
    this.#target?.dispose();
    this.#target = null;
    this.#scene.release();
  }
}
