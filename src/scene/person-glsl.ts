/** From and up to this looseness, metres, cloth ends at its own distance from the person, and not beyond. */
const OWN_OUTLINE_METRES = { from: 0.005, to: 0.015 };

/** Cloth that is looser than this, metres, has an outline of its own, of folds, and is not cut: a wide sleeve. */
const UNCUT_METRES = { from: 0.015, to: 0.025 };

/**
 * GLSL of both shaders of cloth (`reachOutline`). It declares the uniforms of `PersonOutline`, and tells what the picture
 * shows at a place in it, shares from the top left.
 */
export const personGlsl = `
  uniform sampler2D outlineClasses;
  uniform sampler2D coarseClasses;
  uniform vec4 personWeights;
  uniform bool areClassesKnown;
  // How much looser the cloth is than the clothes that are seen, metres, and the cosine between its outward direction
  // and the line of sight; the picture's scale, shares of its height for a metre.
  centroid varying float looseMetres;
  centroid varying vec2 looseUv;
  centroid varying float outlineFacing;
  centroid varying float sidesPerMetre;
  vec4 classesAt(vec2 place) { return texture2D(outlineClasses, place); }
  float hasOwnOutline() {
    return smoothstep(${OWN_OUTLINE_METRES.from}, ${OWN_OUTLINE_METRES.to}, looseMetres);
  }
  float isUncut() { return smoothstep(${UNCUT_METRES.from}, ${UNCUT_METRES.to}, looseMetres); }
  // Size of a texel of the coarse classes, metres.
  float metresPerTexel() { return 1.0 / (sidesPerMetre * float(textureSize(coarseClasses, 0).y)); }
  // Classes blurred over a distance in any direction, metres.
  vec4 classesAround(vec2 place, float metres) {
    float texels = metres * sidesPerMetre * float(textureSize(coarseClasses, 0).y);
    return textureLod(coarseClasses, place, log2(max(1.0, texels)));
  }
  float coverageOf(vec4 likely) { return min(1.0, dot(likely, personWeights)); }`;
