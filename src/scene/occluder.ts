import {
  BufferAttribute,
  BufferGeometry,
  FrontSide,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshDepthMaterial,
  type Texture,
  Vector2,
  type WebGLProgramParametersWithUniforms,
} from 'three';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { type BodyRegion, codeSides, regions } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { replaceOnce } from '../math/replace-once.ts';
import { addSkin, type BodyBones } from './body-bones.ts';
import { blendByBone, skinSetbacks } from './body-setback.ts';
import { type CameraGrain, grainGlsl } from './camera-grain.ts';
import { type ContactShade, contactShadeGlsl } from './contact-shade.ts';
import { coverInPart } from './cover-in-part.ts';
import { type ForearmSight, forearmSightGlsl } from './forearm-sight.ts';
import type { DrawContext, Pass } from './pass.ts';

/**
 * Draws the shopper's body: it hides the cloth behind it, and shows the frame's image with the shade that cloth casts
 * on the body. Input: the shaped mannequin, bone matrices, and uniforms of other passes. Output: depth and colours in
 * the stage's scene, and depth in the shadow map.
 *
 * 1. `takeShape` copies the body's shape, with thinner arms (`INSET_METRES`).
 * 2. The vertex shader poses the body and moves it away from the camera (`skinSetbacks`).
 * 3. The fragment shader discards pixels of the arms that show no forearm (`forearmSightGlsl`). It writes the image,
 *    darkened by `contactShadeGlsl`. In a picture of the garments alone it writes depth only.
 * 4. The shadow map's shader makes the body still thinner (`SHADOW_INSET_METRES`).
 */

/**
 * Depth by which the skin of the arms is moved inwards, metres. Where the shopper's arms are still thinner, their own
 * clothes show beside the arm. Where the arms are thicker, cloth covers the arm's edge by an invisible amount.
 */
const INSET_METRES: Partial<Record<BodyRegion, number>> = { upperArm: 0.002, forearm: 0.006, hand: 0.009 };
/** The same for the half of the upper arm that is next to the elbow. */
const UPPER_ARM_TWIST_INSET_METRES = 0.004;
const boneInsetsMetres = regions.map(({ region }) => INSET_METRES[region] ?? 0);
boneInsetsMetres[boneIndex.leftUpperArmTwist] = UPPER_ARM_TWIST_INSET_METRES;
boneInsetsMetres[boneIndex.rightUpperArmTwist] = UPPER_ARM_TWIST_INSET_METRES;
/** 1 for bones of the left forearm and hand, −1 for those of the right, 0 for all others. */
const boneForearmSides = codeSides(['forearm', 'hand'], { left: 1, right: -1, none: 0 });

/** Half-width of an edge in the image, px: within it a pixel has colours of both sides. */
const EDGE_PIXELS = 1.5;
/**
 * Depth by which the skin is moved inwards in the shadow map: a share of the setback plus a constant, metres. Cloth
 * lies on the skin or dips into it, and the body must not cast a shadow on that cloth.
 */
const SHADOW_INSET_SHARE = 0.5;
const SHADOW_INSET_METRES = 0.003;

/** Uniforms of other passes that the body's shader reads. */
interface OccluderInputs {
  /** The frame's image, sRGB values, first row at the top. */
  picture: { value: Texture | null };
  /** What is seen in place of own clothes, first row at the bottom: sRGB × alpha, alpha is by how much. */
  cleaned: { value: Texture };
  /** `SharpClasses`: probabilities of the pixel's classes (green is skin), first row at the top. */
  classes: { uniform: { value: Texture } };
  /** The person's mask: red is the coverage, 0..1, first row at the top. */
  person: { value: Texture };
  /** Strength of the camera's noise, which what is seen in place of own clothes gets. */
  grain: CameraGrain['uniforms'];
  /** Those of the shade that cloth casts on the body. */
  contact: ContactShade['uniforms'];
  /** Those of the places where arms and clothes are sampled in the image. */
  forearms: ForearmSight['uniforms'];
}

/** The pass (a step of the stage's drawing) that draws the shopper's body; see the top of this file. */
export class Occluder implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly needsBody = true;
  readonly group = new Group();
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  readonly #position: BufferAttribute;
  readonly #normal: BufferAttribute;
  /** `INSET_METRES` of each vertex. */
  readonly #insetMetres: Float32Array;
  /** Size of the drawing buffer, px. */
  readonly #bufferSize = { value: new Vector2() };
  readonly #shadowMaterial = new MeshDepthMaterial();

  /**
   * @param mannequin mesh, four bones and their weights for each vertex: rest pose, metres.
   * @param bones the matrices that take it from the rest pose to camera space (metres, the camera at the origin).
   * @param inputs uniforms of other passes.
   */
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
    this.#insetMetres = blendByBone(boneInsetsMetres, skinIndices, skinWeights);
    geometry.setAttribute('setbackMetres', new BufferAttribute(skinSetbacks(skinIndices, skinWeights), 1));
    geometry.setAttribute(
      'forearmSide',
      new BufferAttribute(blendByBone(boneForearmSides, skinIndices, skinWeights), 1),
    );
    geometry.setIndex(new BufferAttribute(indices, 1));

    const material = createOccluderMaterial();
    material.onBeforeCompile = (shader) => {
      bones.poseVertices(shader, '');
      showPicture(shader);
      const { contact, forearms, classes, grain, picture, cleaned, person } = inputs;
      const bufferSize = this.#bufferSize;
      Object.assign(shader.uniforms, contact, forearms, grain, {
        picture,
        cleaned,
        person,
        sharpClasses: classes.uniform,
        bufferSize,
      });
    };
    material.customProgramCacheKey = () => 'occluder';
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.castShadow = true;
    this.#shadowMaterial.onBeforeCompile = (shader) => {
      bones.poseVertices(
        shader,
        `transformed -= normal * (${SHADOW_INSET_METRES} + ${SHADOW_INSET_SHARE} * setbackMetres);`,
      );
      shader.vertexShader = replaceOnce(
        shader.vertexShader,
        '#include <common>',
        '#include <common>\nattribute float setbackMetres;',
      );
    };
    this.mesh.customDepthMaterial = this.#shadowMaterial;
    this.group.add(this.mesh);
  }

  /** Takes the shaped body in its rest pose: positions, 3 × vertices, metres, and normals. */
  takeShape({ positions, normals }: Pick<MannequinShape, 'positions' | 'normals'>): void {
    const { array } = this.#position;
    for (let i = 0; i < positions.length; i++)
      array[i] = positions[i] - normals[i] * this.#insetMetres[Math.floor(i / 3)];
    this.#normal.copyArray(normals);
    this.#position.needsUpdate = true;
    this.#normal.needsUpdate = true;
  }

  /** Takes the picture's layers, and the size of the drawing buffer, px. */
  prepare({ layers, width, height }: DrawContext): void {
    // A picture of the garments alone shows no image: there the body writes depth only.
    this.mesh.material.colorWrite = layers === 'scene';
    this.#bufferSize.value.set(width, height);
  }

  release(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.#shadowMaterial.dispose();
  }
}

/** Creates the material of the body before it is patched. */
function createOccluderMaterial(): MeshBasicMaterial {
  // The offset grows with a triangle's slope. Without it a triangle seen edge-on shows through cloth at some samples.
  return new MeshBasicMaterial({
    side: FrontSide,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
    ...coverInPart,
  });
}

/**
 * Sets the body back along the line of sight and gives it the colours of the image. Apply it after `poseVertices`.
 */
function showPicture(shader: WebGLProgramParametersWithUniforms): void {
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>
      attribute float setbackMetres;
      attribute float forearmSide;
      varying float bodyMetres;
      varying float forearmSideOfPixel;`,
    ),
    '#include <project_vertex>',
    // The camera is the origin: a scaling changes the depth and keeps the position in the picture.
    `#include <project_vertex>
      bodyMetres = -mvPosition.z;
      forearmSideOfPixel = forearmSide;
      mvPosition.xyz *= 1.0 + setbackMetres / length(mvPosition.xyz);
      gl_Position = projectionMatrix * mvPosition;`,
  );
  // Each part of the body draws the image again, so that a part in front of another shows its own shade only.
  shader.fragmentShader = /* glsl */ `
    uniform sampler2D picture;
    uniform sampler2D cleaned;
    uniform sampler2D sharpClasses;
    uniform sampler2D person;
    uniform vec2 bufferSize;
    varying float bodyMetres;
    varying float forearmSideOfPixel;
    ${contactShadeGlsl}
    ${forearmSightGlsl}
    ${grainGlsl}
    void main() {
      vec2 pictureUv = gl_FragCoord.xy / bufferSize;
      vec2 fromTop = vec2(pictureUv.x, 1.0 - pictureUv.y);
      float isPerson = smoothstep(0.3, 0.7, texture2D(person, fromTop).r);
      bool isForearm = abs(forearmSideOfPixel) >= 0.5;
      int side = forearmSideOfPixel > 0.0 ? 0 : 1;
      float aspect = bufferSize.x / bufferSize.y;
      float coverage = isForearm ? showsForearm(fromTop, side, aspect, isPerson) : 1.0;
      if (coverage < 0.1) discard;
      vec4 instead = texture2D(cleaned, pictureUv);
      vec2 colourPlace = fromTop;
      if (isForearm && coverage < 1.0 && texture2D(clothDistance, pictureUv).a > 0.5) {
        // Cloth is drawn behind the edge of the arm, where the image mixes the arm with what was behind it: take the
        // arm's colour from further within.
        vec2 inwards = normalize((nearestOnArm(fromTop, side, aspect) - fromTop) * bufferSize + 1e-6);
        colourPlace += ${EDGE_PIXELS.toFixed(1)} * inwards / bufferSize;
        // Real skin there has no part of the background beside it; an own sleeve there is replaced as elsewhere.
        float isSkin = smoothstep(0.3, 0.7, texture2D(sharpClasses, colourPlace).g);
        instead = texture2D(cleaned, vec2(colourPlace.x, 1.0 - colourPlace.y)) * (1.0 - isSkin);
      }
      gl_FragColor = vec4(texture2D(picture, colourPlace).rgb * (1.0 - instead.a) + instead.rgb, coverage);
      if (isPerson > 0.0) gl_FragColor.rgb *= 1.0 - isPerson * contactShade(pictureUv, bodyMetres);
      if (cameraGrain * instead.a > 0.0) gl_FragColor.rgb += instead.a * grainAt(gl_FragCoord.xy);
    }`;
}
