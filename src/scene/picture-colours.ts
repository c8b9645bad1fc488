import {
  HalfFloatType,
  LinearFilter,
  LinearMipmapLinearFilter,
  type Texture,
  type Vector3,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import { PictureScene } from './picture-scene.ts';
import { shadeOfSurfaceGlsl } from './shade-of-surface.ts';

/**
 * Gathers the colours of what a picture shows: background, the shopper's skin, own upper and own lower clothes. Input:
 * the frame's image, the classes of its pixels, the background plate and the body's surface. Output: four textures with
 * mipmaps, each of which spans the picture, its first row at the bottom. Red, green and blue: colour × weight, alpha:
 * weight. So each mipmap level is a weighted mean, and `spreadGlsl` fills what no level knows from coarser ones.
 *
 * The background has sRGB values. The others have linear values, divided by the shade of the body's surface there
 * (`shadeOfSurfaceGlsl`): the colour under full light.
 */

/** Longer side, px: finer than the fingers of a person who fills the picture. */
const LONG_SIDE_PIXELS = 160;

/** The four textures. */
export class PictureColours {
  readonly uniforms = {
    background: { value: null as Texture | null },
    skin: { value: null as Texture | null },
    upper: { value: null as Texture | null },
    lower: { value: null as Texture | null },
    /** Level of the mipmaps that is one texel: the mean of the picture. */
    topLevel: { value: 0 },
  };
  #target: WebGLRenderTarget | null = null;
  readonly #texel = { value: [0, 0] };
  readonly #scene: PictureScene;

  constructor(inputs: {
    picture: { value: Texture | null };
    classes: { value: Texture };
    plate: { value: Texture | null };
    surface: { value: Texture };
    lightDirection: { value: Vector3 };
  }) {
    this.#scene = new PictureScene(
      { ...inputs, texel: this.#texel },
      /* glsl */ `
      uniform sampler2D picture;
      uniform sampler2D classes;
      uniform sampler2D plate;
      uniform sampler2D surface;
      uniform vec3 lightDirection;
      uniform vec2 texel;
      layout(location = 0) out vec4 background;
      layout(location = 1) out vec4 skin;
      layout(location = 2) out vec4 upper;
      layout(location = 3) out vec4 lower;
      ${shadeOfSurfaceGlsl}
      void main() {
        background = skin = upper = lower = vec4(0.0);
        for (int i = 0; i < 4; i++) {
          vec2 place = fromTop + texel * (vec2(i % 2, i / 2) - 0.5) * 0.5;
          vec3 colour = texture(picture, place).rgb;
          vec4 likely = texture(classes, place);
          // Only pixels whose class is sure count: those at an outline mix two colours.
          vec4 weights = 0.25 * smoothstep(0.7, 0.95, likely);
          float clear = 0.25 * (1.0 - smoothstep(0.02, 0.1, dot(likely, vec4(1.0))));
          float shade = shadeOf(normalOf(texture(surface, vec2(place.x, 1.0 - place.y))));
          vec3 lit = pow(colour, vec3(2.2)) / shade;
          background += vec4(colour, 1.0) * clear;
          skin += vec4(lit, 1.0) * weights.g;
          upper += vec4(lit, 1.0) * weights.b;
          lower += vec4(lit, 1.0) * weights.a;
        }
        vec4 known = texture(plate, up);
        background += vec4(known.rgb, 1.0) * (1.0 - background.a) * smoothstep(0.5, 1.0, known.a);
      }`,
    );
  }

  /** Gathers the colours of a picture of `width` × `height` px. */
  gather(renderer: WebGLRenderer, width: number, height: number): void {
    const scale = LONG_SIDE_PIXELS / Math.max(width, height);
    const targetWidth = Math.max(1, Math.round(width * scale));
    const targetHeight = Math.max(1, Math.round(height * scale));
    if (this.#target?.width !== targetWidth || this.#target.height !== targetHeight) {
      this.#target?.dispose();
      this.#target = new WebGLRenderTarget(targetWidth, targetHeight, {
        count: 4,
        type: HalfFloatType,
        minFilter: LinearMipmapLinearFilter,
        magFilter: LinearFilter,
        generateMipmaps: true,
        depthBuffer: false,
      });
      const [background, skin, upper, lower] = this.#target.textures;
      this.uniforms.background.value = background;
      this.uniforms.skin.value = skin;
      this.uniforms.upper.value = upper;
      this.uniforms.lower.value = lower;
      this.uniforms.topLevel.value = Math.floor(Math.log2(Math.max(targetWidth, targetHeight)));
      this.#texel.value = [1 / targetWidth, 1 / targetHeight];
    }
    this.#scene.draw(renderer, this.#target);
  }

  release(): void {
    this.#target?.dispose();
    this.#target = null;
    this.#scene.release();
  }
}

/**
 * GLSL text of `spread(colours, place)`: the colour at a place (0..1 from the bottom left), and in alpha 1, or 0 if the
 * whole picture has none. It goes from the mean of the picture to ever finer levels, as far as they know a colour
 * (push-pull: Gortler et al., The Lumigraph, 1996). Declares the uniform `topLevel`.
 */
export const spreadGlsl = /* glsl */ `
  uniform float topLevel;
  vec4 spread(sampler2D colours, vec2 place) {
    vec4 mean = textureLod(colours, vec2(0.5), topLevel);
    if (mean.a < 1e-4) return vec4(0.0);
    vec3 colour = mean.rgb / mean.a;
    for (float level = topLevel - 1.0; level >= 0.0; level -= 1.0) {
      vec4 here = textureLod(colours, place, level);
      if (here.a > 1e-3) colour = mix(colour, here.rgb / here.a, smoothstep(0.0, 0.4, here.a));
    }
    return vec4(colour, 1.0);
  }`;
