import {
  DoubleSide,
  type Material,
  MeshBasicMaterial,
  MeshDepthMaterial,
  type MeshStandardMaterial,
  ShaderChunk,
  type WebGLProgramParametersWithUniforms,
} from 'three';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import type { BodyBones } from './body-bones.ts';
import { CONTACT_DEPTH_METRES, type ContactShade } from './contact-shade.ts';

/** What the cloth of a stage hangs on; its values are written once a frame. */
export interface ClothSupport {
  bones: BodyBones;
  /** How visible each bone's cloth is, 0..1, BONE_COUNT. */
  boneSeen: { value: Float32Array };
}

/** Share of the ambient light that reaches the inside of a garment, seen through its openings. */
const INSIDE_LIGHT = 0.5;
/** Light that the fibres standing off a fabric scatter where it is seen edge-on, as a share of its colour: what makes cotton look soft. */
const FUZZ = 0.18;
/**
 * Cosine from which cloth counts as seen from inside. Not the triangle's own side: along an outline triangles of both sides
 * show, and the inner ones would draw a dark line there.
 */
const INSIDE_COSINE = -0.15;
/** Cloth round the legs (`legsOutward`) is left out where it lies further on their far side than this sine: about 15°. */
const FAR_SIDE = 0.25;
/** Cloth less visible than this leaves no trace in the depth: what is behind it shows. */
const LEAST_SEEN = 0.02;

/**
 * A copy of a garment's material for one stage: seen from both sides, darker inside, soft at grazing angles. With `fading`
 * it lets the picture through where the body beneath was guessed rather than seen. Pictures are shared with the original.
 */
export function createClothMaterial(source: Material, { bones, boneSeen }: ClothSupport, fading: boolean): Material {
  const material = source.clone() as MeshStandardMaterial;
  material.side = DoubleSide;
  material.shadowSide = DoubleSide;
  material.forceSinglePass = true;
  if (fading) {
    material.transparent = true;
    // Of two faded layers only the nearer is drawn: `createClothDepthMaterial` goes before.
    material.depthWrite = true;
  }
  material.onBeforeCompile = (shader) => {
    bones.poseIn(shader);
    leaveOutFarSide(shader);
    if (fading) {
      addSeen(shader, boneSeen);
      shader.fragmentShader = shader.fragmentShader.replace(
        '#include <map_fragment>',
        '#include <map_fragment>\ndiffuseColor.a *= seen;',
      );
    }
    shader.fragmentShader = shader.fragmentShader
      .replace(
        '#include <normal_fragment_begin>',
        ShaderChunk.normal_fragment_begin.replace(
          'gl_FrontFacing ? 1.0 : - 1.0',
          `dot(normalize(vNormal), normalize(vViewPosition)) > ${INSIDE_COSINE} ? 1.0 : -1.0`,
        ),
      )
      .replace(
        '#include <lights_fragment_end>',
        `#include <lights_fragment_end>
        float grazing = 1.0 - abs(dot(normal, geometryViewDir));
        reflectedLight.indirectDiffuse *= (faceDirection > 0.0 ? 1.0 : ${INSIDE_LIGHT}) * (1.0 + ${FUZZ} * grazing * grazing * grazing);`,
      );
  };
  material.customProgramCacheKey = () => `cloth ${fading}`;
  return material;
}

/** Writes the depth of cloth that is seen at all, before its colour. */
export function createClothDepthMaterial({ bones, boneSeen }: ClothSupport): Material {
  // A little behind the colour that follows, which may differ in the last bit.
  const material = new MeshBasicMaterial({
    colorWrite: false,
    side: DoubleSide,
    polygonOffset: true,
    polygonOffsetFactor: 1,
    polygonOffsetUnits: 1,
  });
  material.onBeforeCompile = (shader) => {
    bones.poseIn(shader);
    addSeen(shader, boneSeen);
    shader.fragmentShader = shader.fragmentShader.replace(
      '#include <map_fragment>',
      `#include <map_fragment>\nif (seen < ${LEAST_SEEN}) discard;`,
    );
  };
  return material;
}

/** Writes how far away cloth is (see `ContactShade`), thinner where it fades. */
export function createClothDistanceMaterial(
  { bones, boneSeen }: ClothSupport,
  { nearestCloth }: ContactShade['uniforms'],
): Material {
  const material = new MeshBasicMaterial({ side: DoubleSide });
  material.onBeforeCompile = (shader) => {
    bones.poseIn(shader);
    leaveOutFarSide(shader);
    addSeen(shader, boneSeen);
    shader.uniforms.nearestCloth = nearestCloth;
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nvarying float clothAt;')
      .replace('#include <project_vertex>', '#include <project_vertex>\nclothAt = -mvPosition.z;');
    shader.fragmentShader = /* glsl */ `
      uniform float nearestCloth;
      varying float clothAt;
      varying float seen;
      varying float farSide;
      void main() {
        if (farSide > ${FAR_SIDE}) discard;
        gl_FragColor = seen * vec4(clamp((clothAt - nearestCloth) / ${(2 * CONTACT_DEPTH_METRES).toFixed(3)}, 0.0, 1.0), 0.0, 0.0, 1.0);
      }`;
  };
  return material;
}

/** Writes cloth into the shadow map. */
export function createClothShadowMaterial({ bones }: ClothSupport): MeshDepthMaterial {
  const material = new MeshDepthMaterial({ side: DoubleSide });
  material.onBeforeCompile = (shader) => bones.poseIn(shader);
  return material;
}

/** Leaves out cloth on the far side of the legs. Comes after the pose. */
function leaveOutFarSide(shader: WebGLProgramParametersWithUniforms): void {
  shader.vertexShader = shader.vertexShader
    .replace('#include <common>', '#include <common>\nattribute vec3 legsOutward;\nvarying float farSide;')
    .replace(
      '#include <project_vertex>',
      `#include <project_vertex>
      farSide = dot(vec3(dot(boneX.xyz, legsOutward), dot(boneY.xyz, legsOutward), dot(boneZ.xyz, legsOutward)), normalize(transformed));`,
    );
  shader.fragmentShader = shader.fragmentShader
    .replace('#include <common>', '#include <common>\nvarying float farSide;')
    .replace('#include <map_fragment>', `if (farSide > ${FAR_SIDE}) discard;\n#include <map_fragment>`);
}

/** Adds the varying `seen`: how visible the cloth is, by the bones that hold it. */
function addSeen(shader: WebGLProgramParametersWithUniforms, boneSeen: ClothSupport['boneSeen']): void {
  shader.uniforms.boneSeen = boneSeen;
  shader.vertexShader = shader.vertexShader
    .replace('#include <common>', `#include <common>\nuniform float boneSeen[${BONE_COUNT}];\nvarying float seen;`)
    .replace(
      '#include <begin_vertex>',
      `#include <begin_vertex>
      seen = boneSeen[int(boneIndices.x)] * boneWeights.x + boneSeen[int(boneIndices.y)] * boneWeights.y
           + boneSeen[int(boneIndices.z)] * boneWeights.z + boneSeen[int(boneIndices.w)] * boneWeights.w;`,
    );
  shader.fragmentShader = shader.fragmentShader.replace('#include <common>', '#include <common>\nvarying float seen;');
}
