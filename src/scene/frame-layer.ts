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
import { type CameraGrain, grainGlsl } from './camera-grain.ts';
import type { DrawContext, Pass } from './pass.ts';

/** Corners of one triangle that covers the picture, 3 × (x, y, z) in clip space. */
const COVERING_TRIANGLE = new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]);

/**
 * The pass (a step of the stage's drawing) that draws the frame's image, as large as the picture and behind everything
 * else. Input: the image of each frame, upright and unmirrored, and what is seen in place of own clothes. Output: its
 * pixels with unchanged sRGB values but for own clothes, and the texture in `picture` for other passes. It keeps the texture, so that the last frame can be drawn again after its
 * image is closed.
 */
export class FrameLayer implements Pass {
  readonly layers = ['scene', 'frame'] as const;
  readonly group = new Group();
  /** Uniform with the frame's image, first row = top row, sRGB values; null before the first upload. */
  readonly picture: { value: Texture | null } = { value: null };
  readonly #mesh: Mesh<BufferGeometry, ShaderMaterial>;
  #texture: Texture | null = null;
  /** Size of the frame in `#texture`, px. */
  #width = 0;
  #height = 0;

  readonly #isCleanedShown = { value: 0 };

  /**
   * @param cleaned uniform with what is seen in place of own clothes, first row at the bottom: sRGB × alpha, and in
   * alpha by how much it replaces the image.
   * @param grain strength of the camera's noise, which what replaces the image gets.
   */
  constructor(cleaned: { value: Texture | null }, grain: CameraGrain['uniforms']) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(COVERING_TRIANGLE, 3));
    const material = new ShaderMaterial({
      uniforms: { picture: this.picture, cleaned, isCleanedShown: this.#isCleanedShown, ...grain },
      vertexShader: /* glsl */ `
        varying vec2 pictureUv;
        void main() {
          // The image's first row is its top row, and v = 0 in the texture: flip y.
          pictureUv = vec2(position.x, -position.y) * 0.5 + 0.5;
          gl_Position = vec4(position.xy, 1.0, 1.0);
        }`,
      fragmentShader: /* glsl */ `
        uniform sampler2D picture;
        uniform sampler2D cleaned;
        uniform float isCleanedShown;
        varying vec2 pictureUv;
        ${grainGlsl}
        void main() {
          vec4 instead = texture2D(cleaned, vec2(pictureUv.x, 1.0 - pictureUv.y));
          vec3 shown = texture2D(picture, pictureUv).rgb * (1.0 - instead.a * isCleanedShown) + instead.rgb * isCleanedShown;
          float drawn = instead.a * isCleanedShown;
          if (cameraGrain * drawn > 0.0) shown += drawn * grainAt(gl_FragCoord.xy);
          gl_FragColor = vec4(shown, 1.0);
        }`,
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
    });
    this.#mesh = new Mesh(geometry, material);
    this.#mesh.frustumCulled = false;
    this.group.add(this.#mesh);
  }

  /** Copies the frame's image, `width` × `height` px, to the GPU. */
  upload(renderer: WebGLRenderer, { image, width, height }: Frame): void {
    if (this.#texture === null || width !== this.#width || height !== this.#height) {
      // A texture cannot change its size after the first upload: create another.
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
    // The frame's owner closes the image: keep no reference to it.
    this.#texture.image = null;
  }

  /** Shows own clothes as they are in a picture of the frame alone. */
  prepare({ layers }: DrawContext): void {
    this.#isCleanedShown.value = layers === 'frame' ? 0 : 1;
  }

  release(): void {
    this.#texture?.dispose();
    this.#texture = null;
    this.picture.value = null;
    this.#mesh.material.dispose();
    this.#mesh.geometry.dispose();
  }
}
