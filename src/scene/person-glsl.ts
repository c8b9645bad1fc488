/**
 * GLSL of both shaders of cloth (`reachOutline`). It declares the uniforms of `PersonOutline`, and tells what the picture
 * shows at a place in it, shares from the top left.
 */
export const personGlsl = `
  uniform sampler2D outlineClasses;
  uniform sampler2D coarseClasses;
  uniform vec4 personWeights;
  uniform bool areClassesKnown;
  // By how much cloth ends beyond the person, shares of the picture's sides from the top left; 1 where it is not cut there;
  // the cosine between its outward direction and the line of sight; the picture's scale, shares of its height for a metre.
  centroid varying vec2 looseUv;
  centroid varying float isUncut;
  centroid varying float outlineFacing;
  centroid varying float sidesPerMetre;
  vec4 classesAt(vec2 place) { return texture2D(outlineClasses, place); }
  // Size of a texel of the coarse classes, metres.
  float metresPerTexel() { return 1.0 / (sidesPerMetre * float(textureSize(coarseClasses, 0).y)); }
  // Classes blurred over a distance in any direction, metres.
  vec4 classesAround(vec2 place, float metres) {
    float texels = metres * sidesPerMetre * float(textureSize(coarseClasses, 0).y);
    return textureLod(coarseClasses, place, log2(max(1.0, texels)));
  }
  float coverageOf(vec4 likely) { return min(1.0, dot(likely, personWeights)); }`;
