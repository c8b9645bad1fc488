import { shadeOfSurfaceGlsl } from './shade-of-surface.ts';

/**
 * Probability of a class, as a mean over 4 × 4 px of the mask, between which a pixel begins to count and counts in full.
 * Along the edge of dark clothes pixels that mix with a bright background look like bright light.
 */
const SURE_CLASS = { from: 0.8, to: 0.97 };
const CLASS_LEVEL = '2.0';
/** Where the body is seen edge-on, a small error of its pose is a large one of the shade: z of the normal. */
const FACING = { from: 0.2, to: 0.6 };
/** Linear values of a material below which sheen, a camera's noise and its black level are larger than shade. */
const DARK = { from: 0.01, to: 0.04 };
/**
 * Logarithm of brightness beside its material's by which a pixel counts a quarter: deep shadows of arms are 0.7. Collars,
 * prints and ties differ by more.
 */
const OUTLIER = 0.8;
/**
 * Light changes all channels alike. Logarithm by which they may differ, each weighted by its share of the material,
 * before a pixel counts half: another dye.
 */
const OTHER_DYE = 0.12;

/**
 * Step 1 of `SeenLight`, for own upper clothes. Red: the sum of weight × logarithm of the light beside the predicted
 * one; green: the sum of the weights, 0..1. Blue and alpha: the same for own lower clothes. `usual`: the same with the
 * weights' squares, for the mean over all clothes: other dyes hardly change it.
 */
export const compareLightGlsl = /* glsl */ `
  uniform sampler2D picture;
  uniform sampler2D classes;
  uniform sampler2D surface;
  uniform vec3 materials[2];
  uniform vec2 texel;
  layout(location = 0) out vec4 compared;
  layout(location = 1) out vec4 usual;
  ${shadeOfSurfaceGlsl}

  // A material's large channels count, by its colour: cameras that boost saturation exaggerate shade in small ones.
  vec2 compare(vec3 srgb, float logShade, vec3 logMaterial) {
    vec3 material = exp(logMaterial);
    vec3 share = material / (material.r + material.g + material.b);
    float brightness = dot(share, material);
    float isBright = smoothstep(${DARK.from}, ${DARK.to}, brightness);
    if (isBright == 0.0) return vec2(0.0);
    vec3 linear = pow(max(srgb, 0.002), vec3(2.2));
    float light = log(dot(share, linear) / brightness);
    vec3 dye = share * (log(linear) - logMaterial - light);
    float outlier = (light - logShade) / ${OUTLIER};
    // Geman and McClure's weight, as in \`findKeyLight\`.
    float weight = isBright / pow(1.0 + outlier * outlier, 2.0);
    weight /= 1.0 + dot(dye, dye) / ${(OTHER_DYE ** 2).toFixed(4)};
    return weight * vec2(light - logShade, 1.0);
  }

  void main() {
    compared = usual = vec4(0.0);
    for (int i = 0; i < 4; i++) {
      vec2 place = fromTop + texel * (vec2(i % 2, i / 2) - 0.5) * 0.5;
      vec2 weights = 0.25 * smoothstep(${SURE_CLASS.from}, ${SURE_CLASS.to}, textureLod(classes, place, ${CLASS_LEVEL}).ba);
      if (weights.x + weights.y == 0.0) continue;
      vec4 here = texture(surface, vec2(place.x, 1.0 - place.y));
      vec3 normal = normalOf(here);
      weights *= smoothstep(0.6, 0.9, here.a) * smoothstep(${FACING.from}, ${FACING.to}, normal.z);
      vec3 srgb = texture(picture, place).rgb;
      float logShade = log(max(0.05, shadeOf(normal)));
      vec4 both = vec4(compare(srgb, logShade, materials[0]), compare(srgb, logShade, materials[1])) * weights.xxyy;
      compared += both;
      usual += both * both.ggaa;
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
const RANGE = { from: -0.9, to: 0.25 };

/**
 * Step 2: blurs along `along` (the texel's size in one direction, shares of the picture). The last blur divides the
 * sums, and takes out the mean of each material: how bright its dye is was estimated some frames ago. It then moves the
 * result of the frame before towards its own by the share `isNew`.
 */
export const blurLightGlsl = (isLast: boolean): string => /* glsl */ `
  uniform sampler2D sums;
  uniform sampler2D usual;
  uniform vec2 along;
  uniform float sigmaTexels;
  uniform sampler2D before;
  uniform float isNew;
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
        ? `vec4 all = textureLod(usual, vec2(0.5), ${TOP_LEVEL});
    vec2 means = all.rb / max(all.ga, 1e-5);
    float weight = sum.g + sum.a;
    float light = (sum.r + sum.b - dot(means, sum.ga)) / max(weight, 1e-4);
    float trust = smoothstep(0.0, ${SURE_WEIGHT}, weight);
    vec4 now = vec4(trust * clamp(light, ${RANGE.from}, ${RANGE.to}), trust, 0.0, 1.0);
    blurred = mix(texture(before, up), now, isNew);`
        : ''
    }
  }`;
