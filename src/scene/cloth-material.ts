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
 * The materials that cloth is drawn with. Each patches a shader of three.js:
 *
 * 1. `createClothMaterial`: the colour.
 * 2. `createClothDepthMaterial`: the depth alone, before the colour, where cloth fades.
 * 3. `createClothDistanceMaterial`: the distance from the camera, for `ContactShade`.
 * 4. `createClothShadowMaterial`: the depth in the shadow map.
 *
 * All pose their vertices by the body's bones, so geometry needs the attributes of `addSkin`, and 1 and 3 those of
 * `legsOutward` besides.
 */
export interface ClothSupport {
  bones: BodyBones;
  /** Visibility of the cloth on each bone, 0..1, BONE_COUNT; written once a frame. */
  boneSeen: { value: Float32Array };
}

/** Share of the ambient light that reaches the inside of a garment, seen through its openings. */
const INSIDE_LIGHT = 0.5;
/**
 * Light that fibres on a fabric's surface scatter where it is seen edge-on, as a share of its colour: cotton looks soft
 * by it.
 */
const FUZZ = 0.18;
/**
 * Cosine between normal and view below which cloth counts as seen from inside. A triangle's facing does not tell: along
 * an outline triangles of both facings show, and those that face away would draw a dark line there.
 */
const INSIDE_COSINE = -0.15;
/**
 * Cloth round the legs (`legsOutward`) is not drawn where it faces away from the camera by more than this sine: about
 * 15°.
 */
const FAR_SIDE_SINE = 0.25;
/** Cloth less visible than this writes no depth, and what is behind it shows. */
const MIN_VISIBILITY = 0.02;

type Shader = WebGLProgramParametersWithUniforms;

/**
 * A copy of a garment's material for one stage: visible from both sides, darker inside, soft at grazing angles. With
 * `fading` it blends into the picture where the body beneath was guessed rather than seen. Textures are shared with
 * `source`. An unlit material (`KHR_materials_unlit`) keeps its colour as it is.
 */
export function createClothMaterial(source: Material, { bones, boneSeen }: ClothSupport, fading: boolean): Material {
  const material = source.clone();
  const isLit = material instanceof MeshStandardMaterial;
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
      shader.fragmentShader = replaceOnce(
        shader.fragmentShader,
        '#include <map_fragment>',
        '#include <map_fragment>\ndiffuseColor.a *= seen;',
      );
    }
    if (isLit) lightBothSides(shader);
  };
  material.customProgramCacheKey = () => `cloth ${fading}`;
  return material;
}

/** Writes the depth of all visible cloth, before its colour. */
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
    shader.fragmentShader = replaceOnce(
      shader.fragmentShader,
      '#include <map_fragment>',
      `#include <map_fragment>\nif (seen < ${MIN_VISIBILITY}) discard;`,
    );
  };
  return material;
}

/** Writes the cloth's distance as `ContactShade` reads it, weighted by its visibility. */
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
    shader.vertexShader = replaceOnce(
      replaceOnce(shader.vertexShader, '#include <common>', '#include <common>\nvarying float clothMetres;'),
      '#include <project_vertex>',
      '#include <project_vertex>\nclothMetres = -mvPosition.z;',
    );
    shader.fragmentShader = /* glsl */ `
      uniform float nearestCloth;
      varying float clothMetres;
      varying float seen;
      varying float farSide;
      void main() {
        if (farSide > ${FAR_SIDE_SINE}) discard;
        gl_FragColor = seen * vec4(clamp((clothMetres - nearestCloth) / ${(2 * CONTACT_DEPTH_METRES).toFixed(3)}, 0.0, 1.0), 0.0, 0.0, 1.0);
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

/** Lights cloth seen from inside by its inner normal and by less ambient light, and adds the fuzz at grazing angles. */
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
      reflectedLight.indirectDiffuse *= (faceDirection > 0.0 ? 1.0 : ${INSIDE_LIGHT}) * (1.0 + ${FUZZ} * grazing * grazing * grazing);`,
  );
}

/** Does not draw cloth on the far side of the legs. Comes after the pose. */
function leaveOutFarSide(shader: Shader): void {
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      '#include <common>\nattribute vec3 legsOutward;\nvarying float farSide;',
    ),
    '#include <project_vertex>',
    `#include <project_vertex>
      vec3 outward = vec3(dot(boneX.xyz, legsOutward), dot(boneY.xyz, legsOutward), dot(boneZ.xyz, legsOutward));
      farSide = dot(outward, normalize(transformed));`,
  );
  shader.fragmentShader = replaceOnce(
    replaceOnce(shader.fragmentShader, '#include <common>', '#include <common>\nvarying float farSide;'),
    '#include <map_fragment>',
    `if (farSide > ${FAR_SIDE_SINE}) discard;\n#include <map_fragment>`,
  );
}

/** Adds the varying `seen`: the visibility of the cloth, from the bones that it is bound to. */
function addSeen(shader: Shader, boneSeen: ClothSupport['boneSeen']): void {
  shader.uniforms.boneSeen = boneSeen;
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>\nuniform float boneSeen[${BONE_COUNT}];\nvarying float seen;`,
    ),
    '#include <begin_vertex>',
    `#include <begin_vertex>
      seen = boneSeen[int(boneIndices.x)] * boneWeights.x + boneSeen[int(boneIndices.y)] * boneWeights.y
           + boneSeen[int(boneIndices.z)] * boneWeights.z + boneSeen[int(boneIndices.w)] * boneWeights.w;`,
  );
  shader.fragmentShader = replaceOnce(
    shader.fragmentShader,
    '#include <common>',
    '#include <common>\nvarying float seen;',
  );
}
