import {
  HalfFloatType,
  LinearFilter,
  LinearMipmapNearestFilter,
  type Texture,
  type Vector3,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import { bodyAreas } from './body-areas.ts';
import { PictureScene } from './picture-scene.ts';
import { shadeOfSurfaceGlsl } from './shade-of-surface.ts';

/**
 * Finds the colours that own clothes are replaced by. Input: the frame's image, the classes of its pixels, the
 * background plate and the body's surface. Output: `uniforms`, two small textures that span the picture, their first
 * row at the bottom, and hold these values near own clothes.
 *
 * 1. `gather` means colour × weight and weight of background, skin and lower clothes into small textures with mipmaps:
 *    each level is a weighted mean. Colours on the body are linear, and divided by the shade of its surface
 *    (`shadeOfSurfaceGlsl`): those under the mean light. The background has sRGB values.
 * 2. It then fills each pixel that has no such colour from coarser levels (push-pull: Gortler et al., The Lumigraph,
 *    1996), at the same small size, since colours that are spread are smooth.
 * 3. What is bare gets the light that `SeenLight` sees on the erased cloth there.
 */

/**
 * Both sides of the textures, px: about as fine as the fingers of a person who fills the picture. A power of two, so
 * that each level of the mipmaps is the mean of the whole level below.
 */
const SIDE_PIXELS = 128;

const OPTIONS = { type: HalfFloatType, magFilter: LinearFilter, depthBuffer: false } as const;

/** The two textures. */
export class PictureColours {
  readonly uniforms = {
    /** Background, sRGB. */
    behind: { value: null as Texture | null },
    /**
     * What is bare on the body without own clothes, linear, in the mean light: skin, or lower clothes that continue
     * under upper ones. Alpha: 1, or 0 if the picture shows nothing of it.
     */
    bare: { value: null as Texture | null },
  };
  #gathered: WebGLRenderTarget | null = null;
  #filled: WebGLRenderTarget | null = null;
  readonly #means = {
    background: { value: null as Texture | null },
    skin: { value: null as Texture | null },
    lower: { value: null as Texture | null },
  };
  readonly #gather: PictureScene;
  readonly #fill: PictureScene;

  constructor(inputs: {
    picture: { value: Texture | null };
    classes: { value: Texture };
    coarseClasses: { value: Texture };
    plate: { value: Texture | null };
    surface: { value: Texture };
    /** Texture of `SeenLight`. */
    seenLight: { value: Texture };
    /** 1 where upper, lower clothes are erased. */
    erased: { value: Vector3 };
    ambientLight: { value: number };
    keyLight: { value: Vector3 };
  }) {
    const { classes, surface, seenLight, erased } = inputs;
    this.#gather = new PictureScene({ ...inputs }, gatherGlsl);
    this.#fill = new PictureScene({ classes, surface, seenLight, erased, ...this.#means }, fillGlsl);
  }

  /** Finds the colours of the picture. */
  gather(renderer: WebGLRenderer): void {
    this.#gathered ??= this.#createGathered();
    this.#filled ??= this.#createFilled();
    this.#gather.draw(renderer, this.#gathered);
    this.#fill.draw(renderer, this.#filled);
  }

  compile(renderer: WebGLRenderer): void {
    this.#gather.compile(renderer);
    this.#fill.compile(renderer);
  }

  release(): void {
    this.#gathered?.dispose();
    this.#filled?.dispose();
    this.#gathered = this.#filled = null;
    this.#gather.release();
    this.#fill.release();
  }

  #createGathered(): WebGLRenderTarget {
    const target = new WebGLRenderTarget(SIDE_PIXELS, SIDE_PIXELS, {
      ...OPTIONS,
      count: 3,
      // The nearest level alone: software blends two levels at twice the cost.
      minFilter: LinearMipmapNearestFilter,
      generateMipmaps: true,
    });
    const [background, skin, lower] = target.textures;
    this.#means.background.value = background;
    this.#means.skin.value = skin;
    this.#means.lower.value = lower;
    return target;
  }

  #createFilled(): WebGLRenderTarget {
    const target = new WebGLRenderTarget(SIDE_PIXELS, SIDE_PIXELS, { ...OPTIONS, count: 2, minFilter: LinearFilter });
    const [behind, bare] = target.textures;
    this.uniforms.behind.value = behind;
    this.uniforms.bare.value = bare;
    return target;
  }
}

/** Code of an area in shaders. */
const code = (area: (typeof bodyAreas)[number]): number => bodyAreas.indexOf(area);

/** Step 1. */
const gatherGlsl = /* glsl */ `
  uniform sampler2D picture;
  uniform sampler2D classes;
  uniform sampler2D coarseClasses;
  uniform sampler2D plate;
  uniform sampler2D surface;
  const float texel = ${(1 / SIDE_PIXELS).toFixed(6)};
  layout(location = 0) out vec4 background;
  layout(location = 1) out vec4 skin;
  layout(location = 2) out vec4 lower;
  ${shadeOfSurfaceGlsl}
  void main() {
    background = skin = lower = vec4(0.0);
    for (int i = 0; i < 4; i++) {
      vec2 place = fromTop + texel * (vec2(i % 2, i / 2) - 0.5) * 0.5;
      vec3 colour = texture(picture, place).rgb;
      vec4 likely = texture(classes, place);
      // Only pixels whose class is sure count: those at an outline mix two colours.
      vec4 weights = 0.25 * smoothstep(0.7, 0.95, likely);
      float clear = 0.25 * (1.0 - smoothstep(0.02, 0.1, dot(likely, vec4(1.0))));
      background += vec4(colour, 1.0) * clear;
      if (weights.g + weights.a == 0.0) continue;
      vec3 normal = normalOf(texture(surface, vec2(place.x, 1.0 - place.y)));
      // Where the body is seen edge-on, a small error of its pose is a large one of the shade.
      weights *= smoothstep(0.2, 0.7, normal.z);
      vec3 lit = pow(colour, vec3(2.2)) / shadeOf(normal);
      skin += vec4(lit, 1.0) * weights.g;
      lower += vec4(lit, 1.0) * weights.a;
    }
    // Beside the person the picture's background has a tinge of them.
    background *= 1.0 - smoothstep(0.02, 0.12, dot(textureLod(coarseClasses, fromTop, 1.5), vec4(1.0)));
    vec4 known = texture(plate, up);
    background += vec4(known.rgb, 1.0) * (1.0 - background.a) * smoothstep(0.5, 1.0, known.a);
  }`;

/** Steps 2 and 3. */
const fillGlsl = /* glsl */ `
  uniform sampler2D classes;
  uniform sampler2D background;
  uniform sampler2D skin;
  uniform sampler2D lower;
  uniform sampler2D seenLight;
  // Level of the mipmaps that is one texel: the mean of the picture.
  const float topLevel = ${Math.log2(SIDE_PIXELS).toFixed(1)};
  const float texel = ${(1 / SIDE_PIXELS).toFixed(6)};
  uniform sampler2D surface;
  uniform vec3 erased;
  layout(location = 0) out vec4 behind;
  layout(location = 1) out vec4 bare;

  vec2 ownAt(vec2 offset) { return texture(classes, fromTop + offset).ba * erased.xy; }

  // From the mean of the picture to ever finer levels, as far as they know a colour; alpha is 0 if none does.
  vec4 fill(sampler2D means) {
    vec4 mean = textureLod(means, vec2(0.5), topLevel);
    if (mean.a < 1e-4) return vec4(0.0);
    vec3 colour = mean.rgb / mean.a;
    for (float level = topLevel - 1.0; level >= 0.0; level -= 1.0) {
      vec4 here = textureLod(means, up, level);
      if (here.a > 1e-3) colour = mix(colour, here.rgb / here.a, smoothstep(0.0, 0.4, here.a));
    }
    return vec4(colour, 1.0);
  }

  void main() {
    float around = 1.5 * texel;
    vec2 own = ownAt(vec2(0.0));
    float person = 0.0;
    for (int i = 0; i < 4; i++) {
      vec2 offset = around * (vec2(i % 2, i / 2) * 2.0 - 1.0);
      own = max(own, ownAt(offset));
      person = max(person, dot(texture(classes, fromTop + offset), vec4(1.0)));
    }
    behind = bare = vec4(0.0);
    // The garment's outline may lie beside any part of the person.
    for (float done = 0.02; done < person; done += 2.0) behind = fill(background);
    // Once, where own clothes are. A renderer without a GPU runs both sides of a condition for all pixels, but leaves a
    // loop that has nothing to do.
    for (float done = 0.02; done < own.x + own.y; done += 2.0) {
      bool isUpper = own.x >= own.y;
      int area = int(texelFetch(surface, ivec2(up * vec2(textureSize(surface, 0))), 0).b * 255.0 + 0.5);
      bool isBelowWaist = area == ${code('hips')} || area == ${code('leftLeg')} || area == ${code('rightLeg')};
      if (isUpper && isBelowWaist && erased.y < 0.5) bare = fill(lower);
      if (bare.a == 0.0) bare = fill(skin);
      bare.rgb *= exp(texture(seenLight, up).r);
    }
  }`;
