import { BufferAttribute, BufferGeometry, Group, Mesh, ShaderMaterial, type Texture, Vector2 } from 'three';
import type { PosedBody } from '../body/body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { coverInPart } from './cover-in-part.ts';
import type { DrawContext, Pass } from './pass.ts';

const { head, hips } = boneIndex;
/** Corners of a square, 4 × (x, y, z). */
const SQUARE = new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]);
const SQUARE_TRIANGLES = [0, 1, 2, 2, 1, 3];
/** How far hair reaches from the head's joint, as a share of the distance from there to the hips' joint. */
const HAIR_LENGTH = 1;
/** Share of hair, among hair and skin, from which and up to which it is taken for hair. */
const SURE = { from: 0.4, to: 0.65 };
/** Nearest distance from the camera that the head counts as, metres: a guess for a body close by may come nearer. */
const MIN_DEPTH_METRES = 0.1;
/**
 * Depth of the hair in clip space, −1 at the near plane: before all cloth. Hair that is seen where the shopper's own
 * clothes are is before these, and so before a garment in their place.
 */
const HAIR_DEPTH = -0.999;

/** Inputs of the pass. Textures span the picture, their first row at the top. */
interface HairInputs {
  /** The frame's image, sRGB values. */
  picture: { value: Texture | null };
  /** `SharpClasses`: probabilities of the pixel's classes; red is hair. */
  classes: { uniform: { value: Texture }; isKnown: { value: boolean } };
}

/**
 * The pass (a step of the stage's drawing) that keeps the shopper's hair in front of garments: long hair lies on collar
 * and shoulders. Input: the frame's image and the classes of its pixels. Output: depth where the picture shows hair
 * near the head, and there the image again; a pixel that hair covers in part covers cloth in part. The posed body has
 * no hair, so it hides no cloth where hair is. Without classes nothing is drawn.
 */
export class HairLayer implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly needsBody = true;
  readonly group = new Group();
  readonly #mesh: Mesh<BufferGeometry, ShaderMaterial>;
  readonly #areClassesKnown: { value: boolean };
  /** Middle and half sides of the square around the head, clip space. */
  readonly #uniforms = { middle: { value: new Vector2() }, halfSides: { value: new Vector2() } };

  constructor({ picture, classes }: HairInputs) {
    this.#areClassesKnown = classes.isKnown;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(SQUARE, 3));
    geometry.setIndex(SQUARE_TRIANGLES);
    const material = new ShaderMaterial({
      uniforms: { picture, classes: classes.uniform, ...this.#uniforms },
      vertexShader: /* glsl */ `
        uniform vec2 middle;
        uniform vec2 halfSides;
        varying vec2 fromTop;
        void main() {
          vec2 corner = clamp(middle + halfSides * position.xy, -1.0, 1.0);
          fromTop = vec2(corner.x, -corner.y) * 0.5 + 0.5;
          gl_Position = vec4(corner, ${HAIR_DEPTH}, 1.0);
        }`,
      fragmentShader: /* glsl */ `
        uniform sampler2D picture;
        uniform sampler2D classes;
        varying vec2 fromTop;
        void main() {
          vec4 likely = texture2D(classes, fromTop);
          // What may be skin as well, as in the shade below a chin, is none.
          float hair = likely.r * smoothstep(${SURE.from}, ${SURE.to}, likely.r / (likely.r + likely.g + 1e-5));
          if (hair < 0.1) discard;
          gl_FragColor = vec4(texture2D(picture, fromTop).rgb, hair);
        }`,
      toneMapped: false,
      ...coverInPart,
    });
    this.#mesh = new Mesh(geometry, material);
    this.#mesh.frustumCulled = false;
    this.group.add(this.#mesh);
  }

  /** Places the square around the head in the picture. */
  takeBody({ positions, camera }: Pick<PosedBody, 'positions' | 'camera'>): void {
    const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
    const halfWidth = (halfHeight * camera.width) / camera.height;
    const depth = Math.max(MIN_DEPTH_METRES, -positions[3 * head + 2]);
    const reach =
      (HAIR_LENGTH *
        Math.hypot(
          positions[3 * head] - positions[3 * hips],
          positions[3 * head + 1] - positions[3 * hips + 1],
          positions[3 * head + 2] - positions[3 * hips + 2],
        )) /
      depth;
    const { middle, halfSides } = this.#uniforms;
    middle.value.set(positions[3 * head] / depth / halfWidth, positions[3 * head + 1] / depth / halfHeight);
    halfSides.value.set(reach / halfWidth, reach / halfHeight);
  }

  prepare({ layers }: DrawContext): void {
    this.#mesh.visible = this.#areClassesKnown.value;
    // A picture of the garments alone shows no image: there hair writes depth only.
    this.#mesh.material.colorWrite = layers === 'scene';
  }

  release(): void {
    this.#mesh.geometry.dispose();
    this.#mesh.material.dispose();
  }
}
