import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { GarmentKind, GarmentManifest, GarmentMeasures, GarmentPart } from './garment.ts';

/** A garment reaches a joint when it comes within this of it, metres. */
const REACH_METRES = 0.05;

/**
 * A manifest for a file that has none, from where the garment lies on the mannequin: its kind by the joints that it
 * reaches, its sizes by its morphs (without measures; a file without size morphs has the one size `M`).
 */
export function guessManifest(parts: readonly GarmentPart[], { joints }: Mannequin): GarmentManifest {
  let top = -Infinity;
  let bottom = Infinity;
  for (const { positions } of parts) {
    for (let i = 1; i < positions.length; i += 3) {
      top = Math.max(top, positions[i]);
      bottom = Math.min(bottom, positions[i]);
    }
  }
  const height = (bone: number): number => joints[3 * bone + 1];
  const coversShoulders = top > height(boneIndex.leftUpperArm) - REACH_METRES;
  const thighs = (height(boneIndex.leftUpperLeg) + height(boneIndex.leftLowerLeg)) / 2;
  const kind: GarmentKind = coversShoulders ? (bottom < thighs ? 'dress' : 'top') : 'bottom';

  const sizes: Record<string, GarmentMeasures> = { M: {} };
  for (const part of parts) for (const name of Object.keys(part.sizes)) sizes[name] = {};
  return { kind, layer: 1, sizes, baseSize: 'M', fabric: { stretch: 15, weight: 160 } };
}
