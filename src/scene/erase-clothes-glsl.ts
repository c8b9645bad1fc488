import { bodyAreas } from './body-areas.ts';
import { shadeOfSurfaceGlsl } from './shade-of-surface.ts';

/** Code of an area in shaders. */
const code = (area: (typeof bodyAreas)[number]): number => bodyAreas.indexOf(area);

/** Mip level of the coarse classes that tells how near own clothes are where their colour may bleed: about 3 texels. */
const BLEED_LEVEL = 1.5;
/** Mean of own clothes there, 0..1, from which and up to which the bleeding colour is taken out. */
const BLEED = { from: 0.02, to: 0.12 };
/** Distance towards own clothes, texels of the coarse classes, at which their colour is read: within their edge. */
const INWARDS_TEXELS = 4;
/** Most of the colour of own clothes that a pixel beside them can have: at their edge, half. */
const MOST_BLEED = 0.5;

/**
 * GLSL of the fragment shader that draws what is seen in place of own clothes: sRGB × alpha, and alpha 0..1. Its inputs
 * are those of `PictureScene`, and the uniforms of `OwnClothes`.
 *
 * 1. A pixel is own clothes by the largest probability around it, so that no rim of the old colour is left.
 * 2. It lies on the body, in its shell, or beside both. In the shell it counts as body if the own clothes end within
 *    the shell: they are tight there. Otherwise they hang loose, and the background shows.
 *    Along the outline of a part that a worn garment covers it shows too: a rim of skin beside cloth is never seen.
 * 3. On the body it becomes skin; on hips and legs that only upper clothes are erased from, lower clothes.
 * 4. Its light is the one that the cloth that is erased was seen in (`PictureColours`).
 * 5. Background beside own clothes keeps its brightness, and loses their colour, which bleeds: cameras and films store
 *    colour at half the resolution of brightness, or less.
 */
export const eraseClothesGlsl = /* glsl */ `
  uniform sampler2D picture;
  uniform sampler2D classes;
  uniform sampler2D coarseClasses;
  uniform sampler2D plate;
  uniform sampler2D surface;
  uniform sampler2D behind;
  uniform sampler2D bare;
  uniform sampler2D clothDistance;
  uniform vec3 erased;
  uniform sampler2D erasedPlaces;
  uniform vec2 shellUv;
  uniform vec2 spreadUv;
  layout(location = 0) out vec4 cleaned;
  ${shadeOfSurfaceGlsl}

  // Probabilities of upper and of lower clothes that are erased.
  vec2 ownAt(vec2 place) { return texture(classes, place).ba * erased.xy; }

  vec3 backgroundHere() {
    vec4 known = texture(plate, up);
    return mix(texture(behind, up).rgb, known.rgb, smoothstep(0.6, 0.95, known.a));
  }

  vec3 chromaOf(vec3 colour) { return colour - dot(colour, vec3(0.299, 0.587, 0.114)); }

  float ownAround(vec2 place) { return dot(textureLod(coarseClasses, place, ${BLEED_LEVEL}).ba * erased.xy, vec2(1.0)); }

  // Step 5: the picture without the colour of own clothes beside it, sRGB.
  vec3 takeOutBleed() {
    vec3 here = texture(picture, fromTop).rgb;
    vec2 right = vec2(spreadUv.x, 0.0);
    vec2 down = vec2(0.0, spreadUv.y);
    vec2 rise = vec2(ownAround(fromTop + right) - ownAround(fromTop - right), ownAround(fromTop + down) - ownAround(fromTop - down));
    vec2 inwards = ${INWARDS_TEXELS}.0 * spreadUv * normalize(rise + 1e-6);
    vec3 background = chromaOf(backgroundHere());
    vec3 towardsOwn = chromaOf(texture(picture, fromTop + inwards).rgb) - background;
    float bleed = dot(chromaOf(here) - background, towardsOwn) / max(dot(towardsOwn, towardsOwn), 1e-3);
    return clamp(here - clamp(bleed, 0.0, ${MOST_BLEED}) * towardsOwn, 0.0, 1.0);
  }

  vec4 erase(vec2 own, float share, vec4 likely) {
    vec4 here = texture(surface, up);
    ivec2 last = textureSize(surface, 0) - 1;
    int area = int(texelFetch(surface, ivec2(up * vec2(last) + 0.5), 0).b * 255.0 + 0.5);
    float onBody = smoothstep(0.62, 0.88, here.a);
    vec3 normal = normalOf(here);
    vec2 beyond = up + normalize(normal.xy + 1e-5) * shellUv;
    // Beyond the outline of one part another part may follow: the trunk beyond an arm.
    float isOuter = 1.0 - smoothstep(0.62, 0.88, texture(surface, beyond).a);
    float loose = dot(ownAt(vec2(beyond.x, 1.0 - beyond.y)), vec2(1.0)) * isOuter;
    onBody = max(onBody, smoothstep(0.25, 0.45, here.a) * (1.0 - smoothstep(0.3, 0.6, loose)));
    // The outline of the person stays, though own clothes spread over it.
    onBody *= smoothstep(0.3, 0.7, dot(likely, vec4(1.0)));
    // Along an outline with a worn garment on its inner side alone the garment is what reaches to the outline. With
    // cloth on both sides the garment only frames a bare part: an arm that comes out of a sleeve towards the camera.
    float isCovered = smoothstep(0.3, 0.7, texture(clothDistance, up - normal.xy * shellUv).a);
    isCovered *= 1.0 - smoothstep(0.3, 0.7, texture(clothDistance, beyond).a);
    onBody *= 1.0 - smoothstep(0.5, 0.8, length(normal.xy)) * isCovered * isOuter;
    bool isUpper = own.x >= own.y;
    vec2 places = texture(erasedPlaces, fromTop).rg;
    share *= isUpper ? places.r : places.g;
    bool isTrunk = area == ${code('trunk')} || area == ${code('neck')} || area == ${code('hips')};
    if (isUpper && isTrunk && onBody > 0.5) share *= erased.z;
    vec3 colour = backgroundHere();
    vec4 skin = texture(bare, up);
    // Without any skin in the picture the own clothes stay.
    share *= mix(1.0, min(1.0, skin.a), onBody);
    colour = mix(colour, pow(clamp(skin.rgb * shadeOf(normal), 0.0, 1.0), vec3(1.0 / 2.2)), onBody);
    return vec4(colour * share, share);
  }

  void main() {
    vec4 likely = texture(classes, fromTop);
    vec2 own = likely.ba * erased.xy;
    vec2 right = vec2(spreadUv.x, 0.0);
    vec2 down = vec2(0.0, spreadUv.y);
    own = max(own, max(
      max(ownAt(fromTop + right), ownAt(fromTop - right)),
      max(ownAt(fromTop + down), ownAt(fromTop - down))
    ));
    // Hair and bare skin keep their own edges against it.
    float share = smoothstep(0.1, 0.4, own.x + own.y) * (1.0 - smoothstep(0.75, 0.97, likely.r + likely.g));
    cleaned = vec4(0.0);
    // Once, where own clothes are. A renderer without a GPU runs both sides of a condition for all pixels, but leaves a
    // loop that has nothing to do.
    for (float done = 0.0; done < share; done += 1.0) cleaned = erase(own, share, likely);
    // Pixels of the person keep their colour: own clothes that stay, too.
    float beside = smoothstep(${BLEED.from}, ${BLEED.to}, ownAround(fromTop))
      * (1.0 - smoothstep(0.05, 0.3, dot(likely, vec4(1.0)))) * (1.0 - cleaned.a);
    for (float done = 0.0; done < beside; done += 1.0) cleaned += beside * vec4(takeOutBleed(), 1.0);
  }`;
