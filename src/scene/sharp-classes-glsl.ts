/**
 * GLSL of the fragment shader that computes `SharpClasses`: joint bilateral upsampling (Kopf et al. 2007) of the classes
 * with the frame's image as guide. Its inputs are those of `PictureScene`.
 *
 * 1. Where the classes around a pixel are sure and the same, that class is the result: most pixels end here.
 * 2. Otherwise texels of the classes around the pixel vote. A texel counts more the nearer it is, the more like the
 *    pixel the image is there, and the surer its class is: texels on the coarse edge itself hardly count.
 * 3. Colours count relative to their spread around the pixel. So a pixel that mixes the colours of both sides of an edge
 *    gets about the share of each side, in strong and in weak contrast.
 */

/**
 * Offsets of the texels that vote, from the corner between the four texels around the pixel. They reach beyond the
 * error of the coarse edge, one texel, and its blur, one texel, so that both sides have sure votes. The four texels in
 * the middle are left out: where a pixel needs votes, they are on the coarse edge.
 */
const OFFSETS = [
  [-1.5, -0.5],
  [-1.5, 0.5],
  [1.5, -0.5],
  [1.5, 0.5],
  [-0.5, -1.5],
  [0.5, -1.5],
  [-0.5, 1.5],
  [0.5, 1.5],
  [-2.5, -0.5],
  [2.5, 0.5],
  [0.5, -2.5],
  [-0.5, 2.5],
] as const;
const VOTES = OFFSETS.length;
/** Mip level of the classes that tells whether the texels around a pixel are of one class: it blends 4 × 4 texels. */
const PURE_LEVEL = 1;
/** Probability there, 0..1, above which they are. */
const PURE = 0.94;
/** Standard deviation of the weight by distance, texels: as far as the votes reach, since colour decides. */
const NEAR_TEXELS = 2.5;
/**
 * Standard deviation of the weight by colour, as a share of the colours' own deviation around the pixel. With 1/2 to 1
 * the votes of two even sides follow the share of a mixed pixel; the smaller, the better several colours on one side
 * are told apart.
 */
const COLOUR_SHARE = 0.6;
/** Least deviation of colours, sRGB 0..1: a camera's noise. */
const NOISE = 0.03;
/** Votes of the weaker side below this share are the tail of the weights by colour, not a mixed pixel. */
const TAIL = 0.06;

const glslOffsets = OFFSETS.map(([x, y]) => `vec2(${x.toFixed(1)}, ${y.toFixed(1)})`).join(', ');

export const sharpClassesGlsl = /* glsl */ `
  uniform sampler2D picture;
  uniform sampler2D classes;
  layout(location = 0) out vec4 sharp;
  const vec2 offsets[${VOTES}] = vec2[](${glslOffsets});

  // The largest probability, that of the background included.
  float sureness(vec4 likely) {
    return max(max(max(likely.r, likely.g), max(likely.b, likely.a)), 1.0 - dot(likely, vec4(1.0)));
  }

  vec4 voteHere() {
    vec2 size = vec2(textureSize(classes, 0));
    vec2 pictureSize = vec2(textureSize(picture, 0));
    vec3 here = texelFetch(picture, ivec2(up * pictureSize), 0).rgb;
    vec2 corner = floor(up * size + 0.5);
    vec3 colours[${VOTES}];
    vec3 mean = vec3(0.0);
    float square = 0.0;
    float nearest = 4.0;
    for (int i = 0; i < ${VOTES}; i++) {
      vec2 place = clamp((corner + offsets[i]) / size, vec2(0.0), vec2(0.999));
      vec3 colour = texelFetch(picture, ivec2(place * pictureSize), 0).rgb;
      colours[i] = colour - here;
      mean += colour;
      square += dot(colour, colour);
      nearest = min(nearest, dot(colours[i], colours[i]));
    }
    mean /= ${VOTES}.0;
    float variance = ${COLOUR_SHARE * COLOUR_SHARE} * (square / ${VOTES}.0 - dot(mean, mean));
    float perVariance = 0.5 / max(${NOISE * NOISE}, variance);
    vec4 sum = vec4(0.0);
    float weights = 1e-6;
    for (int i = 0; i < ${VOTES}; i++) {
      ivec2 texel = ivec2(clamp(corner + offsets[i], vec2(0.0), size - 1.0));
      vec4 vote = texelFetch(classes, texel, 0);
      vec2 texels = vec2(texel) + 0.5 - up * size;
      float weight = (0.02 + smoothstep(0.5, 0.9, sureness(vote)))
        * exp((nearest - dot(colours[i], colours[i])) * perVariance
          - dot(texels, texels) * ${(0.5 / NEAR_TEXELS ** 2).toFixed(4)});
      sum += weight * vote;
      weights += weight;
    }
    return clamp((sum / weights - ${TAIL}) / ${1 - 2 * TAIL}, 0.0, 1.0);
  }

  void main() {
    // The first row of this target is the top row of the picture.
    sharp = textureLod(classes, up, ${PURE_LEVEL}.0);
    // Once, along edges. A renderer without a GPU runs both sides of a condition for all pixels, but leaves a loop that
    // has nothing to do.
    for (float done = sureness(sharp); done <= ${PURE}; done += 1.0) sharp = voteHere();
  }`;
