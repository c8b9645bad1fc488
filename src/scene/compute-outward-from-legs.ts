import { boneIndex } from '../mannequin/mannequin.ts';
import { regions } from '../mannequin/regions.ts';

/**
 * By bone: whether cloth on it is hidden on the far side of the legs, which holds for hips and thighs. In the picture
 * the legs fill a hem. The occluder (the drawn body, which hides cloth behind it) draws the legs farther away than they
 * are, so that a hem in front of them stays visible; without this rule the inside of the hem's back would show too.
 */
const isLegBone = regions.map(({ region }, bone) => bone === boneIndex.hips || region === 'thigh');

/** Least height of cloth below the crotch for it to be two legs of trousers, metres; a curved hem has less. */
const MIN_LEG_METRES = 0.1;

/**
 * A part of a garment in the rest pose: +x to the wearer's left, +y up, +z to the front, the body's middle at x = 0.
 */
interface Cloth {
  /** Vertices, 3 × vertices, metres. */
  positions: Float32Array;
  /** Three vertices per triangle. */
  indices: Uint16Array | Uint32Array;
  /** Four bones per vertex, by index into `boneNames`, and their weights 0..1. */
  skinIndices: Uint16Array;
  skinWeights: Float32Array;
}

/**
 * Computes the direction away from the legs at each vertex of a garment, in the rest pose: horizontal, and away from a
 * vertical line. By it the cloth's shader leaves out what is on the far side of the legs. Pure.
 *
 * 1. Find the crotch: the lowest cloth that reaches from one leg to the other. The lines of the cloth below it, the
 *    legs of trousers, stand in the middle of each leg.
 * 2. The line of all other cloth is x = 0, z = mean z of the cloth on hips and thighs.
 *
 * @returns directions in the rest pose, 3 × vertices, y = 0. The length of a direction, 0..1, is the share of hips and
 * thighs in the vertex's skin weights, so it is 0 where cloth is bound to other bones.
 */
export function computeOutwardFromLegs(cloth: Cloth): Float32Array {
  const { positions, skinIndices, skinWeights } = cloth;
  const count = positions.length / 3;
  const legShares = new Float32Array(count);
  for (let k = 0; k < skinIndices.length; k++) if (isLegBone[skinIndices[k]]) legShares[k >> 2] += skinWeights[k];
  const crotchY = findCrotch(cloth);
  /** By vertex: 0 above the crotch, 1 and 2 on the left and right leg below it. */
  const groups = Uint8Array.from({ length: count }, (_, v) =>
    positions[3 * v + 1] >= crotchY ? 0 : positions[3 * v] > 0 ? 1 : 2,
  );
  const lines = [0, 1, 2].map((group) => {
    const line = { x: 0, z: 0 };
    let shareSum = 0;
    for (let v = 0; v < count; v++) {
      if (groups[v] !== group) continue;
      shareSum += legShares[v];
      line.x += group === 0 ? 0 : legShares[v] * positions[3 * v];
      line.z += legShares[v] * positions[3 * v + 2];
    }
    line.x /= shareSum || 1;
    line.z /= shareSum || 1;
    return line;
  });
  const outward = new Float32Array(positions.length);
  for (let v = 0; v < count; v++) {
    const line = lines[groups[v]];
    const x = positions[3 * v] - line.x;
    const z = positions[3 * v + 2] - line.z;
    const length = Math.hypot(x, z) || 1;
    outward[3 * v] = (legShares[v] * x) / length;
    outward[3 * v + 2] = (legShares[v] * z) / length;
  }
  return outward;
}

/** Returns the height below which the cloth is two separate legs, metres; −Infinity where it has none. */
function findCrotch({ positions, indices }: Cloth): number {
  let crotchY = Infinity;
  let lowestY = Infinity;
  for (let t = 0; t < indices.length; t += 3) {
    let minX = Infinity;
    let maxX = -Infinity;
    let minY = Infinity;
    for (let corner = t; corner < t + 3; corner++) {
      const v = 3 * indices[corner];
      minX = Math.min(minX, positions[v]);
      maxX = Math.max(maxX, positions[v]);
      minY = Math.min(minY, positions[v + 1]);
    }
    lowestY = Math.min(lowestY, minY);
    if (minX <= 0 && maxX >= 0) crotchY = Math.min(crotchY, minY);
  }
  return crotchY - lowestY > MIN_LEG_METRES && crotchY < Infinity ? crotchY : -Infinity;
}
