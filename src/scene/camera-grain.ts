/**
 * Gives drawn cloth the grain of the camera. Input: the image and time (ms) of each frame. Output: `patch`, which adds
 * noise to a material's colour.
 *
 * 1. `takeFrame` copies a few small pieces of two successive frames, pixel by pixel, every second of frame time. In the
 *    pieces where nothing moves, noise is what changes (`measureGrain`): their median counts.
 * 2. The first frame has none before it, and a photo never changes: patterns look like noise there, so the piece with
 *    the least noise counts.
 * 3. The shader adds noise of this strength, another in each frame. The same frames have the same noise.
 */
import { MathUtils, type WebGLProgramParametersWithUniforms } from 'three';
import type { Frame } from '../capture/frame-source.ts';
import { replaceOnce } from '../math/replace-once.ts';
import { measureGrain } from './measure-grain.ts';
import type { Pass } from './pass.ts';

/** Side of a piece, px, and the places of the pieces' middles in the frame, shares of its width and height. */
const PIECE_PIXELS = 32;
const PLACES = [
  [0.12, 0.2],
  [0.88, 0.2],
  [0.5, 0.12],
  [0.15, 0.6],
  [0.85, 0.6],
  [0.5, 0.55],
] as const;
/** Time between two measurements, ms of frame time: a camera's noise changes with the light of the room only. */
const MEASURE_INTERVAL_MS = 1000;
/** Share by which a new measurement changes the noise. */
const BLEND = 0.5;
/** Noise below this share of white is not seen, and is left out. */
const MIN_GRAIN = 0.003;
/** Most noise that is added: beyond it a piece of a photo showed a pattern. */
const MAX_GRAIN = 0.09;

/** `grainMoment` repeats after this many ms, so that it is exact in a shader's numbers. */
const MAX_MOMENT = 1 << 16;

/** The pass (a step of the stage's drawing) that measures a camera's grain; it draws nothing itself. */
export class CameraGrain implements Pass {
  readonly layers = [];
  /** Standard deviation of the noise, as a share of white, and a number that differs in each frame. */
  readonly uniforms = { cameraGrain: { value: 0 }, grainMoment: { value: 0 } };
  /** Canvas of the pieces, beside each other: made for the first frame; null where the browser gives none. */
  #context: CanvasRenderingContext2D | null = null;
  /** Pieces of the frame before, while their successors are awaited; null between two measurements. */
  #before: ImageData[] | null = null;
  readonly #found = new Float32Array(PLACES.length);
  /** Times of the last measurement and of the last frame, ms of frame time. */
  #measuredMs = -Infinity;
  #frameMs = -Infinity;

  /** Steps 1 and 2. `timeMs`: the frame's time on the source's clock. */
  takeFrame({ image, width, height, timeMs }: Frame): void {
    this.uniforms.grainMoment.value = Math.round(timeMs) % MAX_MOMENT;
    // Time runs backwards when the source changes: measure the new source's noise at once.
    if (timeMs < this.#frameMs) {
      this.#measuredMs = -Infinity;
      this.#before = null;
    }
    this.#frameMs = timeMs;
    const context = (this.#context ??= createContext());
    if (!context || !image || Math.min(width, height) < 2 * PIECE_PIXELS) return;
    if (!this.#before && timeMs - this.#measuredMs < MEASURE_INTERVAL_MS) return;
    PLACES.forEach(([x, y], p) => {
      const left = Math.round(MathUtils.clamp(x * width - PIECE_PIXELS / 2, 0, width - PIECE_PIXELS));
      const top = Math.round(MathUtils.clamp(y * height - PIECE_PIXELS / 2, 0, height - PIECE_PIXELS));
      context.drawImage(image, left, top, PIECE_PIXELS, PIECE_PIXELS, p * PIECE_PIXELS, 0, PIECE_PIXELS, PIECE_PIXELS);
    });
    const pieces = PLACES.map((_, p) => context.getImageData(p * PIECE_PIXELS, 0, PIECE_PIXELS, PIECE_PIXELS));
    const isFirst = this.#measuredMs === -Infinity;
    if (this.#before) this.#measure(pieces, this.#before);
    else if (isFirst) this.#measure(pieces, null);
    this.#before = this.#before ? null : pieces;
  }

  /** Measures the noise in `pieces`, and moves the noise in use towards it. `before`: the frame before; null: none. */
  #measure(pieces: readonly ImageData[], before: readonly ImageData[] | null): void {
    let count = 0;
    for (let p = 0; p < pieces.length; p++) {
      const found = measureGrain(pieces[p], before ? before[p].data : null);
      if (!Number.isNaN(found)) this.#found[count++] = found;
    }
    if (before) {
      // The first change that is measured replaces what the first frame alone told.
      const isFirstChange = this.#measuredMs === -Infinity;
      this.#measuredMs = this.#frameMs;
      if (count > 0) this.#use(this.#found.subarray(0, count).sort()[(count - 1) >> 1], isFirstChange ? 1 : BLEND);
    } else this.#use(count > 0 ? this.#found.subarray(0, count).sort()[0] : 0, 1);
  }

  /** Moves the noise in use towards `found` by the share `blend`. */
  #use(found: number, blend: number): void {
    const { cameraGrain } = this.uniforms;
    const grain = found < MIN_GRAIN ? 0 : Math.min(MAX_GRAIN, found);
    cameraGrain.value += blend * (grain - cameraGrain.value);
  }

  /** Patches a shader of three.js so that the noise is added to its colour, which is in sRGB values by then. */
  patch(shader: Pick<WebGLProgramParametersWithUniforms, 'uniforms' | 'fragmentShader'>): void {
    Object.assign(shader.uniforms, this.uniforms);
    shader.fragmentShader = replaceOnce(
      replaceOnce(shader.fragmentShader, '#include <common>', `#include <common>\n${grainGlsl}`),
      '#include <colorspace_fragment>',
      `#include <colorspace_fragment>
      if (cameraGrain > 0.0) gl_FragColor.rgb += gl_FragColor.a * grainAt(gl_FragCoord.xy);`,
    );
  }
}

/** Creates the canvas of the pieces. */
function createContext(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = PIECE_PIXELS * PLACES.length;
  canvas.height = PIECE_PIXELS;
  return canvas.getContext('2d', { willReadFrequently: true });
}

/**
 * GLSL that declares the uniforms and `grainAt(pixel)`: noise of the camera's strength in each channel. PCG3D (Jarzynski
 * and Olano 2020, "Hash Functions for GPU Rendering") gives the same values on every GPU; the sum of two uniform samples
 * has a bell-like distribution, of a standard deviation of 1 / √6.
 */
export const grainGlsl = /* glsl */ `
  uniform float cameraGrain;
  uniform float grainMoment;
  vec3 grainAt(vec2 pixel) {
    uvec3 v = uvec3(uvec2(pixel), uint(grainMoment)) * 1664525u + 1013904223u;
    v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
    v ^= v >> 16u;
    v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
    return cameraGrain * ${Math.sqrt(6).toFixed(4)} * ((vec3(v & 0xffffu) + vec3(v >> 16u)) / 65535.0 - 1.0);
  }`;
