import {
  AddEquation,
  CustomBlending,
  Mesh,
  OneFactor,
  PlaneGeometry,
  ReverseSubtractEquation,
  ShaderMaterial,
} from 'three';

/** Noise over the whole picture, drawn last. */
export interface SensorNoise {
  readonly meshes: readonly Mesh[];
  moveTo(timeMs: number): void;
}

const vertexShader = 'void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }';

/**
 * One sample for each pixel, channel and moment. PCG3D is a hash of integers and so the same on every GPU (Jarzynski and
 * Olano, "Hash Functions for GPU Rendering", 2020). The sum of its two halves falls off to both sides like a bell.
 */
const fragmentShader = `
uniform uint moment;
uniform float amplitude;
uvec3 pcg3d(uvec3 v) {
  v = v * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return v;
}
void main() {
  uvec3 bits = pcg3d(uvec3(uvec2(gl_FragCoord.xy), moment));
  vec3 bell = (vec3(bits & 0xffffu) + vec3(bits >> 16u)) / 65535.0 - 1.0;
  gl_FragColor = vec4(max(amplitude * bell, 0.0), 0.0);
}`;

/** The sum of two even distributions of width 1 has a deviation of 1/√6. */
const BELL_WIDTH = Math.sqrt(6);
/** Moments of one seed lie this far from those of the next. */
const SEED_STEP = 0x9e3779b9;

/** `deviation` as a share of white. What it takes away and what it adds are drawn one after the other, as blending knows no sign. */
export function createSensorNoise(deviation: number, seed: number): SensorNoise {
  const moment = { value: 0 };
  const plane = new PlaneGeometry(2, 2);
  const meshes = [1, -1].map((sign) => {
    const material = new ShaderMaterial({
      vertexShader,
      fragmentShader,
      uniforms: { moment, amplitude: { value: sign * deviation * BELL_WIDTH } },
      transparent: true,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneFactor,
      blendEquation: sign > 0 ? AddEquation : ReverseSubtractEquation,
      blendEquationAlpha: AddEquation,
    });
    const mesh = new Mesh(plane, material);
    mesh.frustumCulled = false;
    return mesh;
  });
  return {
    meshes,
    moveTo: (timeMs) => {
      moment.value = (Math.round(1000 * timeMs) + Math.imul(seed, SEED_STEP)) >>> 0;
    },
  };
}
