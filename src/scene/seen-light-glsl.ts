import { shadeOfSurfaceGlsl } from './shade-of-surface.ts';

/** Probability of a class between which a pixel begins to count as that class, and counts in full. */
const SURE_CLASS = { from: 0.7, to: 0.95 };
/** Where the body is seen edge-on, a small error of its pose is a large one of the shade: z of the normal. */
const FACING = { from: 0.2, to: 0.6 };
/** sRGB value above which a channel may be clipped. */
const CLIPPED = { from: 0.94, to: 0.98 };
/** Linear values of a material below which a camera's noise and its black level are larger than shade. */
const DARK = { from: 0.003, to: 0.015 };
/**
 * Logarithm of brightness beside its material's by which a pixel counts a quarter: deep shadows of arms are 0.7. Collars,
 * prints and ties differ by more.
 */
const OUTLIER = 0.8;
/** Light changes all channels alike. Logarithm by which they may differ before a pixel counts half: another dye. */
const OTHER_DYE = 0.2;

/**
 * Step 1 of `SeenLight`, for own upper clothes. Red: the sum of weight × logarithm of the light beside the predicted
 * one; green: the sum of the weights, 0..1. Blue and alpha: the same for own lower clothes.
 */
export const compareLightGlsl = /* glsl */ `
  uniform sampler2D picture;
  uniform sampler2D classes;
  uniform sampler2D surface;
  uniform vec3 materials[2];
  uniform vec2 texel;
  layout(location = 0) out vec4 compared;
  ${shadeOfSurfaceGlsl}

  vec2 compare(vec3 srgb, float logShade, vec3 material) {
    vec3 usable = (1.0 - smoothstep(${CLIPPED.from}, ${CLIPPED.to}, srgb))
      * smoothstep(${Math.log(DARK.from).toFixed(4)}, ${Math.log(DARK.to).toFixed(4)}, material);
    float channels = usable.r + usable.g + usable.b;
    if (channels < 0.3) return vec2(0.0);
    vec3 logs = 2.2 * log(max(srgb, 0.002)) - material - logShade;
    float light = dot(logs, usable) / channels;
    vec3 dye = logs - light;
    float outlier = light / ${OUTLIER};
    // Geman and McClure's weight, as in \`findKeyLight\`.
    float weight = min(1.0, channels) / pow(1.0 + outlier * outlier, 2.0);
    weight /= 1.0 + dot(dye * dye, usable) / channels / ${(OTHER_DYE ** 2).toFixed(4)};
    return weight * vec2(light, 1.0);
  }

  void main() {
    compared = vec4(0.0);
    for (int i = 0; i < 4; i++) {
      vec2 place = fromTop + texel * (vec2(i % 2, i / 2) - 0.5) * 0.5;
      vec2 weights = 0.25 * smoothstep(${SURE_CLASS.from}, ${SURE_CLASS.to}, texture(classes, place).ba);
      if (weights.x + weights.y == 0.0) continue;
      vec4 here = texture(surface, vec2(place.x, 1.0 - place.y));
      vec3 normal = normalOf(here);
      weights *= smoothstep(0.6, 0.9, here.a) * smoothstep(${FACING.from}, ${FACING.to}, normal.z);
      vec3 srgb = texture(picture, place).rgb;
      float logShade = log(max(0.05, shadeOf(normal)));
      compared.rg += weights.x * compare(srgb, logShade, materials[0]);
      compared.ba += weights.y * compare(srgb, logShade, materials[1]);
    }
  }`;

/** Texels on each side that a step of the blur reads. */
const REACH_TEXELS = 9;
/** The blur is a bell curve and this share of one that is three times as wide, which fills places without samples. */
const WIDE_SHARE = 0.04;
/** Mean weight from which the result is sure. */
const SURE_WEIGHT = 0.15;
/** A level of the mipmaps beyond the last: the mean of the picture. */
const TOP_LEVEL = '16.0';
/** The smallest and largest logarithm: a deep shadow, and a bright spot. */
const RANGE = { from: -0.9, to: 0.45 };

/**
 * Step 2: blurs along `along` (the texel's size in one direction, shares of the picture). The last blur divides the
 * sums, and takes out the mean of each material: how bright its dye is was estimated some frames ago.
 */
export const blurLightGlsl = (isLast: boolean): string => /* glsl */ `
  uniform sampler2D sums;
  uniform sampler2D compared;
  uniform vec2 along;
  uniform float sigmaTexels;
  layout(location = 0) out vec4 blurred;
  void main() {
    vec4 sum = vec4(0.0);
    float total = 0.0;
    for (int i = -${REACH_TEXELS}; i <= ${REACH_TEXELS}; i++) {
      float distance = float(i) / sigmaTexels;
      float weight = exp(-0.5 * distance * distance) + ${WIDE_SHARE} * exp(-0.055 * distance * distance);
      sum += weight * texture(sums, up + float(i) * along);
      total += weight;
    }
    sum /= total;
    blurred = sum;
    ${
      isLast
        ? `vec4 all = textureLod(compared, vec2(0.5), ${TOP_LEVEL});
    vec2 means = all.rb / max(all.ga, 1e-4);
    float weight = sum.g + sum.a;
    float light = (sum.r + sum.b - dot(means, sum.ga)) / max(weight, 1e-4);
    float trust = smoothstep(0.0, ${SURE_WEIGHT}, weight);
    blurred = vec4(trust * clamp(light, ${RANGE.from}, ${RANGE.to}), trust, 0.0, 1.0);`
        : ''
    }
  }`;
