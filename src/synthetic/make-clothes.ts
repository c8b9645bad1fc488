/**
 * Makes the loose clothes of the synthetic person, a wide top and wide trousers, as garments that fit one body.
 *
 * 1. Take the body's chest girth, and add the ease of a loose size.
 * 2. Cut the cloth around the body in the rest pose (`cutClothes`) and bind it to the body's skin.
 * 3. Let it fall onto the body (`drapeClothes`), and bind it again as it hangs. From then on it is a garment like those
 *    that are read from files.
 */
import { MeshStandardMaterial } from 'three';
import { bindCloth } from '../adopt/bind-cloth.ts';
import { completeBinding } from '../garment/complete-binding.ts';
import type { Garment, GarmentManifest, GarmentMesh } from '../garment/garment.ts';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { isBoneIn } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { convexHull } from '../math/convex-hull.ts';
import { createRandom } from '../math/create-random.ts';
import { layerRoughnesses } from './create-person-meshes.ts';
import { type ClothesPiece, cutClothes } from './cut-clothes.ts';
import { drapeClothes } from './drape-clothes.ts';
import { personColors } from './person-colors.ts';
import type { FigureBody } from './shape-figure.ts';

/**
 * Ease of a top around the chest, metres. (Tailors call a top loose with 13 to 20 cm, very loose beyond: see
 * `clothesPriors`.)
 */
const LEAST_EASE_METRES = 0.15;
const MOST_EASE_METRES = 0.25;
/** Between the joints of chest and upper chest, the largest girth of slices of this height, metres, is the chest's. */
const SLICES = 7;
const SLICE_METRES = 0.024;
/** A vertex is the trunk's if its skin weights on the trunk's bones have at least this sum: not an arm's. */
const MIN_TRUNK_SHARE = 0.7;

/** The clothes, from the innermost outwards. Sizes are names only: each is cut for its wearer. */
const manifests: Record<ClothesPiece, GarmentManifest> = {
  shorts: {
    kind: 'bottom',
    layer: 1,
    sizes: { own: { waist: 80 } },
    baseSize: 'own',
    fabric: { stretch: 8, weight: 250 },
  },
  top: { kind: 'top', layer: 2, sizes: { own: { chest: 110 } }, baseSize: 'own', fabric: { stretch: 15, weight: 200 } },
};

/**
 * Makes the clothes of a body (steps above), from the innermost outwards.
 *
 * @param mannequin the mannequin of which the body is a shape.
 * @param body morph weights, and the shaped mannequin in the rest pose.
 * @param seed an integer that selects the ease, and the colours of the person who wears them.
 */
export async function makeClothes(mannequin: Mannequin, body: FigureBody, seed: number): Promise<Garment[]> {
  const ease = LEAST_EASE_METRES + (MOST_EASE_METRES - LEAST_EASE_METRES) * createRandom(seed)();
  const girth = chestGirth(mannequin, body.shape) + ease;
  const colors = personColors(seed);
  const garments: Garment[] = [];
  for (const piece of ['shorts', 'top'] as const) {
    const { positions, indices, skinIndices, skinWeights } = cutClothes(mannequin, body.shape, piece, girth);
    const material = new MeshStandardMaterial({
      name: piece,
      color: colors[piece],
      roughness: layerRoughnesses[piece],
    });
    const mesh: GarmentMesh = {
      name: piece,
      positions: Float32Array.from(positions),
      normals: new Float32Array(positions.length),
      uvs: null,
      indices: Uint16Array.from(indices),
      skinIndices: Uint16Array.from(skinIndices),
      skinWeights: Float32Array.from(skinWeights),
      sizes: {},
    };
    const bind = async (places: Float32Array): Promise<Garment> => {
      const parts = [{ ...mesh, positions: places, material, variants: {} }];
      const wearer = { mannequin, madeOn: Float32Array.from(body.weights) };
      const binding = completeBinding(parts, await bindCloth(parts, manifests[piece].kind, wearer), wearer);
      const dispose = (): void => material.dispose();
      return { url: piece, manifest: manifests[piece], parts, binding, colors: [], warnings: [], dispose };
    };
    const flat = await bind(mesh.positions);
    garments.push(await bind(drapeClothes(flat, mannequin, body.shape)));
  }
  return garments;
}

const isTrunk = isBoneIn(['trunk']);

/** Returns the largest girth of a body between the joints of chest and upper chest, metres: the tape is tight. */
function chestGirth({ skinIndices, skinWeights }: Mannequin, { positions, joints }: MannequinShape): number {
  const low = joints[3 * boneIndex.chest + 1];
  const high = joints[3 * boneIndex.upperChest + 1];
  const points: [number, number][][] = Array.from({ length: SLICES }, () => []);
  for (let v = 0; 3 * v < positions.length; v++) {
    let share = 0;
    for (let k = 4 * v; k < 4 * v + 4; k++) if (isTrunk[skinIndices[k]]) share += skinWeights[k];
    if (share < MIN_TRUNK_SHARE) continue;
    for (let slice = 0; slice < SLICES; slice++) {
      const y = low + ((high - low) * slice) / (SLICES - 1);
      if (Math.abs(positions[3 * v + 1] - y) < SLICE_METRES / 2)
        points[slice].push([positions[3 * v], positions[3 * v + 2]]);
    }
  }
  const girths = points.map((slice) => {
    const hull = convexHull(slice).map((i) => slice[i]);
    return hull.reduce((sum, [x, z], i) => {
      const [nextX, nextZ] = hull[(i + 1) % hull.length];
      return sum + Math.hypot(nextX - x, nextZ - z);
    }, 0);
  });
  return Math.max(...girths);
}
