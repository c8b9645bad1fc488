import {
  DoubleSide,
  type Material,
  MeshBasicMaterial,
  MeshDepthMaterial,
  MeshStandardMaterial,
  ShaderChunk,
  type WebGLProgramParametersWithUniforms,
} from 'three';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { replaceOnce } from '../math/replace-once.ts';
import type { BodyBones } from './body-bones.ts';
import { CONTACT_DEPTH_METRES, type ContactShade } from './contact-shade.ts';

/**
 * Creates the materials that draw cloth. Input: vertices in the rest pose (metres), matrices of the bones, which take
 * the rest pose to camera space (metres, the camera at the origin), and the visibility 0..1 of the cloth on each bone.
 * Each material is one of three.js's with a patched shader, and belongs to the caller, which disposes of it:
 *
 * 1. `createClothMaterial` draws the colour.
 * 2. `createClothDepthMaterial` writes the depth, before the colour, while cloth fades.
 * 3. `createClothDistanceMaterial` writes the distance from the camera, for `ContactShade`.
 * 4. `createClothShadowMaterial` writes the depth into the shadow map.
 *
 * All four pose their vertices by the body's bones: geometry needs the attributes of `addSkin`. Materials 1 and 3 also
 * need the attribute `outwardFromLegs`: 3 per vertex, the direction away from the legs in the rest pose, 0 on cloth
 * that is not bound to hips and thighs (`computeOutwardFromLegs`).
 */

/** Uniforms that all cloth materials of a stage share. */
export interface ClothSupport {
  /** The matrices of the posed bones, and the patch that poses vertices by them. */
  bones: BodyBones;
  /** Visibility of the cloth on each bone, 0 (invisible) .. 1 (opaque), BONE_COUNT values; written once a frame. */
  boneVisibility: { value: Float32Array };
}

/** Share of the ambient light that reaches the inside of a garment, visible through neck, sleeves and hem. */
const INSIDE_LIGHT = 0.5;
/**
 * Ambient light that fibres scatter where cloth is seen edge-on, as a share of its colour. It makes cotton look soft.
 */
const FUZZ = 0.18;
/**
 * Cosine between the normal and the direction to the camera below which cloth is seen from inside. `gl_FrontFacing`
 * does not serve: along an outline some triangles face away, and would draw a dark line there.
 */
const INSIDE_COSINE = -0.15;
/**
 * Cloth around the legs is not drawn where it is on the far side of them: where the sine of the angle between its
 * outward direction and the plane across the line of sight is above this value, which is about 15°.
 */
const FAR_SIDE_SINE = 0.25;
/** Visibility, 0..1, below which cloth writes no depth, so that what is behind it shows. */
const MIN_VISIBILITY = 0.02;

type Shader = WebGLProgramParametersWithUniforms;

/**
 * Copies a garment's material for one stage. The copy shows both sides of the cloth, the inside darker, and looks soft
 * at grazing angles. An unlit material (`KHR_materials_unlit`) keeps its colour.
 *
 * @param original the garment's material, unchanged; the copy shares its textures.
 * @param isFading whether the cloth blends into the picture by the visibility of its bones.
 */
export function createClothMaterial(
  original: Material,
  { bones, boneVisibility }: ClothSupport,
  isFading: boolean,
): Material {
  const material = original.clone();
  const isLit = material instanceof MeshStandardMaterial;
  material.side = DoubleSide;
  material.shadowSide = DoubleSide;
  material.forceSinglePass = true;
  if (isFading) {
    material.transparent = true;
    // Of two faded layers only the nearer one shows: `createClothDepthMaterial` has written its depth before.
    material.depthWrite = true;
  }
  material.onBeforeCompile = (shader) => {
    bones.poseVertices(shader);
    discardFarSide(shader);
    if (isFading) {
      addVisibility(shader, boneVisibility);
      shader.fragmentShader = replaceOnce(
        shader.fragmentShader,
        '#include <map_fragment>',
        '#include <map_fragment>\ndiffuseColor.a *= clothVisibility;',
      );
    }
    if (isLit) lightBothSides(shader);
  };
  material.customProgramCacheKey = () => `cloth ${isFading}`;
  return material;
}

/**
 * Creates the material that writes the depth, and no colour, of cloth that is at least barely visible
 * (`MIN_VISIBILITY`).
 */
export function createClothDepthMaterial({ bones, boneVisibility }: ClothSupport): Material {
  // Write the depth a little farther away: the colour's depth may differ in its last bit and must pass the depth test.
  const material = new MeshBasicMaterial({
    colorWrite: false,
    side: DoubleSide,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
  material.onBeforeCompile = (shader) => {
    bones.poseVertices(shader);
    addVisibility(shader, boneVisibility);
    shader.fragmentShader = replaceOnce(
      shader.fragmentShader,
      '#include <map_fragment>',
      `#include <map_fragment>\nif (clothVisibility < ${MIN_VISIBILITY}) discard;`,
    );
  };
  return material;
}

/**
 * Creates the material that writes the cloth's distance from the camera for `ContactShade`. Red: distance beyond
 * `nearestClothMetres` as a share of 2 · CONTACT_DEPTH_METRES, 0..1, times visibility. Alpha: visibility, 0..1.
 */
export function createClothDistanceMaterial(
  { bones, boneVisibility }: ClothSupport,
  { nearestClothMetres }: ContactShade['uniforms'],
): Material {
  const material = new MeshBasicMaterial({ side: DoubleSide });
  material.onBeforeCompile = (shader) => {
    bones.poseVertices(shader);
    discardFarSide(shader);
    addVisibility(shader, boneVisibility);
    shader.uniforms.nearestClothMetres = nearestClothMetres;
    shader.vertexShader = replaceOnce(
      replaceOnce(shader.vertexShader, '#include <common>', '#include <common>\nvarying float clothDistanceMetres;'),
      '#include <project_vertex>',
      '#include <project_vertex>\nclothDistanceMetres = -mvPosition.z;',
    );
    shader.fragmentShader = /* glsl */ `
      uniform float nearestClothMetres;
      varying float clothDistanceMetres;
      varying float clothVisibility;
      varying float farSideSine;
      void main() {
        if (farSideSine > ${FAR_SIDE_SINE}) discard;
        float share = (clothDistanceMetres - nearestClothMetres) / ${(2 * CONTACT_DEPTH_METRES).toFixed(3)};
        gl_FragColor = clothVisibility * vec4(clamp(share, 0.0, 1.0), 0.0, 0.0, 1.0);
      }`;
  };
  return material;
}

/** Creates the material that writes the depth of cloth into the shadow map, whatever its visibility. */
export function createClothShadowMaterial({ bones }: ClothSupport): MeshDepthMaterial {
  const material = new MeshDepthMaterial({ side: DoubleSide });
  material.onBeforeCompile = (shader) => bones.poseVertices(shader);
  return material;
}

/** Patches a lit shader: turns normals of the inside, dims their ambient light, and adds fuzz at grazing angles. */
function lightBothSides(shader: Shader): void {
  const normal = replaceOnce(
    ShaderChunk.normal_fragment_begin,
    'gl_FrontFacing ? 1.0 : - 1.0',
    `dot(normalize(vNormal), normalize(vViewPosition)) > ${INSIDE_COSINE} ? 1.0 : -1.0`,
  );
  shader.fragmentShader = replaceOnce(
    replaceOnce(shader.fragmentShader, '#include <normal_fragment_begin>', normal),
    '#include <lights_fragment_end>',
    `#include <lights_fragment_end>
      float grazing = 1.0 - abs(dot(normal, geometryViewDir));
      reflectedLight.indirectDiffuse *=
        (faceDirection > 0.0 ? 1.0 : ${INSIDE_LIGHT}) * (1.0 + ${FUZZ} * grazing * grazing * grazing);`,
  );
}

/**
 * Patches a shader so that it discards cloth on the far side of the legs (`FAR_SIDE_SINE`). Apply after `poseVertices`.
 */
function discardFarSide(shader: Shader): void {
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      '#include <common>\nattribute vec3 outwardFromLegs;\nvarying float farSideSine;',
    ),
    '#include <project_vertex>',
    `#include <project_vertex>
      vec3 posedOutward =
        vec3(dot(poseRowX.xyz, outwardFromLegs),
             dot(poseRowY.xyz, outwardFromLegs),
             dot(poseRowZ.xyz, outwardFromLegs));
      farSideSine = dot(posedOutward, normalize(transformed));`,
  );
  shader.fragmentShader = replaceOnce(
    replaceOnce(shader.fragmentShader, '#include <common>', '#include <common>\nvarying float farSideSine;'),
    '#include <map_fragment>',
    `if (farSideSine > ${FAR_SIDE_SINE}) discard;\n#include <map_fragment>`,
  );
}

/**
 * Patches in the varying `clothVisibility`, 0..1: the mean of the bones' visibilities, weighted by the skin weights.
 */
function addVisibility(shader: Shader, boneVisibility: ClothSupport['boneVisibility']): void {
  shader.uniforms.boneVisibility = boneVisibility;
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>\nuniform float boneVisibility[${BONE_COUNT}];\nvarying float clothVisibility;`,
    ),
    '#include <begin_vertex>',
    `#include <begin_vertex>
      clothVisibility =
        boneVisibility[int(boneIndices.x)] * boneWeights.x + boneVisibility[int(boneIndices.y)] * boneWeights.y
        + boneVisibility[int(boneIndices.z)] * boneWeights.z + boneVisibility[int(boneIndices.w)] * boneWeights.w;`,
  );
  shader.fragmentShader = replaceOnce(
    shader.fragmentShader,
    '#include <common>',
    '#include <common>\nvarying float clothVisibility;',
  );
}
