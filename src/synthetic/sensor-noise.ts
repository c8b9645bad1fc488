import {
  AddEquation,
  CustomBlending,
  Mesh,
  OneFactor,
  PlaneGeometry,
  ReverseSubtractEquation,
  ShaderMaterial,
} from 'three';

/** The noise of a camera's sensor, drawn over the whole picture after everything else. */
export interface SensorNoise {
  /** To be added to the scene. */
  readonly meshes: readonly Mesh[];
  /** Selects the noise of a moment. The same moment and seed give the same noise. */
  moveTo(timeMs: number): void;
}

const vertexShader = 'void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }';

/**
 * Draws one sample for each pixel, channel and moment. PCG3D (Jarzynski and Olano, "Hash Functions for GPU Rendering",
 * 2020) hashes integers and so gives the same values on every GPU. The sum of two uniform samples has a bell-like
 * distribution.
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

/** The shader's sum of two uniform samples, −1 to 1, has a standard deviation of 1/√6: this scales it to 1. */
const BELL_WIDTH = Math.sqrt(6);
/**
 * Distance between the moments of two successive seeds: 2³² over the golden ratio, so that seeds do not share moments.
 */
const SEED_STEP = 0x9e3779b9;

/**
 * Creates noise with a standard deviation of `deviation`, a share of white. Blending cannot add values of both signs,
 * so one mesh adds the positive samples and another subtracts the negative ones.
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
