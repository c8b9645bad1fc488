import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  Group,
  LinearFilter,
  Mesh,
  RGFormat,
  ShaderMaterial,
  type Texture,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import type { PosedBody } from '../body/body.ts';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { BodyCapsules } from './body-capsules.ts';
import { bringArmsForward } from './bring-arms-forward.ts';
import { type ContactShade, contactShadeGlsl } from './contact-shade.ts';
import { coordinateBetween } from './coordinate-between.ts';
import { coverInPart } from './cover-in-part.ts';
import type { DrawContext, Pass } from './pass.ts';
import { ArmSkin } from './spread-arm-skin.ts';

/** The joints along each forearm and hand; the hand's end lies beyond the wrist, in line with the forearm. */
const SIDES = (['left', 'right'] as const).map((side) => {
  const elbow = boneIndex[`${side}LowerArm`];
  const wrist = boneIndex[`${side}Hand`];
  return [
    { from: elbow, to: wrist, share: 0, bone: elbow },
    { from: elbow, to: wrist, share: 1, bone: wrist },
    { from: elbow, to: wrist, share: 1.5, bone: wrist },
  ];
});
/** Farthest from the axis that skin is drawn, metres: beyond that `ArmSkin` finds none. */
const BESIDE_METRES = 0.28;
/** Least distance from the camera that a joint counts as, metres: a guess for a body close by may come nearer. */
const MIN_DEPTH_METRES = 0.1;
/** Corners of a square for each arm: x, y −1 or 1, and the arm, 0 or 1. */
const CORNERS = new Float32Array([0, 1].flatMap((arm) => [-1, -1, arm, 1, -1, arm, -1, 1, arm, 1, 1, arm]));
const TRIANGLES = [0, 1, 2, 2, 1, 3, 4, 5, 6, 6, 5, 7];

/** Inputs of the pass. Textures span the picture, their first row at the top. */
interface ArmInputs {
  /** The frame's image, sRGB values. */
  picture: { value: Texture | null };
  /** `SharpClasses`: probabilities of the pixel's classes; red is hair, green is skin. */
  classes: { uniform: { value: Texture }; isKnown: { value: boolean } };
  /** Uniforms of the shade that cloth casts on the body. */
  contact: ContactShade['uniforms'];
}

/**
 * The pass (a step of the stage's drawing) that keeps the shopper's hands and forearms in front of garments wherever the
 * picture shows their skin, not only where the posed body has them. Input: the frame's image, the classes of its pixels
 * and the posed body (camera space: metres, +x right in the picture, +y up, −z away from the camera). Output: there the
 * image again, at the depth of the arm beside it. A pixel that the arm covers in part covers cloth in part. Without
 * classes nothing is drawn.
 */
export class ArmLayer implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly needsBody = true;
  readonly group = new Group();
  readonly #mesh: Mesh<BufferGeometry, ShaderMaterial>;
  readonly #capsules = new BodyCapsules();
  readonly #skin = new ArmSkin();
  readonly #nearness = new Float32Array(BONE_COUNT).fill(1);
  readonly #areClassesKnown: { value: boolean };
  readonly #uniforms = {
    /** `ArmSkin.data`. */
    armSkin: { value: createTexture(1, 1) },
    /** By arm, elbow, wrist and end of the hand: shares of the picture's width and height from the top left; depth, metres. */
    arms: { value: Array.from({ length: 6 }, () => new Vector3(0, 0, 1)) },
    /** By arm, the part of the picture in which its skin may be: left, top, right, bottom, in the same shares. */
    boxes: { value: [new Vector4(), new Vector4()] },
    bufferSize: { value: new Vector2(1, 1) },
  };

  constructor({ picture, classes, contact }: ArmInputs) {
    this.#areClassesKnown = classes.isKnown;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(CORNERS, 3));
    geometry.setIndex(TRIANGLES);
    const material = new ShaderMaterial({
      uniforms: { picture, classes: classes.uniform, ...contact, ...this.#uniforms },
      vertexShader: /* glsl */ `
        uniform vec4 boxes[2];
        flat varying int arm;
        flat varying vec2 depthTerms;
        void main() {
          arm = int(position.z + 0.5);
          vec4 box = boxes[arm];
          vec2 fromTop = mix(box.xy, box.zw, 0.5 + vec2(0.5, -0.5) * position.xy);
          depthTerms = vec2(projectionMatrix[2][2], projectionMatrix[3][2]);
          gl_Position = vec4(2.0 * fromTop.x - 1.0, 1.0 - 2.0 * fromTop.y, 0.0, 1.0);
        }`,
      fragmentShader: /* glsl */ `
        uniform sampler2D picture;
        uniform sampler2D classes;
        uniform sampler2D armSkin;
        uniform vec3 arms[6];
        uniform vec2 bufferSize;
        flat varying int arm;
        flat varying vec2 depthTerms;
        ${contactShadeGlsl}
        // The depth of the nearest place on the line from a to b, and how far that is, in shares of the picture's height.
        vec2 besideLine(vec3 a, vec3 b, vec2 place) {
          vec2 scale = vec2(bufferSize.x / bufferSize.y, 1.0);
          vec2 along = (b.xy - a.xy) * scale;
          float share = clamp(dot((place - a.xy) * scale, along) / max(dot(along, along), 1e-8), 0.0, 1.0);
          vec3 nearest = mix(a, b, share);
          return vec2(nearest.z, distance(nearest.xy * scale, place * scale));
        }
        void main() {
          vec2 up = gl_FragCoord.xy / bufferSize;
          vec2 fromTop = vec2(up.x, 1.0 - up.y);
          vec2 both = texture2D(armSkin, fromTop).rg;
          // In the shade skin may be hair as well; there is none on arms.
          vec4 likely = texture2D(classes, fromTop);
          float coverage = smoothstep(0.35, 0.7, likely.r + likely.g) * smoothstep(0.1, 0.4, arm == 0 ? both.r : both.g);
          if (coverage < 0.1) discard;
          vec2 forearm = besideLine(arms[3 * arm], arms[3 * arm + 1], fromTop);
          vec2 hand = besideLine(arms[3 * arm + 1], arms[3 * arm + 2], fromTop);
          // The depth of the arm's axis: behind its own sleeve, and before the trunk's cloth.
          float metres = forearm.y < hand.y ? forearm.x : hand.x;
          gl_FragDepth = 0.5 + 0.5 * (depthTerms.y - depthTerms.x * metres) / metres;
          gl_FragColor = vec4(texture2D(picture, fromTop).rgb * (1.0 - contactShade(up, metres)), coverage);
        }`,
      toneMapped: false,
      ...coverInPart,
    });
    this.#mesh = new Mesh(geometry, material);
    this.#mesh.frustumCulled = false;
    this.group.add(this.#mesh);
  }

  /** Finds the arms, and their skin in the picture. */
  takeBody(body: PosedBody, { classes }: Pick<TrackedFrame, 'classes'>): void {
    if (!classes) return;
    bringArmsForward(body, this.#nearness);
    this.#capsules.take(body, classes.width, classes.height);
    this.#skin.take(classes, this.#capsules);
    const { armSkin } = this.#uniforms;
    if (armSkin.value.image.data !== this.#skin.data) {
      // A texture cannot change its size after the first upload: create another.
      armSkin.value.dispose();
      armSkin.value = createTexture(this.#skin.width, this.#skin.height, this.#skin.data);
    }
    armSkin.value.needsUpdate = true;
    this.#placeArms(body);
  }

  #placeArms({ positions, camera }: PosedBody): void {
    const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
    const halfWidth = (halfHeight * camera.width) / camera.height;
    const { arms, boxes } = this.#uniforms;
    for (let arm = 0; arm < 2; arm++) {
      const box = boxes.value[arm].set(1, 1, 0, 0);
      for (let k = 0; k < 3; k++) {
        const place = SIDES[arm][k];
        const depth = Math.max(MIN_DEPTH_METRES, -coordinateBetween(positions, place, 2));
        const x = 0.5 + coordinateBetween(positions, place, 0) / depth / halfWidth / 2;
        const y = 0.5 - coordinateBetween(positions, place, 1) / depth / halfHeight / 2;
        arms.value[3 * arm + k].set(x, y, depth * this.#nearness[place.bone]);
        const besideX = BESIDE_METRES / depth / halfWidth / 2;
        const besideY = BESIDE_METRES / depth / halfHeight / 2;
        box.set(
          Math.max(0, Math.min(box.x, x - besideX)),
          Math.max(0, Math.min(box.y, y - besideY)),
          Math.min(1, Math.max(box.z, x + besideX)),
          Math.min(1, Math.max(box.w, y + besideY)),
        );
      }
      // Outside the picture.
      if (box.x >= box.z || box.y >= box.w) box.set(0, 0, 0, 0);
    }
  }

  prepare({ layers, width, height }: DrawContext): void {
    this.#mesh.visible = this.#areClassesKnown.value;
    // A picture of the garments alone shows no image: there arms write depth only.
    this.#mesh.material.colorWrite = layers === 'scene';
    this.#uniforms.bufferSize.value.set(width, height);
  }

  release(): void {
    this.#uniforms.armSkin.value.dispose();
    this.#mesh.geometry.dispose();
    this.#mesh.material.dispose();
  }
}

/** Creates a texture of 2 × 8 bits with bilinear sampling. It uses `data` without a copy. */
function createTexture(width: number, height: number, data = new Uint8Array(2 * width * height)): DataTexture {
  const texture = new DataTexture(data, width, height, RGFormat);
  texture.minFilter = texture.magFilter = LinearFilter;
  // Rows of two bytes a pixel need not be multiples of four.
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  return texture;
}
