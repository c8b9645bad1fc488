import { type Camera, LinearFilter, Scene, Vector2, type Vector3, type WebGLRenderer, WebGLRenderTarget } from 'three';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';

/** Longer side of the picture of the cloth's distances, px: what is read from it is soft. */
const LONG_SIDE = 240;
/** Cloth within this much of the chest's distance can shade the body, metres either way: what 8 bits resolve to 5 mm. */
export const CONTACT_DEPTH_METRES = 0.6;

/** Radius of the disc of cloth that a point of the body is shaded by, metres: the shade ends this far and a little from an edge. */
const REACH_METRES = 0.028;
/** How far that disc is shifted towards the light, as a share of its radius. */
const LEAN = 0.45;
/** The most that cloth darkens what it lies on, as a share of the picture's 8 bits: as deep as under a hem in an ordinary room. */
const MOST_SHADE = 0.35;
/** Places of the disc that are looked at. */
const TAPS = 8;

/** How far away the cloth is, in each place of the picture, small: what the body is shaded by where cloth lies close to it. */
export class ContactShade {
  readonly scene = new Scene();
  readonly uniforms = {
    /** Red: (distance − nearest) / 2 CONTACT_DEPTH_METRES, times the coverage in alpha. */
    clothDistance: { value: null as WebGLRenderTarget['texture'] | null },
    /** Distance for which red is 0, metres along the camera's axis. */
    nearestCloth: { value: 0 },
    /** Towards the light in the picture, x right, y up, at most 1 long. */
    towardsLight: { value: new Vector2() },
    /** Shares of the picture's width and height that 1 m takes at a distance of 1 m. */
    sharePerMetre: { value: new Vector2() },
  };
  private readonly target = new WebGLRenderTarget(1, 1, {
    minFilter: LinearFilter,
    magFilter: LinearFilter,
    generateMipmaps: false,
  });

  constructor() {
    this.uniforms.clothDistance.value = this.target.texture;
  }

  /** Takes where the body is and where its light comes from. */
  follow(chestDistance: number, direction: Vector3, fovYDegrees: number, aspect: number): void {
    this.uniforms.nearestCloth.value = chestDistance - CONTACT_DEPTH_METRES;
    this.uniforms.towardsLight.value.set(direction.x, direction.y);
    const perHeight = 0.5 / halfHeightAtUnitDistance(fovYDegrees);
    this.uniforms.sharePerMetre.value.set(perHeight / aspect, perHeight);
  }

  /** Draws the cloth's distances for a picture of these proportions. */
  draw(renderer: WebGLRenderer, camera: Camera, width: number, height: number): void {
    const scale = LONG_SIDE / Math.max(width, height);
    const w = Math.max(1, Math.round(width * scale));
    const h = Math.max(1, Math.round(height * scale));
    if (this.target.width !== w || this.target.height !== h) this.target.setSize(w, h);
    renderer.setRenderTarget(this.target);
    renderer.render(this.scene, camera);
    renderer.setRenderTarget(null);
  }

  dispose(): void {
    this.target.dispose();
  }
}

/** GLSL: the shade that cloth throws on a point of the body. Reads the uniforms above. */
export const contactShadeGlsl = /* glsl */ `
  uniform sampler2D clothDistance;
  uniform float nearestCloth;
  uniform vec2 towardsLight;
  uniform vec2 sharePerMetre;

  // How much the cloth in this place shades a point at this distance: only what lies on it or shortly before it.
  float clothOver(vec2 place, float distance) {
    vec4 cloth = texture2D(clothDistance, place);
    if (cloth.a < 0.02) return 0.0;
    float gap = distance - nearestCloth - cloth.r / cloth.a * ${(2 * CONTACT_DEPTH_METRES).toFixed(3)};
    return cloth.a * smoothstep(-0.03, 0.0, gap) * (1.0 - smoothstep(0.08, 0.16, gap));
  }

  float contactShade(vec2 place, float distance) {
    // Cloth lies before all of it: nobody sees it.
    if (clothOver(place, distance) > 0.99) return 0.0;
    vec2 reach = ${REACH_METRES} * sharePerMetre / distance;
    // The disc that is looked at lies towards the light.
    place += ${LEAN} * reach * towardsLight;
    float sum = 0.0;
    for (int i = 0; i < ${TAPS}; i++) {
      // Sunflower: even over the disc, https://en.wikipedia.org/wiki/Fermat%27s_spiral
      float turn = 2.399963 * float(i);
      sum += clothOver(place + reach * sqrt((float(i) + 0.5) / ${TAPS.toFixed(1)}) * vec2(cos(turn), sin(turn)), distance);
    }
    return ${MOST_SHADE} * sum / ${TAPS.toFixed(1)};
  }`;
