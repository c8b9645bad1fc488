import {
  CustomBlending,
  DoubleSide,
  type Material,
  MeshBasicMaterial,
  MeshDepthMaterial,
  MeshStandardMaterial,
  OneFactor,
  OneMinusSrcAlphaFactor,
  ShaderChunk,
  type Texture,
  type WebGLProgramParametersWithUniforms,
  ZeroFactor,
} from 'three';
import type { GarmentManifest } from '../garment/garment.ts';
import { replaceOnce } from '../math/replace-once.ts';
import { applySeenLight } from './apply-seen-light.ts';
import type { BodyBones } from './body-bones.ts';
import type { BodyOpenness } from './body-openness.ts';
import type { CameraGrain } from './camera-grain.ts';
import { CONTACT_DEPTH_METRES, type ContactShade } from './contact-shade.ts';
import { createFoldUniforms, drawFolds } from './draw-folds.ts';
import { drawHems } from './draw-hems.ts';
import { easeIntoWhite } from './ease-into-white.ts';
import type { ObstacleSight } from './obstacle-sight.ts';
import { type OutlineInputs, reachOutline } from './reach-outline.ts';
import { showBackdrop } from './show-backdrop.ts';
import { tiltNormalGlsl } from './tilt-normal.ts';

/**
 * Creates the materials that draw cloth. Input: vertices in the rest pose (metres), and matrices of the bones, which
 * take the rest pose to camera space (metres, the camera at the origin, +y up, −z away from it). Each material is one
 * of three.js's with a patched shader, and belongs to the caller, which disposes of it:
 *
 * 1. `createClothMaterial` draws the colour.
 * 2. `createClothDistanceMaterial` writes the distance from the camera, for `ContactShade` (the shade of cloth on the
 *    body).
 * 3. `createClothShadowMaterial` writes the depth into the shadow map.
 *
 * All three pose their vertices by the body's bones: geometry needs the attributes of `addSkin`. Materials 1 and 2 also
 * need these attributes by vertex: `layersBeneath`, how many layers of cloth are worn under it;
 * `setbackMetres`, how far the body within the cloth is set back (`clothSetbacks`); `outward`, the direction away from
 * the body, 3 numbers (`computeOutward`). Material 1 needs `corePlace`, too: the vertex's height along trunk and legs,
 * by which cloth behind an object is found (`ObstacleSight.placeOnCore`); and those of `drawFolds` and `drawHems`.
 *
 * Cloth is opaque, however uncertain the bones' poses are: the edge of the picture cuts it, and the body or an object
 * in front of it hides it. Cloth that faded with the uncertainty looked like a veil.
 */

/** Passes that all cloth materials of a stage share. */
export interface ClothSupport {
  /** The matrices of the posed bones, and the patch that poses vertices by them. */
  bones: BodyBones;
  /** The patch that leaves out cloth behind objects. */
  obstacles: ObstacleSight;
  /** The patch that adds the camera's noise. */
  grain: Pick<CameraGrain, 'patch'>;
  /** The patch that shades cloth where the body hides a part of the room from it. */
  openness: Pick<BodyOpenness, 'patch'>;
  /** `SeenLight`: how the light in the picture differs from the estimated light. */
  seenLight: { value: Texture };
  /** Where the picture shows the person's outline. */
  outline: OutlineInputs;
  /** Normals of the mannequin's skin in the rest pose, 3 × vertices of the mannequin. */
  skinNormals: Float32Array;
}

/**
 * Shares of the light that reaches the inside of a garment, visible through neck, sleeves and hem: at a hem, and
 * `INSIDE_DEPTH_METRES` and more from it.
 */
const INSIDE_LIGHT = { atHem: 0.7, deep: 0.42 };
const INSIDE_DEPTH_METRES = 0.06;
/**
 * Cosines between the line of sight and the cloth's normal away from the body: below the first cloth is seen from
 * outside, above the second from inside. Along an outline some triangles face away, and would draw a dark line.
 */
const SEEN_FROM_INSIDE = { from: 0.05, to: 0.3 };
/**
 * Cosines between the cloth's outward direction and the line of sight: up to the first, cloth is on the garment's outline.
 * A strip of the far side that sticks out there is shaded as the near side that it continues, not as an inside.
 */
const INSIDE_FACING = { from: 0.2, to: 0.6 };
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
 * Cloth is on the far side of the body where the cosine between its outward direction and the line of sight is above 0.
 * Up to this value beyond 0 it is set back in part: along an outline the depth changes without a step.
 */
const OUTLINE_COSINE = 0.1;

/** Alpha below which sheer cloth has a hole: it is left out, and hides nothing. */
const HOLE_ALPHA = 0.02;

/**
 * Cloth is drawn nearer to the camera by this for each layer beneath it, metres, along the line of sight, so that its
 * outline stays. An inner garment whose coarse triangles cut through the outer one does not show there.
 */
const LAYER_FORWARD_METRES = 0.005;

type Shader = WebGLProgramParametersWithUniforms;

/**
 * Copies a garment's material for one stage. The copy shows both sides of the cloth, the inside darker, and looks soft
 * at grazing angles. It reaches to the person's outline (`reachOutline`). Cloth that is pushed together lies in folds
 * (`drawFolds`), and where it ends it has a hem (`drawHems`). In bright light it eases into white (`easeIntoWhite`). An unlit material (`KHR_materials_unlit`) keeps its colour.
 *
 * @param original the garment's material, unchanged; the copy shares its textures.
 * @param support the posed bones, the patches that leave out cloth behind objects and add the camera's noise, and the
 * person's outline.
 * @param fabric how far it stretches, per cent, and its weight, g/m².
 */
export function createClothMaterial(
  original: Material,
  { bones, obstacles, grain, outline, openness, seenLight }: Omit<ClothSupport, 'skinNormals'>,
  fabric: GarmentManifest['fabric'],
): Material {
  const material = original.clone();
  const folds = createFoldUniforms(fabric);
  const isLit = material instanceof MeshStandardMaterial;
  material.side = DoubleSide;
  material.shadowSide = DoubleSide;
  material.forceSinglePass = true;
  // Cloth has the normals of its fit, whatever its file has. Without normals in the file three.js would draw facets.
  if ('flatShading' in material) material.flatShading = false;
  // Cloth hides what is behind it, sheer or not: else the far side of a garment would show through the near one.
  material.depthWrite = true;
  if (material.transparent) material.alphaTest = Math.max(material.alphaTest, HOLE_ALPHA);
  const isOpaque = !material.transparent;
  if (isOpaque) coverByAlpha(material);
  material.onBeforeCompile = (shader) => {
    bones.poseVertices(shader);
    obstacles.discardHidden(shader);
    reachOutline(shader, outline);
    if (isLit) openness.patch(shader);
    shiftDepth(shader);
    showCoverage(shader, isOpaque && material.alphaTest === 0);
    grain.patch(shader);
    showBackdrop(shader, outline.backdrop);
    if (isLit) {
      lightBothSides(shader);
      drawFolds(shader, folds);
      drawHems(shader);
      applySeenLight(shader, seenLight);
      easeIntoWhite(shader);
    }
  };
  material.customProgramCacheKey = () => `cloth-${isOpaque}-${material.alphaTest === 0}`;
  return material;
}

/**
 * Creates the material that writes the cloth's distance from the camera for `ContactShade`. Red: distance beyond
 * `nearestClothMetres` as a share of 2 · CONTACT_DEPTH_METRES, 0..1. Alpha: 1.
 *
 * @param bones the posed bones.
 * @param uniforms of `ContactShade`; `nearestClothMetres`: distance at which red is 0.
 */
export function createClothDistanceMaterial(
  bones: BodyBones,
  { nearestClothMetres }: ContactShade['uniforms'],
): Material {
  const material = new MeshBasicMaterial({ side: DoubleSide });
  material.onBeforeCompile = (shader) => {
    bones.poseVertices(shader);
    shader.uniforms.nearestClothMetres = nearestClothMetres;
    shader.vertexShader = replaceOnce(
      replaceOnce(shader.vertexShader, '#include <common>', '#include <common>\nvarying float clothDistanceMetres;'),
      '#include <project_vertex>',
      '#include <project_vertex>\nclothDistanceMetres = -mvPosition.z;',
    );
    shiftDepth(shader);
    shader.fragmentShader = /* glsl */ `
      uniform float nearestClothMetres;
      varying float clothDistanceMetres;
      void main() {
        float share = (clothDistanceMetres - nearestClothMetres) / ${(2 * CONTACT_DEPTH_METRES).toFixed(3)};
        gl_FragColor = vec4(clamp(share, 0.0, 1.0), 0.0, 0.0, 1.0);
      }`;
  };
  return material;
}

/** Creates the material that writes the depth of cloth, posed by `bones`, into the shadow map. */
export function createClothShadowMaterial(bones: BodyBones): MeshDepthMaterial {
  const material = new MeshDepthMaterial({ side: DoubleSide });
  material.onBeforeCompile = (shader) => bones.poseVertices(shader);
  return material;
}

/**
 * Lets the alpha of an opaque material be the share of a pixel's samples that it covers, for soft edges in any order of
 * drawing. In a covered sample the canvas's alpha stays 1 where there was a picture before.
 */
function coverByAlpha(material: Material): void {
  material.alphaToCoverage = true;
  material.blending = CustomBlending;
  material.blendSrc = OneFactor;
  material.blendDst = ZeroFactor;
  material.blendSrcAlpha = OneFactor;
  material.blendDstAlpha = OneMinusSrcAlphaFactor;
}

/** Patches a shader so that its alpha counts `clothCoverage`. `isSolid`: the material's own alpha means nothing. */
function showCoverage(shader: Shader, isSolid: boolean): void {
  shader.fragmentShader = replaceOnce(
    shader.fragmentShader,
    '#include <opaque_fragment>',
    `diffuseColor.a ${isSolid ? '=' : '*='} clothCoverage;\n#include <opaque_fragment>`,
  );
}

/** Patches a lit shader: turns normals of the inside, dims its light, and adds fuzz at grazing angles. */
function lightBothSides(shader: Shader): void {
  const normal = replaceOnce(
    ShaderChunk.normal_fragment_begin,
    'gl_FrontFacing ? 1.0 : - 1.0',
    `dot(normalize(vNormal), normalize(vViewPosition)) > ${INSIDE_COSINE} || outlineFacing < ${INSIDE_FACING.to} ? 1.0 : -1.0`,
  );
  shader.fragmentShader = replaceOnce(
    replaceOnce(
      replaceOnce(
        shader.fragmentShader,
        '#include <common>',
        `#include <common>\nvarying float outerSide;\n${tiltNormalGlsl}`,
      ),
      '#include <normal_fragment_begin>',
      normal,
    ),
    '#include <lights_fragment_end>',
    `#include <lights_fragment_end>
      float grazing = 1.0 - abs(dot(normal, geometryViewDir));
      float seenFromInside =
        smoothstep(${SEEN_FROM_INSIDE.from}, ${SEEN_FROM_INSIDE.to}, -outerSide * dot(normalize(vNormal), geometryViewDir));
      seenFromInside *= smoothstep(${INSIDE_FACING.from}, ${INSIDE_FACING.to}, outlineFacing);
      float insideLight =
        mix(${INSIDE_LIGHT.atHem}, ${INSIDE_LIGHT.deep}, smoothstep(0.0, ${INSIDE_DEPTH_METRES}, fromEdgeMetres));
      reflectedLight.directDiffuse *= mix(1.0, insideLight, seenFromInside);
      reflectedLight.indirectDiffuse *=
        mix(1.0, insideLight, seenFromInside) * (1.0 + ${FUZZ} * grazing * grazing * grazing);`,
  );
}

/**
 * Patches a shader so that it draws outer layers of cloth nearer to the camera, and sets cloth on the far side of the
 * body back as far as the body itself is, so that the body hides it (`clothSetbacks`). Apply it last: its text then
 * comes first after the projection, and the other patches read the new position.
 */
function shiftDepth(shader: Shader): void {
  shader.vertexShader = replaceOnce(
    replaceOnce(
      shader.vertexShader,
      '#include <common>',
      `#include <common>
      attribute float layersBeneath;
      attribute float setbackMetres;
      attribute vec3 outward;
      varying float outerSide;`,
    ),
    '#include <project_vertex>',
    // The camera is the origin: a scaling changes the depth and keeps the position in the picture.
    `#include <project_vertex>
      outerSide = dot(outward, normal) < 0.0 ? -1.0 : 1.0;
      vec3 posedOutward = vec3(dot(poseRowX.xyz, outward), dot(poseRowY.xyz, outward), dot(poseRowZ.xyz, outward));
      float farShare = smoothstep(0.0, ${OUTLINE_COSINE}, dot(posedOutward, normalize(mvPosition.xyz)));
      mvPosition.xyz *=
        1.0 + (farShare * setbackMetres - ${LAYER_FORWARD_METRES} * layersBeneath) / length(mvPosition.xyz);
      gl_Position = projectionMatrix * mvPosition;`,
  );
}
