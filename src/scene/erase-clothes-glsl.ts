import { bodyAreas } from './body-areas.ts';
import { spreadGlsl } from './picture-colours.ts';
import { shadeOfSurfaceGlsl } from './shade-of-surface.ts';

/** Code of an area in shaders. */
const code = (area: (typeof bodyAreas)[number]): number => bodyAreas.indexOf(area);

/**
 * GLSL of the fragment shader that draws what is seen in place of own clothes: sRGB colour, and alpha 0..1. Its inputs
 * are those of `PictureScene`, and the uniforms of `OwnClothes`.
 *
 * 1. A pixel is own clothes by the largest probability around it, so that no rim of the old colour is left.
 * 2. It lies on the body, in its shell, or beside both. In the shell it counts as body if the own clothes end within
 *    the shell: they are tight there. Otherwise they hang loose, and the background shows.
 *    Along the outline of a part that a worn garment covers it shows too: a rim of skin beside cloth is never seen.
 * 3. On the body it becomes skin; on hips and legs that only upper clothes are erased from, lower clothes.
 * 4. Its light is that of the cloth that is erased: the cloth's own brightness there, relative to its mean, is the true
 *    light on that very surface.
 */
export const eraseClothesGlsl = /* glsl */ `
  uniform sampler2D picture;
  uniform sampler2D classes;
  uniform sampler2D plate;
  uniform sampler2D surface;
  uniform sampler2D background;
  uniform sampler2D skin;
  uniform sampler2D upper;
  uniform sampler2D lower;
  uniform sampler2D clothDistance;
  uniform vec3 lightDirection;
  uniform vec3 erased;
  uniform float areaShares[${bodyAreas.length}];
  uniform vec2 shellUv;
  uniform vec2 spreadUv;
  layout(location = 0) out vec4 cleaned;
  ${shadeOfSurfaceGlsl}
  ${spreadGlsl}

  // Probabilities of upper and of lower clothes that are erased.
  vec2 ownAt(vec2 place) { return texture(classes, place).ba * erased.xy; }

  // Light on the erased cloth, relative to the mean of that cloth.
  float lightOf(sampler2D cloth) {
    const vec3 luminance = vec3(0.2126, 0.7152, 0.0722);
    vec4 mean = textureLod(cloth, vec2(0.5), topLevel);
    vec4 here = textureLod(cloth, up, 1.5);
    float meanLight = dot(mean.rgb, luminance) / max(mean.a, 1e-4);
    float light = dot(here.rgb, luminance) / max(here.a, 1e-4) / max(meanLight, 1e-4);
    // Black cloth shows no light, and a few pixels show little.
    float trust = smoothstep(0.004, 0.02, meanLight) * smoothstep(0.02, 0.2, here.a);
    return mix(1.0, clamp(light, 0.35, 1.7), trust);
  }

  void main() {
    vec4 likely = texture(classes, fromTop);
    vec2 own = likely.ba * erased.xy;
    for (int i = 0; i < 4; i++) {
      float sign = i < 2 ? 1.0 : -1.0;
      own = max(own, ownAt(fromTop + sign * spreadUv * vec2(i % 2 == 0, i % 2 == 1)));
    }
    // Hair and bare skin keep their own edges against it.
    float share = smoothstep(0.1, 0.4, own.x + own.y) * (1.0 - smoothstep(0.4, 0.8, likely.r + likely.g));
    cleaned = vec4(0.0);
    if (share <= 0.0) return;

    vec4 here = texture(surface, up);
    ivec2 last = textureSize(surface, 0) - 1;
    int area = int(texelFetch(surface, ivec2(up * vec2(last) + 0.5), 0).b * 255.0 + 0.5);
    float onBody = smoothstep(0.62, 0.88, here.a);
    vec3 normal = normalOf(here);
    if (here.a > 0.25 && onBody < 1.0) {
      vec2 outwards = normalize(normal.xy + 1e-5);
      vec2 beyond = up + outwards * shellUv;
      float loose = dot(ownAt(vec2(beyond.x, 1.0 - beyond.y)), vec2(1.0))
        * (1.0 - smoothstep(0.62, 0.88, texture(surface, beyond).a));
      onBody = max(onBody, smoothstep(0.25, 0.45, here.a) * (1.0 - smoothstep(0.3, 0.6, loose)));
    }
    // The outline of the person stays, though own clothes spread over it.
    onBody *= smoothstep(0.3, 0.7, dot(likely, vec4(1.0)));
    // Along an outline with a worn garment on its inner side the garment is what reaches to the outline.
    vec2 inwards = up - normal.xy * shellUv;
    onBody *= 1.0 - smoothstep(0.5, 0.8, length(normal.xy)) * smoothstep(0.3, 0.7, texture(clothDistance, inwards).a);
    // Own clothes on a part of the body that is kept stay; beside the body those of the trunk decide.
    share *= here.a > 0.25 ? areaShares[area] : areaShares[${code('trunk')}];
    bool isUpper = own.x >= own.y;
    bool isTrunk = area == ${code('trunk')} || area == ${code('hips')};
    if (isUpper && isTrunk && onBody > 0.5) share *= erased.z;
    if (share <= 0.0) return;

    vec3 behind = spread(background, up).rgb;
    vec4 known = texture(plate, up);
    behind = mix(behind, known.rgb, smoothstep(0.6, 0.95, known.a));
    vec3 colour = behind;
    if (onBody > 0.0) {
      bool isBelowWaist = area == ${code('hips')} || area == ${code('leftLeg')} || area == ${code('rightLeg')};
      bool continues = isUpper && isBelowWaist && erased.y < 0.5;
      vec4 bare = continues ? spread(lower, up) : vec4(0.0);
      if (bare.a == 0.0) bare = spread(skin, up);
      float light = shadeOf(normal) * (isUpper ? lightOf(upper) : lightOf(lower));
      // Without any skin in the picture the own clothes stay.
      share *= mix(1.0, bare.a, onBody);
      colour = mix(behind, pow(clamp(bare.rgb * light, 0.0, 1.0), vec3(1.0 / 2.2)), onBody);
    }
    cleaned = vec4(colour, share);
  }`;
