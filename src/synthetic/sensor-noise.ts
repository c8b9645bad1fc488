import {
  AddEquation,
  CustomBlending,
  Mesh,
  OneFactor,
  PlaneGeometry,
  ReverseSubtractEquation,
  ShaderMaterial,
} from 'three';

/** The noise of a camera's sensor: meshes that cover the whole picture and are drawn after everything else. */
export interface SensorNoise {
  /** The caller adds them to the scene, and disposes of their geometries and materials. */
  readonly meshes: readonly Mesh[];
  /** Selects the noise for a time. The same time and seed give the same noise. */
  moveTo(timeMs: number): void;
}

const vertexShader = 'void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }';

/**
 * Computes one noise sample for each pixel, channel and `moment`, an integer made of time and seed. It writes the
 * sample times `amplitude` where that is positive, and 0 elsewhere. PCG3D (Jarzynski and Olano, "Hash Functions for GPU
 * Rendering", 2020) hashes integers and so gives the same values on every GPU. The sum of two uniform samples has a
 * bell-like distribution.
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

/** Factor on the shader's sum of two uniform samples, −1..1, whose standard deviation is 1/√6, to make it 1. */
const BELL_WIDTH = Math.sqrt(6);
/**
 * Difference between the values of `moment` for two successive seeds: 2³² over the golden ratio, so that two seeds do
 * not give the same noise at different times.
 */
const SEED_STEP = 0x9e3779b9;

/**
 * Creates noise for a scene.
 *
 * Blending cannot add values of both signs, so one mesh adds the positive samples and another subtracts the negative
 * ones.
 *
 * @param deviation standard deviation of the noise as a share of white in the picture's values, 0..1.
 * @param seed an integer.
 */
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
