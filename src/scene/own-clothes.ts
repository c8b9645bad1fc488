import { LinearFilter, type Texture, Vector2, Vector3, type WebGLRenderer, WebGLRenderTarget } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { Frame } from '../capture/frame-source.ts';
import type { Garment, WornGarment } from '../garment/garment.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { AreaTrust } from './area-trust.ts';
import { BackgroundPlate } from './background-plate.ts';
import { BodyCapsules } from './body-capsules.ts';
import { type BodySurface, SHELL_METRES } from './body-surface.ts';
import { boxClasses, type PictureBox } from './box-classes.ts';
import { chooseErased, coverOf, type ErasedClothes } from './choose-erased.ts';
import { eraseClothesGlsl } from './erase-clothes-glsl.ts';
import { ErasedPlaces } from './erased-places.ts';
import type { DrawContext, Pass } from './pass.ts';
import { PictureColours } from './picture-colours.ts';
import { PictureScene } from './picture-scene.ts';
import type { RoomLight } from './room-light.ts';
import type { Backdrop } from './show-backdrop.ts';

/** The buffer's size is divided by this: as fine as `BodySurface`, at a quarter of the pixels. */
const SCALE = 0.5;
/** Less likely own clothes are not erased. Their colour bleeds that far beyond them. */
const OWN_CLOTHES = { firstChannel: 2, least: 10, margin: 4 } as const;

/**
 * Erases the shopper's own clothes where the worn garments replace them. Input: the frame's image, the classes of its
 * pixels, the posed body (`BodySurface`) and the light (`RoomLight`). Output: the uniform `cleaned`, a texture of half
 * the drawing buffer's size, its first row at the bottom: what is seen in place of own clothes, sRGB × alpha, and in
 * alpha by how much.
 *
 * 1. `takeGarments` finds what the worn garments replace. `takeBody` decides by area of the body whether it can be done
 *    well (`AreaTrust`), and lays this out by place in the picture (`ErasedPlaces`).
 * 2. `prepare` lets the background plate learn, once for each frame, and gathers colours (`PictureColours`).
 * 3. It draws `cleaned`: background beside the body, skin or lower clothes on it (`eraseClothesGlsl`).
 *
 * Without classes, with nothing to replace, or where own clothes are to be shown, `cleaned` is empty and costs nothing.
 */
export class OwnClothes implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  /** What is behind the person, while own clothes are erased. */
  readonly backdrop: Backdrop;
  readonly #cleaned: { value: Texture };
  readonly #surface: BodySurface;
  readonly #picture: { value: Texture | null };
  readonly #plate: BackgroundPlate;
  readonly #colours: PictureColours;
  readonly #scene: PictureScene;
  readonly #trust = new AreaTrust();
  readonly #capsules = new BodyCapsules();
  readonly #places = new ErasedPlaces();
  readonly #empty = new WebGLRenderTarget(1, 1, { depthBuffer: false });
  #target: WebGLRenderTarget | null = null;
  readonly #covers = new WeakMap<Garment, ReturnType<typeof coverOf>>();
  readonly #erased: ErasedClothes = { upper: false, lower: false, trunk: false, arms: false, legs: false };
  readonly #uniforms = {
    /** 1 where upper, lower clothes are erased, and 1 if upper ones are erased on the trunk. */
    erased: { value: new Vector3() },
    erasedPlaces: this.#places.uniform,
    /** Thickness of the shell around the body, as shares of the picture's width and height. */
    shellUv: { value: new Vector2() },
    /** Distance around a pixel in which own clothes spread: half a pixel of the classes and the camera's own blur. */
    spreadUv: { value: new Vector2() },
  };
  /** Where own clothes are: shares of the picture's sides from the top left. */
  readonly #box: PictureBox = { left: 0, top: 0, right: 0, bottom: 0 };
  #hasClasses = false;
  #isFrameNew = false;
  #frameWidth = 0;
  #frameHeight = 0;
  #timeMs = 0;

  /** @param cleaned uniform that is filled; its `value` may be another texture in each frame. */
  constructor(
    cleaned: { value: Texture },
    inputs: {
      picture: { value: Texture | null };
      classes: { value: Texture };
      /** `ClassTexture`: the same classes with mip levels. */
      coarseClasses: { value: Texture };
      surface: BodySurface;
      /** Red and alpha of `ContactShade`: alpha is the coverage by worn cloth, first row at the bottom. */
      clothDistance: { value: Texture | null };
      /** How the light depends on the normal. */
      light: RoomLight['uniforms'];
      /** Texture of `SeenLight`. */
      seenLight: { value: Texture };
    },
  ) {
    const { picture, classes, coarseClasses, surface, seenLight } = inputs;
    this.#surface = surface;
    this.#picture = picture;
    this.#cleaned = cleaned;
    cleaned.value = this.#empty.texture;
    this.#plate = new BackgroundPlate(picture, classes);
    const shared = {
      picture,
      classes,
      coarseClasses,
      plate: this.#plate.uniform,
      surface: surface.uniform,
      ...inputs.light,
    };
    this.#colours = new PictureColours({ ...shared, seenLight, erased: this.#uniforms.erased });
    this.backdrop = {
      plate: this.#plate.uniform,
      behind: this.#colours.uniforms.behind,
      isKnown: { value: false },
      isShown: { value: false },
    };
    const { clothDistance } = inputs;
    this.#scene = new PictureScene(
      { ...shared, clothDistance, ...this.#colours.uniforms, ...this.#uniforms },
      eraseClothesGlsl,
    );
  }

  takeFrame({ width, height, timeMs }: Frame, { classes }: Pick<TrackedFrame, 'classes'>): void {
    // Time runs backwards when the source changes.
    if (timeMs < this.#timeMs) this.#plate.forget();
    this.#hasClasses = Boolean(classes);
    this.#isFrameNew = true;
    this.#frameWidth = width;
    this.#frameHeight = height;
    this.#timeMs = timeMs;
  }

  takeBody(body: PosedBody, { classes }: Pick<TrackedFrame, 'classes'>): void {
    if (!classes) return;
    this.#capsules.take(body, classes.width, classes.height);
    const covered = this.#erased;
    this.#trust.take(classes, body, { capsules: this.#capsules, covered, timeMs: this.#timeMs });
    boxClasses(classes, OWN_CLOTHES, this.#box);
    this.#places.take(classes, this.#capsules, { shares: this.#trust.shares, box: this.#box });
    const { fovYDegrees, width, height } = body.camera;
    const depth = -body.positions[3 * boneIndex.chest + 2];
    const shell = (SHELL_METRES * 0.5) / halfHeightAtUnitDistance(fovYDegrees) / depth;
    this.#uniforms.shellUv.value.set((shell * height) / width, shell);
    this.#uniforms.spreadUv.value.set(1 / classes.width, 1 / classes.height);
  }

  takeGarments(worn: readonly WornGarment[]): void {
    chooseErased(worn, this.#coverOf, this.#erased);
    const { upper, lower, trunk } = this.#erased;
    this.#uniforms.erased.value.set(upper ? 1 : 0, lower ? 1 : 0, trunk ? 1 : 0);
    this.#surface.isNeeded = this.#hasClasses && (upper || lower);
  }

  prepare(context: DrawContext): void {
    const { renderer, layers, hidesOwnClothes, isBodyFound, width: bufferWidth, height: bufferHeight } = context;
    this.#cleaned.value = this.#empty.texture;
    // Without a body the classes are of no use: a person who was not found would be learned as background.
    const isUsable = hidesOwnClothes && isBodyFound && this.#hasClasses && this.#picture.value !== null;
    this.backdrop.isKnown.value = isUsable && this.#surface.isNeeded;
    this.backdrop.isShown.value = this.backdrop.isKnown.value && layers === 'scene';
    if (!isUsable || layers === 'garment') return;
    if (this.#isFrameNew) this.#plate.learn(renderer, this.#frameWidth, this.#frameHeight);
    this.#isFrameNew = false;
    if (!this.#surface.isNeeded) return;
    this.#colours.gather(renderer);
    const width = Math.max(1, Math.round(bufferWidth * SCALE));
    const height = Math.max(1, Math.round(bufferHeight * SCALE));
    if (this.#target?.width !== width || this.#target.height !== height) {
      this.#target?.dispose();
      this.#target = new WebGLRenderTarget(width, height, {
        minFilter: LinearFilter,
        magFilter: LinearFilter,
        generateMipmaps: false,
        depthBuffer: false,
      });
    }
    // Clear everything, then draw where own clothes are.
    const box = this.#box;
    this.#target.scissorTest = false;
    renderer.setRenderTarget(this.#target);
    renderer.clearColor();
    this.#target.scissorTest = true;
    this.#target.scissor.set(
      Math.floor(box.left * width),
      Math.floor((1 - box.bottom) * height),
      Math.ceil((box.right - box.left) * width),
      Math.ceil((box.bottom - box.top) * height),
    );
    this.#scene.draw(renderer, this.#target);
    this.#cleaned.value = this.#target.texture;
  }

  compile(renderer: WebGLRenderer): void {
    this.#plate.compile(renderer);
    this.#colours.compile(renderer);
    this.#scene.compile(renderer);
  }

  release(): void {
    this.#cleaned.value = this.#empty.texture;
    this.#empty.dispose();
    this.#target?.dispose();
    this.#target = null;
    this.#plate.release();
    this.#colours.release();
    this.#scene.release();
    this.#places.release();
  }

  readonly #coverOf = (garment: Garment): ReturnType<typeof coverOf> => {
    let cover = this.#covers.get(garment);
    if (!cover) {
      cover = coverOf(garment);
      this.#covers.set(garment, cover);
    }
    return cover;
  };
}
