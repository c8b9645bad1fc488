import {
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  FrontSide,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshDepthMaterial,
  OneFactor,
  type Texture,
  Vector2,
  type WebGLProgramParametersWithUniforms,
  ZeroFactor,
} from 'three';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { type BodyRegion, codeSides, regions } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { replaceOnce } from '../math/replace-once.ts';
import { addSkin, type BodyBones } from './body-bones.ts';
import { type ContactShade, contactShadeGlsl } from './contact-shade.ts';
import { type ForearmSight, forearmSightGlsl } from './forearm-sight.ts';
import type { DrawContext, Pass } from './pass.ts';

/**
 * How far behind its true place each part of the body hides things, metres, along the line of sight (so that outlines
 * stay where they are). Cloth that dips into the body by less is still seen: much under a shirt, where pose and cloth
 * differ most, and most at the thighs, on which a hem lies when they come forward in a squat; little at hands, head and
 * neck, which pass close before it.
 */
const SETBACK_METRES: Record<BodyRegion, number> = {
  trunk: 0.1,
  clavicle: 0.1,
  neck: 0.01,
  head: 0.01,
  upperArm: 0.02,
  forearm: 0.012,
  hand: 0.008,
  thigh: 0.3,
  calf: 0.03,
  foot: 0.01,
  toes: 0.01,
};
const boneSetbacks = regions.map(({ region }) => SETBACK_METRES[region]);

/**
 * Thickness by which the arms that hide cloth are thinner than the mannequin's, metres. Where the shopper's arms are
 * thinner still, their own clothes show around the arm; where they are not, cloth lies over the arm's edge by less than
 * is visible.
 */
const INSET_METRES: Partial<Record<BodyRegion, number>> = { upperArm: 0.002, forearm: 0.006, hand: 0.009 };
/** The same for the half of the upper arm next to the elbow. */
const UPPER_ARM_TWIST_INSET_METRES = 0.004;
const boneInsets = regions.map(({ region }) => INSET_METRES[region] ?? 0);
boneInsets[boneIndex.leftUpperArmTwist] = boneInsets[boneIndex.rightUpperArmTwist] = UPPER_ARM_TWIST_INSET_METRES;
/** 1 for bones of the left forearm and hand, −1 for the right ones, 0 for others. */
const boneForearms = codeSides(['forearm', 'hand'], { left: 1, right: -1, none: 0 });

/**
 * Depth below its skin of the body that casts shadows: a share of the setback plus a constant, metres. Cloth lies on
 * the skin or dips into it, and the body beneath must not shade it.
 */
const SHADOW_INSET_SHARE = 0.5;
const SHADOW_INSET_METRES = 0.003;

/** Uniforms of other passes that the body's shader reads. */
interface OccluderInputs {
  /** The frame's image. */
  picture: { value: Texture | null };
  /** The person's mask. */
  person: { value: Texture };
  contact: ContactShade['uniforms'];
  forearms: ForearmSight['uniforms'];
}

/**
 * The pass of the shopper's body: it hides the cloth behind it, and shows the picture with the shade that cloth throws
 * on it.
 *
 * 1. The mesh takes the body's shape, with thinner arms (`INSET_METRES`).
 * 2. The vertex shader poses it and moves it away from the camera (`SETBACK_METRES`).
 * 3. The fragment shader drops what shows no forearm (`ForearmSight`) and writes the picture, darkened by
 *    `ContactShade`. For garments alone it writes depth only.
 * 4. In the shadow map the body is thinner still (`SHADOW_INSET_METRES`).
 */
export class Occluder implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly needsBody = true;
  readonly group = new Group();
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  readonly #position: BufferAttribute;
  readonly #normal: BufferAttribute;
  /** Metres per vertex. */
  readonly #inset: Float32Array;
  /** Pixels of the drawing buffer. */
  readonly #drawnSize = { value: new Vector2() };
  readonly #shadowMaterial = new MeshDepthMaterial();

  constructor(
    { positions, normals, indices, skinIndices, skinWeights }: Mannequin,
    bones: BodyBones,
    inputs: OccluderInputs,
  ) {
    const geometry = new BufferGeometry();
    this.#position = new BufferAttribute(positions.slice(), 3);
    this.#normal = new BufferAttribute(normals.slice(), 3);
    geometry.setAttribute('position', this.#position);
    geometry.setAttribute('normal', this.#normal);
    addSkin(geometry, skinIndices, skinWeights);
    this.#inset = blendByBone(boneInsets, skinIndices, skinWeights);
    geometry.setAttribute('setback', new BufferAttribute(blendByBone(boneSetbacks, skinIndices, skinWeights), 1));
    geometry.setAttribute('forearm', new BufferAttribute(blendByBone(boneForearms, skinIndices, skinWeights), 1));
    geometry.setIndex(new BufferAttribute(indices, 1));

    // Offset by its own slope: slivers seen edge-on else reach through the cloth at single samples.
    const material = new MeshBasicMaterial({
      side: FrontSide,
      polygonOffset: true,
      polygonOffsetFactor: 1,
      polygonOffsetUnits: 1,
      // Alpha tells how many of a pixel's samples are covered, and leaves the canvas as opaque as it was.
      alphaToCoverage: true,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: ZeroFactor,
      blendSrcAlpha: ZeroFactor,
      blendDstAlpha: OneFactor,
    });
    material.onBeforeCompile = (shader) => {
      bones.poseVertices(shader);
      showPicture(shader);
      const { picture, person, contact, forearms } = inputs;
      Object.assign(shader.uniforms, contact, forearms, { picture, person, drawnSize: this.#drawnSize });
    };
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.castShadow = true;
    this.#shadowMaterial.onBeforeCompile = (shader) => {
      bones.poseVertices(shader, `transformed -= normal * (${SHADOW_INSET_METRES} + ${SHADOW_INSET_SHARE} * setback);`);
      shader.vertexShader = replaceOnce(
        shader.vertexShader,
        '#include <common>',
        '#include <common>\nattribute float setback;',
      );
    };
    this.mesh.customDepthMaterial = this.#shadowMaterial;
    this.group.add(this.mesh);
  }

  takeShape({ positions, normals }: Pick<MannequinShape, 'positions' | 'normals'>): void {
    const { array } = this.#position;
    for (let i = 0; i < positions.length; i++) array[i] = positions[i] - normals[i] * this.#inset[Math.floor(i / 3)];
    this.#normal.copyArray(normals);
    this.#position.needsUpdate = true;
    this.#normal.needsUpdate = true;
  }

  prepare({ layers, width, height }: DrawContext): void {
    // Without the picture there is nothing to shade: the body of garments alone only hides.
    this.mesh.material.colorWrite = layers === 'scene';
    this.#drawnSize.value.set(width, height);
  }

  release(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.#shadowMaterial.dispose();
  }
}

/** Sets the body back along the line of sight and gives it the picture's colours. Comes after the pose. */
function showPicture(shader: WebGLProgramParametersWithUniforms): void {
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>
      attribute float setback;
      attribute float forearm;
      varying float bodyMetres;
      varying float forearmSide;`,
    ),
    '#include <project_vertex>',
    // The camera is the origin: scaling changes the depth and not the place in the picture.
    `#include <project_vertex>
      bodyMetres = -mvPosition.z;
      forearmSide = forearm;
      mvPosition.xyz *= 1.0 + setback / length(mvPosition.xyz);
      gl_Position = projectionMatrix * mvPosition;`,
  );
  // The picture once more, so that a part of the body before another shows its own shade only.
  shader.fragmentShader = /* glsl */ `
    uniform sampler2D picture;
    uniform sampler2D person;
    uniform vec2 drawnSize;
    varying float bodyMetres;
    varying float forearmSide;
    ${contactShadeGlsl}
    ${forearmSightGlsl}
    void main() {
      vec2 place = gl_FragCoord.xy / drawnSize;
      vec2 fromTop = vec2(place.x, 1.0 - place.y);
      float isPerson = smoothstep(0.3, 0.7, texture2D(person, fromTop).r);
      float shown = abs(forearmSide) < 0.5 ? 1.0 : showsForearm(fromTop, forearmSide > 0.0 ? 0 : 1, drawnSize.x / drawnSize.y, isPerson);
      if (shown < 0.1) discard;
      gl_FragColor = vec4(texture2D(picture, fromTop).rgb, shown);
      if (isPerson > 0.0) gl_FragColor.rgb *= 1.0 - isPerson * contactShade(place, bodyMetres);
    }`;
}

/** One value per vertex, from its bones' values, weighted as the skin is. */
function blendByBone(values: ArrayLike<number>, skinIndices: Uint16Array, skinWeights: Float32Array): Float32Array {
  const blended = new Float32Array(skinIndices.length / 4);
  for (let k = 0; k < skinIndices.length; k++) blended[k >> 2] += values[skinIndices[k]] * skinWeights[k];
  return blended;
}
