import {
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  FrontSide,
  Mesh,
  MeshBasicMaterial,
  MeshDepthMaterial,
  OneFactor,
  type Texture,
  type Vector2,
  ZeroFactor,
} from 'three';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { type BodyRegion, codeSides, regions } from '../mannequin/regions.ts';
import { addSkin, type BodyBones } from './body-bones.ts';
import { type ContactShade, contactShadeGlsl } from './contact-shade.ts';
import { type ForearmSight, forearmSightGlsl } from './forearm-sight.ts';

/**
 * How far behind its true place each part of the body hides things, metres, along the line of sight (so that outlines stay
 * where they are). Cloth that dips into the body by less is still seen: much under a shirt, where pose and cloth differ
 * most, and most at the thighs, on which a hem lies when they come forward in a squat; little at hands, head and neck, which pass close before it.
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
 * How much thinner than the mannequin's the arms are that hide the cloth, metres. Where the shopper's are thinner still, what
 * they wear themselves shows around the arm; where they are not, cloth lies over the arm's edge by so little that nobody sees it.
 */
const INSET_METRES: Partial<Record<BodyRegion, number>> = { upperArm: 0.002, forearm: 0.006, hand: 0.009 };
/** The same for the half of the upper arm that is next to the elbow: between shoulder and forearm. */
const UPPER_ARM_TWIST_INSET_METRES = 0.004;
const boneInsets = regions.map(({ region }) => INSET_METRES[region] ?? 0);
boneInsets[boneIndex.leftUpperArmTwist] = boneInsets[boneIndex.rightUpperArmTwist] = UPPER_ARM_TWIST_INSET_METRES;
/** Which forearm and hand a bone is of: 1 the left's, −1 the right's. */
const boneForearms = codeSides(['forearm', 'hand'], { left: 1, right: -1, none: 0 });

/**
 * How far inside its skin the body casts its shadow, as a share of the setback and besides, metres: cloth lies on the skin
 * or dips into it, and must not be shaded by it through itself.
 */
const SHADOW_INSET_SHARE = 0.5;
const SHADOW_INSET_METRES = 0.003;

/** What the body is shown with: the picture, the person's mask, what cloth is close, and pixels of the drawing. */
export interface BodyPicture {
  picture: { value: Texture | null };
  person: { value: Texture };
  contact: ContactShade['uniforms'];
  forearms: ForearmSight['uniforms'];
  drawnSize: { value: Vector2 };
}

/** The shopper's body: hides what is behind it and shades the cloth, itself seen only by the shade that cloth throws on it. */
export class Occluder {
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  private readonly position: BufferAttribute;
  private readonly normal: BufferAttribute;
  private readonly inset: Float32Array;
  private readonly shadowMaterial = new MeshDepthMaterial();

  constructor(
    { positions, normals, indices, skinIndices, skinWeights }: Mannequin,
    bones: BodyBones,
    { picture, person, contact, forearms, drawnSize }: BodyPicture,
  ) {
    const geometry = new BufferGeometry();
    this.position = new BufferAttribute(positions.slice(), 3);
    this.normal = new BufferAttribute(normals.slice(), 3);
    geometry.setAttribute('position', this.position);
    geometry.setAttribute('normal', this.normal);
    addSkin(geometry, skinIndices, skinWeights);
    this.inset = blendByBone(boneInsets, skinIndices, skinWeights);
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
      bones.poseIn(shader);
      shader.vertexShader = shader.vertexShader
        .replace(
          '#include <common>',
          '#include <common>\nattribute float setback;\nattribute float forearm;\nvarying float bodyAt;\nvarying float forearmSide;',
        )
        // Further along the line of sight from the camera at the origin, which changes the depth and not the place in the picture.
        .replace(
          '#include <project_vertex>',
          '#include <project_vertex>\nbodyAt = -mvPosition.z;\nforearmSide = forearm;\nmvPosition.xyz *= 1.0 + setback / length(mvPosition.xyz);\ngl_Position = projectionMatrix * mvPosition;',
        );
      Object.assign(shader.uniforms, contact, forearms, { picture, person, drawnSize });
      // The picture once more, so that a part of the body before another shows its own shade only.
      shader.fragmentShader = /* glsl */ `
        uniform sampler2D picture;
        uniform sampler2D person;
        uniform vec2 drawnSize;
        varying float bodyAt;
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
          if (isPerson > 0.0) gl_FragColor.rgb *= 1.0 - isPerson * contactShade(place, bodyAt);
        }`;
    };
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.castShadow = true;
    this.shadowMaterial.onBeforeCompile = (shader) => {
      bones.poseIn(shader, `transformed -= normal * (${SHADOW_INSET_METRES} + ${SHADOW_INSET_SHARE} * setback);`);
      shader.vertexShader = shader.vertexShader.replace(
        '#include <common>',
        '#include <common>\nattribute float setback;',
      );
    };
    this.mesh.customDepthMaterial = this.shadowMaterial;
  }

  /** Takes a shaped body's skin, 3 × vertices, metres. */
  setShape(positions: Float32Array, normals: Float32Array): void {
    const { array } = this.position;
    for (let i = 0; i < positions.length; i++) array[i] = positions[i] - normals[i] * this.inset[Math.floor(i / 3)];
    this.normal.copyArray(normals);
    this.position.needsUpdate = true;
    this.normal.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.shadowMaterial.dispose();
  }
}

/** A value of each vertex from its bones' values, weighted as the skin is. */
function blendByBone(values: ArrayLike<number>, skinIndices: Uint16Array, skinWeights: Float32Array): Float32Array {
  const blended = new Float32Array(skinIndices.length / 4);
  for (let k = 0; k < skinIndices.length; k++) blended[k >> 2] += values[skinIndices[k]] * skinWeights[k];
  return blended;
}
