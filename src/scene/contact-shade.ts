/**
 * Computes the shade of cloth on the body close to it. Input: the meshes of cloth in `scene`, the posed joints (camera
 * space: metres, +x right in the picture, +y up, −z away from the camera) and the direction to the light. Output:
 * `uniforms` for the shader of the occluder, which draws the body.
 *
 * 1. `takeBody` computes the uniforms: span of distances, direction to the light, scale of the picture.
 * 2. `prepare` draws the distances of the cloth from the camera into a small render target.
 * 3. The occluder's shader calls `contactShadeGlsl`, which samples that target, and darkens the picture.
 */
import {
  LinearFilter,
  type PerspectiveCamera,
  Scene,
  Vector2,
  type Vector3,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import type { PosedBody } from '../body/body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { DrawContext, Pass } from './pass.ts';

/** Longer side of the render target of the cloth's distances, px: few, because the shade is soft. */
const TARGET_LONG_SIDE_PIXELS = 240;
/**
 * Cloth can shade the body if it is at most this much nearer or farther than the chest, metres. The span is twice this
 * depth, and the 8 bits of the render target resolve it to 5 mm.
 */
export const CONTACT_DEPTH_METRES = 0.6;

/** Radius of the disc in which cloth shades a point of the body, metres. The shade ends just beyond this distance. */
const SHADE_RADIUS_METRES = 0.028;
/** Shift of the disc towards the light, as a share of its radius. */
const LIGHT_SHIFT = 0.45;
/** Largest share by which shade lowers the picture's sRGB values: as under a hem in an ordinary room. */
const MAX_SHADE = 0.35;
/** Number of samples of the cloth's distance in the disc. */
const SAMPLES = 8;

/** The pass (a step of the stage's drawing) that computes the shade of cloth on the body close to it. */
export class ContactShade implements Pass {
  readonly layers = ['scene'] as const;
  readonly needsBody = true;
  /** Meshes of the worn cloth, which `GarmentPass` adds; their material writes the distance from the camera. */
  readonly scene = new Scene();
  /** Uniforms for shaders that call `contactShadeGlsl`. */
  readonly uniforms = {
    /**
     * Red: (distance − `nearestClothMetres`) / (2 · CONTACT_DEPTH_METRES), times alpha. Alpha: coverage by cloth, 0..1.
     */
    clothDistance: { value: null as WebGLRenderTarget['texture'] | null },
    /** Distance at which red is 0, metres. All distances of this pass are measured along the camera's axis. */
    nearestClothMetres: { value: 0 },
    /** Direction to the light, projected into the picture: x right, y up, length at most 1. */
    towardsLight: { value: new Vector2() },
    /** Shares of the picture's width and height that 1 m covers at a distance of 1 m. */
    sharePerMetre: { value: new Vector2() },
  };
  readonly #lightDirection: Vector3;
  readonly #target = new WebGLRenderTarget(1, 1, {
    minFilter: LinearFilter,
    magFilter: LinearFilter,
    generateMipmaps: false,
  });

  /** @param lightDirection direction to the light, camera space, length 1; kept and read again in every `takeBody`. */
  constructor(lightDirection: Vector3) {
    this.#lightDirection = lightDirection;
    this.uniforms.clothDistance.value = this.#target.texture;
  }

  /** Reads the chest's joint (camera space, metres), and field of view and proportions of the camera. */
  takeBody({ positions, camera }: PosedBody): void {
    const { fovYDegrees, width, height } = camera;
    this.uniforms.nearestClothMetres.value = -positions[3 * boneIndex.chest + 2] - CONTACT_DEPTH_METRES;
    this.uniforms.towardsLight.value.set(this.#lightDirection.x, this.#lightDirection.y);
    const perHeight = 0.5 / halfHeightAtUnitDistance(fovYDegrees);
    this.uniforms.sharePerMetre.value.set(perHeight / (width / height), perHeight);
  }

  /** Draws the cloth's distances; `width` and `height`: size of the drawing buffer, px. */
  prepare({ renderer, camera, width, height }: DrawContext): void {
    const scale = TARGET_LONG_SIDE_PIXELS / Math.max(width, height);
    const targetWidth = Math.max(1, Math.round(width * scale));
    const targetHeight = Math.max(1, Math.round(height * scale));
    if (this.#target.width !== targetWidth || this.#target.height !== targetHeight)
      this.#target.setSize(targetWidth, targetHeight);
    renderer.setRenderTarget(this.#target);
    renderer.render(this.scene, camera);
    renderer.setRenderTarget(null);
  }

  compile(renderer: WebGLRenderer, camera: PerspectiveCamera): void {
    renderer.compile(this.scene, camera);
  }

  release(): void {
    this.#target.dispose();
  }
}

/**
 * GLSL text that declares the uniforms of `ContactShade` and the function `contactShade(pictureUv, bodyMetres)`. The
 * function returns the share 0..MAX_SHADE of its light that a point of the body loses. `pictureUv` is the point's
 * position in the picture, 0..1 from the bottom left; `bodyMetres` is its distance along the camera's axis.
 */
export const contactShadeGlsl = /* glsl */ `
  uniform sampler2D clothDistance;
  uniform float nearestClothMetres;
  uniform vec2 towardsLight;
  uniform vec2 sharePerMetre;

  // Share 0..1 in which the cloth at a position in the picture shades a point. Cloth counts if it touches the point or
  // is less than 16 cm in front of it.
  float clothOver(vec2 clothUv, float bodyMetres) {
    vec4 cloth = texture2D(clothDistance, clothUv);
    if (cloth.a < 0.02) return 0.0;
    float gapMetres = bodyMetres - nearestClothMetres - cloth.r / cloth.a * ${(2 * CONTACT_DEPTH_METRES).toFixed(3)};
    return cloth.a * smoothstep(-0.03, 0.0, gapMetres) * (1.0 - smoothstep(0.08, 0.16, gapMetres));
  }

  float contactShade(vec2 pictureUv, float bodyMetres) {
    // Cloth hides the point: its shade does not show.
    if (clothOver(pictureUv, bodyMetres) > 0.99) return 0.0;
    vec2 radiusUv = ${SHADE_RADIUS_METRES} * sharePerMetre / bodyMetres;
    vec2 centreUv = pictureUv + ${LIGHT_SHIFT} * radiusUv * towardsLight;
    float sum = 0.0;
    for (int i = 0; i < ${SAMPLES}; i++) {
      // Even spread over the disc by the golden angle: https://en.wikipedia.org/wiki/Fermat%27s_spiral
      float angle = 2.399963 * float(i);
      float radius = sqrt((float(i) + 0.5) / ${SAMPLES.toFixed(1)});
      sum += clothOver(centreUv + radiusUv * radius * vec2(cos(angle), sin(angle)), bodyMetres);
    }
    return ${MAX_SHADE} * sum / ${SAMPLES.toFixed(1)};
  }`;
