import type { GarmentKind, GarmentManifest, GarmentMeasures, GarmentMesh } from '../garment/garment.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { findHangings, hangings, spanningPieces } from './find-hangings.ts';
import { joinParts } from './join-parts.ts';
import { weldVertices } from './weld-vertices.ts';

/**
 * Guesses the manifest (kind, layer, sizes and fabric) of a garment whose file has none.
 *
 * 1. Kind: by the joints that its pieces hang from, the height of its hem, and whether cloth spans both legs. It never
 *    guesses `outer`.
 * 2. Sizes: `M` for the base size, and the name of each size displacement, all without measures.
 * 3. Layer 1 (next to the skin), and the fabric of a plain jersey T-shirt: stretches by 15 %, weighs 160 g/m².
 *
 * Between its steps the page gets time to draw.
 *
 * @param parts The garment's meshes, in the mannequin's rest pose, metres, +x to the wearer's left, +y up.
 * @param joints Rest joints of the body that the garment was modelled on: x, y, z in metres for each bone in the order
 * of `boneNames` (3 × BONE_COUNT).
 */
export async function guessManifest(parts: readonly GarmentMesh[], joints: Float32Array): Promise<GarmentManifest> {
  const sizes: Record<string, GarmentMeasures> = { M: {} };
  for (const part of parts) for (const name of Object.keys(part.sizes)) sizes[name] = {};
  const kind = await guessKind(parts, joints);
  return { kind, layer: 1, sizes, baseSize: 'M', fabric: { stretch: 15, weight: 160 } };
}

/** Step 1. A dress reaches below the middle of the thigh, a top does not. */
async function guessKind(parts: readonly GarmentMesh[], joints: Float32Array): Promise<GarmentKind> {
  await yieldToEventLoop();
  const { positions, indices } = joinParts(parts);
  const weld = weldVertices(positions, indices);
  await yieldToEventLoop();
  const vertices = new Uint32Array(weld.count);
  weld.welded.forEach((w, i) => void (vertices[w] = i));
  const found = new Set(Array.from(findHangings(positions, indices, weld, vertices, joints).hangs, (h) => hangings[h]));
  await yieldToEventLoop();
  if (found.size > 1 || found.has('feet') || found.has('overall')) return 'outfit';
  const height = (bone: number): number => joints[3 * bone + 1];
  const midThigh = (height(boneIndex.leftUpperLeg) + height(boneIndex.leftLowerLeg)) / 2;
  let bottom = Infinity;
  for (let i = 1; i < positions.length; i += 3) bottom = Math.min(bottom, positions[i]);
  if (found.has('shoulders')) return bottom < midThigh ? 'dress' : 'top';
  return spanningPieces(positions, indices, () => 0, joints).size === 0 ? 'bottom' : 'skirt';
}
