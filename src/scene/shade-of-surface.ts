import { SKY_LEAN } from './find-key-light.ts';

/**
 * GLSL text of `shadeOf(normal)`: the light on a surface of the body by its normal in camera space, as a share of the
 * mean light on surfaces that face the camera. It is the light in which `RoomLight` draws cloth. The text declares
 * its uniforms, which are `RoomLight.uniforms`.
 */
export const shadeOfSurfaceGlsl = /* glsl */ `
  uniform float ambientLight;
  uniform vec3 keyLight;
  float shadeOf(vec3 normal) {
    return ambientLight * (1.0 + ${SKY_LEAN} * normal.y) + max(0.0, dot(keyLight, normal));
  }
  // The normal of a texel of \`BodySurface\`; where there is no body, a surface that faces the camera.
  vec3 normalOf(vec4 surface) {
    if (surface.a < 0.25) return vec3(0.0, 0.0, 1.0);
    vec2 xy = surface.xy * 2.0 - 1.0;
    return normalize(vec3(xy, sqrt(max(0.02, 1.0 - dot(xy, xy)))));
  }`;
