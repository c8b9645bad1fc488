import { LinearFilter, Scene, Vector2, type Vector3, WebGLRenderTarget } from 'three';
import type { PosedBody } from '../body/body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { DrawContext, Pass } from './pass.ts';

/** Longer side of the target that the cloth's distances are drawn into, px: the shade read from it is soft. */
const LONG_SIDE = 240;
/**
 * Cloth within this distance before or behind the chest can shade the body, metres: 8 bits resolve this span to 5 mm.
 */
export const CONTACT_DEPTH_METRES = 0.6;

/**
 * Radius of the disc of cloth that shades a point of the body, metres: the shade ends a little further than this from
 * an edge.
 */
const REACH_METRES = 0.028;
/** Shift of that disc towards the light, as a share of its radius. */
const LIGHT_SHIFT = 0.45;
/**
 * The most that cloth darkens what it lies on, as a share of the picture's 8 bits: as deep as under a hem in an
 * ordinary room.
 */
const MOST_SHADE = 0.35;
/** Samples of the disc. */
const SAMPLES = 8;

/**
 * The shade that cloth throws on the body where it lies close to it. The pass draws the cloth's distances from the
 * camera into a small target; the body's shader reads that target (`contactShadeGlsl`) and darkens the picture.
 */
export class ContactShade implements Pass {
  readonly layers = ['scene'] as const;
  readonly needsBody = true;
  /** The cloth, in a material that writes its distance (`createClothDistanceMaterial`). */
  readonly scene = new Scene();
  readonly uniforms = {
    /** Red: (distance − nearest) / 2 CONTACT_DEPTH_METRES, times the coverage in alpha. */
    clothDistance: { value: null as WebGLRenderTarget['texture'] | null },
    /** Distance for which red is 0, metres along the camera's axis (as all distances here). */
    nearestClothMetres: { value: 0 },
    /** Towards the light in the picture, x right, y up, length at most 1. */
    towardsLight: { value: new Vector2() },
    /** Shares of the picture's width and height that 1 m takes at a distance of 1 m. */
    sharePerMetre: { value: new Vector2() },
  };
  readonly #lightDirection: Vector3;
  readonly #target = new WebGLRenderTarget(1, 1, {
    minFilter: LinearFilter,
    magFilter: LinearFilter,
    generateMipmaps: false,
  });

  /** @param lightDirection towards the light, camera space, length 1; read anew for every body. */
  constructor(lightDirection: Vector3) {
    this.#lightDirection = lightDirection;
    this.uniforms.clothDistance.value = this.#target.texture;
  }

  takeBody({ positions, camera }: PosedBody): void {
    const { fovYDegrees, width, height } = camera;
    this.uniforms.nearestClothMetres.value = -positions[3 * boneIndex.chest + 2] - CONTACT_DEPTH_METRES;
    this.uniforms.towardsLight.value.set(this.#lightDirection.x, this.#lightDirection.y);
    const perHeight = 0.5 / halfHeightAtUnitDistance(fovYDegrees);
    this.uniforms.sharePerMetre.value.set(perHeight / (width / height), perHeight);
  }

  prepare({ renderer, camera, width, height }: DrawContext): void {
    const scale = LONG_SIDE / Math.max(width, height);
    const targetWidth = Math.max(1, Math.round(width * scale));
    const targetHeight = Math.max(1, Math.round(height * scale));
    if (this.#target.width !== targetWidth || this.#target.height !== targetHeight)
      this.#target.setSize(targetWidth, targetHeight);
    renderer.setRenderTarget(this.#target);
    renderer.render(this.scene, camera);
    renderer.setRenderTarget(null);
  }

  release(): void {
    this.#target.dispose();
  }
}

/**
 * GLSL: `contactShade(place, bodyDistance)` is the share of its light that a point of the body loses, 0..MOST_SHADE,
 * for its place in the picture (0..1, from the bottom left) and its distance, metres. Reads the uniforms above.
 */
export const contactShadeGlsl = /* glsl */ `
  uniform sampler2D clothDistance;
  uniform float nearestClothMetres;
  uniform vec2 towardsLight;
  uniform vec2 sharePerMetre;

  // Share of a point's light that the cloth at this place takes: cloth on the point or less than 16 cm before it
  // counts.
  float clothOver(vec2 place, float bodyDistance) {
    vec4 cloth = texture2D(clothDistance, place);
    if (cloth.a < 0.02) return 0.0;
    float gap = bodyDistance - nearestClothMetres - cloth.r / cloth.a * ${(2 * CONTACT_DEPTH_METRES).toFixed(3)};
    return cloth.a * smoothstep(-0.03, 0.0, gap) * (1.0 - smoothstep(0.08, 0.16, gap));
  }

  float contactShade(vec2 place, float bodyDistance) {
    // Cloth covers the point wholly: it is not visible.
    if (clothOver(place, bodyDistance) > 0.99) return 0.0;
    vec2 reach = ${REACH_METRES} * sharePerMetre / bodyDistance;
    place += ${LIGHT_SHIFT} * reach * towardsLight;
    float sum = 0.0;
    for (int i = 0; i < ${SAMPLES}; i++) {
      // Sunflower: even over the disc, https://en.wikipedia.org/wiki/Fermat%27s_spiral
      float angle = 2.399963 * float(i);
      sum += clothOver(place + reach * sqrt((float(i) + 0.5) / ${SAMPLES.toFixed(1)}) * vec2(cos(angle), sin(angle)), bodyDistance);
    }
    return ${MOST_SHADE} * sum / ${SAMPLES.toFixed(1)};
  }`;
