import { weighCloth } from '../../../src/adopt/weigh-cloth.ts';
import type { GarmentMesh } from '../../../src/garment/garment.ts';
import { makeTube } from '../../../src/garment/make-tube.test-helper.ts';
import { boneIndex, type Mannequin } from '../../../src/mannequin/mannequin.ts';
import { cut, extent } from '../../../tools/mannequin/tape.ts';

/** Height of the waistband over the joint of the hips, and of the hem over the joints of the knees, metres. */
const WAIST_METRES = 0.1;
const HEM_METRES = 0.03;
/** Distance of the waistband from the skin, metres. */
const EASE_METRES = 0.004;
/** Growth of the radius for each metre downwards: the hem of a mean body's skirt is 2.2 m long. */
const FLARE = 0.45;

/** Makes a flared skirt, modelled on the base shape of `mannequin` in its rest pose: an elliptic cone from waist to knee. */
export async function makeSkirt(mannequin: Mannequin): Promise<GarmentMesh> {
  const { joints } = mannequin;
  const top = joints[3 * boneIndex.hips + 1] + WAIST_METRES;
  const bottom = joints[3 * boneIndex.leftLowerLeg + 1] + HEM_METRES;
  const outlines = cut(mannequin, { normal: [0, 1, 0], offset: top, u: [1, 0, 0], v: [0, 0, 1] });
  // Arms that hang are cut too: the trunk has the most points.
  const waist = outlines.reduce((longest, outline) => (outline.length > longest.length ? outline : longest));
  const { width, depth } = extent(waist);
  const [a, b] = [width / 2 + EASE_METRES, depth / 2 + EASE_METRES];
  const middle = Math.min(...waist.map(([, z]) => z)) + depth / 2;
  const tube = makeTube(
    (angle, y) => (a * b) / Math.hypot(b * Math.sin(angle), a * Math.cos(angle)) + FLARE * (top - y),
    bottom,
    top,
  );
  for (let i = 2; i < tube.positions.length; i += 3) tube.positions[i] += middle;
  const weights = await weighCloth(tube.positions, Uint32Array.from(tube.indices), mannequin);
  return { name: 'skirt', ...tube, ...weights, uvs: null, sizes: {} };
}
