/**
 * GLSL of a fragment shader of three.js's: `tiltNormal(normal, rise)` is the normal of a surface on which a relief lies.
 * `normal` is the surface's, of length 1, and `rise` the relief's height in metres, by how much it differs to the next
 * pixel to the right and to the one above. (Mikkelsen 2010, "Bump Mapping Unparametrized Surfaces on the GPU".)
 */
export const tiltNormalGlsl = /* glsl */ `
  vec3 tiltNormal(vec3 normal, vec2 rise) {
    vec3 toRight = -dFdx(vViewPosition);
    vec3 upwards = -dFdy(vViewPosition);
    vec3 acrossUpwards = cross(upwards, normal);
    float area = dot(toRight, acrossUpwards);
    vec3 tilt = sign(area) * (rise.x * acrossUpwards + rise.y * cross(normal, toRight));
    return normalize(abs(area) * normal - tilt);
  }`;
