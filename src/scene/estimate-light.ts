/**
 * Estimates the light on a person from one picture, so that garments can be lit in the same way. Input: a small sRGB
 * picture, and the colours on the person's body in it with their normals (`LightSamples`). Output: light by direction
 * and colour, and the colours of the own clothes in it.
 *
 * 1. Shape: the shading of skin and clothes tells where the light comes from (`findKeyLight`).
 * 2. Skin: its mean colour, without lips, eyes and shadows, divided by the light that falls on each place.
 * 3. Level and colour: from the skin and the whole picture (`judgeExposure`).
 * 4. Colours of own clothes in this light (`measureMaterials`).
 */
import { findKeyLight, type LightShape, shade } from './find-key-light.ts';
import { type Exposure, judgeExposure } from './judge-exposure.ts';
import { type LightSamples, MAX_SAMPLES, SKIN_GROUP, type SmallPicture } from './light-samples.ts';
import { MATERIAL_VALUES, measureMaterials, UNSEEN_MATERIAL } from './measure-materials.ts';
import { luminanceOf, measureBrightest, measurePicture, type PictureLight } from './measure-picture.ts';

/**
 * The light in which a person stands. A surface of albedo a (linear) with the normal n (camera space: +x right in the
 * picture, +y up, +z towards the camera) looks a · `light` · `shade(shape, n)`, linear, where nothing shades it.
 */
export interface LightEstimate {
  /** Mean light on surfaces that face the camera: linear red, green, blue. 1 shows white as white. */
  light: [number, number, number];
  /** How the light depends on the normal. */
  shape: LightShape;
  /** Colours of own upper and own lower clothes in the mean light: logarithms of linear values (`measureMaterials`). */
  materials: Float32Array;
}

/** Creates the light of a well-lit room: white, a little more of it from above. */
export function createLightEstimate(): LightEstimate {
  return {
    light: [1, 1, 1],
    shape: { ambient: 0.7, key: [0, 0.28, 0.3] },
    materials: new Float32Array(MATERIAL_VALUES).fill(UNSEEN_MATERIAL),
  };
}

/**
 * Shares of the skin's samples that are darker and brighter than those whose mean is its colour: eyes, lips, beards and
 * cast shadows are darker, and gloss is brighter.
 */
const DARKER_SHARE = 0.35;
const BRIGHTER_SHARE = 0.1;
/** Fewer samples of skin than this tell nothing. */
const MIN_SKIN_SAMPLES = 6;

/** Scratch of `estimateLight`. */
const picture: PictureLight = { mean: 0, bright: 0, top: 0, redCast: 0, blueCast: 0, greyShare: 0, grain: 0 };
const exposure: Exposure = { light: [1, 1, 1], levelSpread: 1 };
const brightnesses = new Float32Array(MAX_SAMPLES);
const sorted = new Float32Array(MAX_SAMPLES);
const skin: [number, number, number] = [0, 0, 0];
const person = { skin: null as typeof skin | null, clothes: [0, 0], brightest: -Infinity, againstLight: 0 };

/**
 * Writes the light of a picture into `target`, and returns `target`. Pure.
 *
 * @param small the picture, at most 128 × 128 px.
 * @param seen colours on the person's body in this picture (none is an unknown person); coverage of its pixels by the
 * person, 0..255, null if it is unknown; and the camera's noise, a share of white.
 */
export function estimateLight(
  small: SmallPicture,
  { samples, coverage, grain }: { samples: LightSamples; coverage: Uint8Array | null; grain: number },
  target: LightEstimate,
): LightEstimate {
  findKeyLight(samples, target.shape);
  measureMaterials(samples, target.shape, target.materials);
  const isSkinSeen = findSkin(samples, target.shape);
  person.skin = isSkinSeen ? skin : null;
  person.againstLight = againstLight(target.shape);
  for (let c = 0; c < person.clothes.length; c++) person.clothes[c] = logLuminance(target.materials, 3 * c);
  person.brightest = coverage ? measureBrightest(small, coverage) : -Infinity;
  picture.grain = grain;
  judgeExposure(person, measurePicture(small, picture), exposure);
  for (let k = 0; k < 3; k++) target.light[k] = exposure.light[k];
  return target;
}

/** Returns the logarithm of a material's luminance; −Infinity if it is not seen. `i`: where its values begin. */
function logLuminance(materials: Float32Array, i: number): number {
  if (materials[i] === UNSEEN_MATERIAL) return -Infinity;
  return Math.log(luminanceOf(Math.exp(materials[i]), Math.exp(materials[i + 1]), Math.exp(materials[i + 2])));
}

/** Light from behind, as a share of the light from all sides, from which a person surely stands against the light. */
const AGAINST_LIGHT = 0.4;

/** Returns how much the light comes from behind the person, 0..1. */
function againstLight({ ambient, key }: LightShape): number {
  return Math.min(1, Math.max(0, -key[2]) / (AGAINST_LIGHT * ambient));
}

/**
 * Whether a sample counts for the colour of the skin: not clipped, and redder than green in the light of all lamps and
 * skies. Sky beside a small face is not.
 */
function isSkin({ groups, clipped, colours }: LightSamples, i: number): boolean {
  return groups[i] === SKIN_GROUP && clipped[i] === 0 && colours[3 * i] > colours[3 * i + 1];
}

/** Writes into `skin` the colour that the skin has in the mean light. Returns whether enough skin is seen. */
function findSkin(samples: LightSamples, shape: LightShape): boolean {
  const { count, colours, normals } = samples;
  let found = 0;
  for (let i = 0; i < count; i++) {
    if (!isSkin(samples, i)) continue;
    const light = shade(shape, normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]);
    brightnesses[i] = luminanceOf(colours[3 * i], colours[3 * i + 1], colours[3 * i + 2]) / light;
    sorted[found++] = brightnesses[i];
  }
  skin.fill(0);
  if (found < MIN_SKIN_SAMPLES) return false;
  sorted.subarray(0, found).sort();
  const darkest = sorted[Math.floor(DARKER_SHARE * found)];
  const brightest = sorted[Math.floor((1 - BRIGHTER_SHARE) * (found - 1))];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (!isSkin(samples, i)) continue;
    if (brightnesses[i] < darkest || brightnesses[i] > brightest) continue;
    const light = shade(shape, normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]);
    for (let k = 0; k < 3; k++) skin[k] += colours[3 * i + k] / light;
    sum++;
  }
  if (sum === 0) return false;
  for (let k = 0; k < 3; k++) skin[k] /= sum;
  return true;
}
