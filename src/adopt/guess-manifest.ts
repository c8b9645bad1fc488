import type { GarmentKind, GarmentManifest, GarmentMeasures, GarmentMesh } from '../garment/garment.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { findHangings, hangings, spanningPieces } from './find-hangings.ts';
import { joinParts } from './join-parts.ts';
import { weldVertices } from './weld-vertices.ts';

/**
 * A manifest for a file that has none, from where the garment lies on the body it was made on (rest joints `joints`): its
 * kind by what its pieces hang from and how far down they reach, its sizes by its morphs (without measures; a file without
 * size morphs has the one size `M`).
 */
export function guessManifest(parts: readonly GarmentMesh[], joints: Float32Array): GarmentManifest {
  const sizes: Record<string, GarmentMeasures> = { M: {} };
  for (const part of parts) for (const name of Object.keys(part.sizes)) sizes[name] = {};
  return { kind: guessKind(parts, joints), layer: 1, sizes, baseSize: 'M', fabric: { stretch: 15, weight: 160 } };
}

function guessKind(parts: readonly GarmentMesh[], joints: Float32Array): GarmentKind {
  const { positions, indices } = joinParts(parts);
  const weld = weldVertices(positions, indices);
  const vertices = new Uint32Array(weld.count);
  weld.welded.forEach((w, i) => void (vertices[w] = i));
  const found = new Set(findHangings(positions, indices, weld, vertices, joints).hangs);
  if (found.size > 1 || found.has(hangings.indexOf('feet')) || found.has(hangings.indexOf('overall'))) return 'outfit';
  const height = (bone: number): number => joints[3 * bone + 1];
  const thighs = (height(boneIndex.leftUpperLeg) + height(boneIndex.leftLowerLeg)) / 2;
  let bottom = Infinity;
  for (let i = 1; i < positions.length; i += 3) bottom = Math.min(bottom, positions[i]);
  if (found.has(hangings.indexOf('shoulders'))) return bottom < thighs ? 'dress' : 'top';
  return spanningPieces(positions, indices, () => 0, joints).size === 0 ? 'bottom' : 'skirt';
}
