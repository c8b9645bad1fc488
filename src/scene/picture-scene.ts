import {
  BufferAttribute,
  BufferGeometry,
  GLSL3,
  type IUniform,
  Mesh,
  NoBlending,
  OrthographicCamera,
  ShaderMaterial,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';

/** Corners of one triangle that covers the picture, 3 × (x, y, z) in clip space. */
const COVERING_TRIANGLE = new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]);

/**
 * Computes a whole render target by a fragment shader. The shader is GLSL ES 3.0 and declares its outputs. It has these
 * two inputs: `up`, the place 0..1 from the bottom left, for render targets; and `fromTop`, the same place from the top
 * left, for the camera's image, masks and classes.
 */
export class PictureScene {
  readonly #camera = new OrthographicCamera();
  readonly #mesh: Mesh<BufferGeometry, ShaderMaterial>;

  /** @param uniforms read at each `draw`; `fragmentShader`: GLSL without the two inputs. */
  constructor(uniforms: Record<string, IUniform>, fragmentShader: string) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(COVERING_TRIANGLE, 3));
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      uniforms,
      vertexShader: /* glsl */ `
        out vec2 up;
        void main() {
          up = position.xy * 0.5 + 0.5;
          gl_Position = vec4(position.xy, 0.0, 1.0);
        }`,
      fragmentShader: `in vec2 up;\n#define fromTop vec2(up.x, 1.0 - up.y)\n${fragmentShader}`,
      blending: NoBlending,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
    });
    this.#mesh = new Mesh(geometry, material);
    this.#mesh.frustumCulled = false;
  }

  /** Draws into `target`, within its scissor rectangle if its scissor test is on. */
  draw(renderer: WebGLRenderer, target: WebGLRenderTarget): void {
    const { autoClear } = renderer;
    renderer.autoClear = false;
    renderer.setRenderTarget(target);
    renderer.render(this.#mesh, this.#camera);
    renderer.setRenderTarget(null);
    renderer.autoClear = autoClear;
  }

  /** Begins to compile the shader for drawing into a render target. */
  compile(renderer: WebGLRenderer): void {
    renderer.compile(this.#mesh, this.#camera);
  }

  release(): void {
    this.#mesh.geometry.dispose();
    this.#mesh.material.dispose();
  }
}
