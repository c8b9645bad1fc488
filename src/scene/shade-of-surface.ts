/**
 * GLSL text of `shadeOf(normal)`: the share of light that a surface of the body returns, about 0.3..1, by its normal in
 * camera space. A Lambert term of the key light and a hemisphere, in the proportions in which `RoomLight` lights cloth.
 * The including shader declares the uniform `lightDirection`, from the body to the light, length 1.
 */
export const shadeOfSurfaceGlsl = /* glsl */ `
  float shadeOf(vec3 normal) {
    float sky = mix(0.28, 0.66, 0.5 + 0.5 * normal.y);
    return sky + 0.5 * max(0.0, dot(normal, lightDirection));
  }
  // The normal of a texel of \`BodySurface\`; where there is no body, a surface that faces the camera.
  vec3 normalOf(vec4 surface) {
    if (surface.a < 0.25) return vec3(0.0, 0.0, 1.0);
    vec2 xy = surface.xy * 2.0 - 1.0;
    return normalize(vec3(xy, sqrt(max(0.02, 1.0 - dot(xy, xy)))));
  }`;
