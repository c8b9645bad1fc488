import {
  BufferAttribute,
  BufferGeometry,
  ClampToEdgeWrapping,
  Group,
  LinearFilter,
  Mesh,
  NoColorSpace,
  ShaderMaterial,
  Texture,
  type WebGLRenderer,
} from 'three';
import type { Frame } from '../capture/frame-source.ts';
import type { Pass } from './pass.ts';

/** One triangle that covers the picture, in clip space. */
const COVER = new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]);

/**
 * The pass of the camera's picture, behind everything else. Colours pass through untouched: they are converted neither
 * on upload nor on drawing. The texture outlives the frame's image, so that the last frame can be drawn again.
 */
export class FrameLayer implements Pass {
  readonly layers = ['scene', 'frame'] as const;
  readonly group = new Group();
  /** The picture as a uniform, for other shaders that show it. */
  readonly picture: { value: Texture | null } = { value: null };
  readonly #mesh: Mesh<BufferGeometry, ShaderMaterial>;
  #texture: Texture | null = null;
  #width = 0;
  #height = 0;

  constructor() {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(COVER, 3));
    const material = new ShaderMaterial({
      uniforms: { picture: this.picture },
      vertexShader: /* glsl */ `
        varying vec2 place;
        void main() {
          // Rows of a picture run downwards and are uploaded in that order: flip them here.
          place = vec2(position.x, -position.y) * 0.5 + 0.5;
          gl_Position = vec4(position.xy, 1.0, 1.0);
        }`,
      fragmentShader: /* glsl */ `
        uniform sampler2D picture;
        varying vec2 place;
        void main() { gl_FragColor = vec4(texture2D(picture, place).rgb, 1.0); }`,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
    });
    this.#mesh = new Mesh(geometry, material);
    this.#mesh.frustumCulled = false;
    this.group.add(this.#mesh);
  }

  upload(renderer: WebGLRenderer, { image, width, height }: Frame): void {
    if (this.#texture === null || width !== this.#width || height !== this.#height) {
      // A texture keeps the size of its first upload.
      this.#texture?.dispose();
      this.#texture = new Texture();
      this.#texture.colorSpace = NoColorSpace;
      this.#texture.generateMipmaps = false;
      this.#texture.minFilter = LinearFilter;
      this.#texture.magFilter = LinearFilter;
      this.#texture.wrapS = this.#texture.wrapT = ClampToEdgeWrapping;
      this.#texture.flipY = false;
      this.#width = width;
      this.#height = height;
      this.picture.value = this.#texture;
    }
    this.#texture.image = image;
    this.#texture.needsUpdate = true;
    renderer.initTexture(this.#texture);
    // The image is its owner's to close.
    this.#texture.image = null;
  }

  release(): void {
    this.#texture?.dispose();
    this.#texture = null;
    this.picture.value = null;
    this.#mesh.material.dispose();
    this.#mesh.geometry.dispose();
  }
}
