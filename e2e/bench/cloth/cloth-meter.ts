/**
 * Measures the cloth of one garment, frame by frame, from the places at which its vertices are drawn. So cloth that
 * hangs and cloth that is only skinned are measured in the same way.
 */
import { connectSheet, type Spring } from '../../../src/cloth/connect-sheet.ts';
import { createSizedSheet } from '../../../src/cloth/create-sized-sheet.ts';
import { createClearance, measureClearance } from '../../../src/garment/measure-clearance.ts';
import { scaleToWearer } from '../../../src/garment/scale-to-wearer.ts';
import { DIP_METRES } from '../../../src/garment/smallest-distance.ts';
import { boneIndex } from '../../../src/mannequin/mannequin.ts';
import type { MannequinShape } from '../../../src/mannequin/shape-mannequin.ts';
import { quantile } from '../statistics.ts';
import { type ClothFrame, clothMeshOf, type WornCloth } from './cloth-stage.ts';

/** Depth in the skin from which a vertex pokes through, metres: what the drape is allowed, and half a millimetre. */
const POKE_METRES = DIP_METRES + 0.0005;
/** Vertices of the hem are within this of the garment's lowest vertex as modelled, metres. */
const HEM_METRES = 0.02;

/** What one frame shows of a garment. */
export interface ClothSight {
  /**
   * Of the springs of the simulated mesh (the sides of its triangles): the 99th percentile and the largest of the share
   * by which they are longer than at rest, per cent.
   */
  stretchPct: number;
  longestPct: number;
  /** Vertices more than 6.5 mm under the skin, per cent of all. */
  pokePct: number;
  /** Root mean square of the vertices' movement since the last frame, metres; NaN in the first frame. */
  movedMetres: number;
  /** Mean height of the hem, and height of the hips' joint, metres. */
  hemHeight: number;
  hipHeight: number;
}

/** Measures a garment in one size on one body. */
export class ClothMeter {
  readonly #worn: WornCloth;
  readonly #springs: readonly Spring[];
  readonly #particles: Uint32Array;
  readonly #hem: readonly number[];
  readonly #last: Float32Array;
  readonly #clearance = createClearance();
  #isFirst = true;

  constructor(worn: WornCloth, shape: MannequinShape) {
    const { garment, size } = worn;
    const { parts, binding } = garment;
    this.#worn = worn;
    const mesh = clothMeshOf(garment);
    this.#springs = connectSheet(createSizedSheet(garment, mesh, size, scaleToWearer(garment, shape, size))).springs;
    this.#particles = mesh.vertices;
    this.#last = new Float32Array(3 * binding.weld.count);
    const height = (v: number): number => {
      const part = binding.firsts.findLastIndex((first) => first <= v);
      return parts[part].positions[3 * (v - binding.firsts[part]) + 1];
    };
    const heights = Array.from(binding.vertices, height);
    const lowest = heights.reduce((low, y) => Math.min(low, y), Infinity);
    this.#hem = heights.flatMap((y, w) => (y < lowest + HEM_METRES ? [w] : []));
  }

  /**
   * Measures one frame; frames come in order.
   *
   * @param i index of the garment among those that are worn.
   */
  measure({ places, skin, pose }: ClothFrame, i: number): ClothSight {
    const p = places[i];
    const stretches = this.#springs.map(({ a, b, length }) => {
      const [u, v] = [3 * this.#particles[a], 3 * this.#particles[b]];
      return 100 * (Math.hypot(p[u] - p[v], p[u + 1] - p[v + 1], p[u + 2] - p[v + 2]) / length - 1);
    });
    const { skin: neighbours, skinVertices } = this.#worn.garment.binding;
    let poking = 0;
    let square = 0;
    for (let w = 0, o = 0; o < p.length; w++, o += 3) {
      const [x, y, z] = p.subarray(o, o + 3);
      square += (x - this.#last[o]) ** 2 + (y - this.#last[o + 1]) ** 2 + (z - this.#last[o + 2]) ** 2;
      if (skinVertices[w] < 0) continue;
      // The search starts where the garment was bound: from one frame to the next it could pass to another limb.
      const { distance } = measureClearance(skin, neighbours, skinVertices[w], x, y, z, this.#clearance);
      if (distance < -POKE_METRES) poking++;
    }
    const count = p.length / 3;
    const meanSquare = this.#isFirst ? NaN : square / count;
    this.#last.set(p);
    this.#isFirst = false;
    return {
      stretchPct: quantile(stretches, 0.99),
      longestPct: stretches.reduce((longest, each) => Math.max(longest, each), -Infinity),
      pokePct: (100 * poking) / count,
      movedMetres: Math.sqrt(meanSquare),
      hemHeight: this.#hem.reduce((sum, w) => sum + p[3 * w + 1], 0) / this.#hem.length,
      hipHeight: pose.positions[3 * boneIndex.hips + 1],
    };
  }
}
