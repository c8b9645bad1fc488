import {
  BufferAttribute,
  BufferGeometry,
  ClampToEdgeWrapping,
  LinearFilter,
  Mesh,
  NoColorSpace,
  ShaderMaterial,
  Texture,
  type WebGLRenderer,
} from 'three';
import type { Frame } from '../capture/frame-source.ts';

/** One triangle that covers the picture. */
const COVER = new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]);

/**
 * The camera's picture behind everything, its colours passed through untouched: no conversion on the way in, none on the
 * way out. The picture's copy on the GPU outlives the frame, so that the last frame can be drawn again.
 */
export class FrameLayer {
  readonly mesh: Mesh;
  /** The picture, for whatever else shows it. */
  readonly picture: { value: Texture | null } = { value: null };
  private readonly material: ShaderMaterial;
  private texture: Texture | null = null;
  private width = 0;
  private height = 0;

  constructor() {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(COVER, 3));
    this.material = new ShaderMaterial({
      uniforms: { picture: this.picture },
      vertexShader: /* glsl */ `
        varying vec2 place;
        void main() {
          // Rows of a picture run downwards, and pictures upload as they are: flipped here.
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
    this.mesh = new Mesh(geometry, this.material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = -1;
  }

  /** Copies the frame's image to the GPU. */
  upload(renderer: WebGLRenderer, { image, width, height }: Frame): void {
    if (this.texture === null || width !== this.width || height !== this.height) {
      // Storage on the GPU is made once for one size.
      this.texture?.dispose();
      this.texture = new Texture();
      this.texture.colorSpace = NoColorSpace;
      this.texture.generateMipmaps = false;
      this.texture.minFilter = LinearFilter;
      this.texture.magFilter = LinearFilter;
      this.texture.wrapS = this.texture.wrapT = ClampToEdgeWrapping;
      this.texture.flipY = false;
      this.width = width;
      this.height = height;
      this.picture.value = this.texture;
    }
    this.texture.image = image;
    this.texture.needsUpdate = true;
    renderer.initTexture(this.texture);
    // The image goes back to its owner.
    this.texture.image = null;
  }

  dispose(): void {
    this.texture?.dispose();
    this.texture = null;
    this.picture.value = null;
    this.material.dispose();
    this.mesh.geometry.dispose();
  }
}
