import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { atRingPoint, cutRing, type RingPlane, type RingPoint } from './cut-ring.ts';
import type { OutlineRing } from './outline-ring.ts';

/** Returns at most `count` of a ring's points: every n-th in the order of their angle about the plane's origin. */
function thinOut(
  ring: readonly RingPoint[],
  mannequin: Mannequin,
  { origin, normal: [nx, ny] }: RingPlane,
  count: number,
): RingPoint[] {
  const angleOf = (point: RingPoint): number => {
    const [x, y, z] = [0, 1, 2].map((axis) => atRingPoint(mannequin.positions, point, axis) - origin[axis]);
    // The angle in the plane, from any two axes across the normal.
    return Math.atan2(z, x * ny - y * nx);
  };
  const sorted = ring.map((point) => ({ point, angle: angleOf(point) })).sort((p, q) => p.angle - q.angle);
  const step = Math.max(1, ring.length / count);
  return Array.from({ length: Math.min(count, ring.length) }, (_, i) => sorted[Math.floor(i * step)].point);
}

/**
 * Cuts one ring (a line around a part of the body) from the mannequin: the points where a plane crosses the skin
 * between the vertices that `isWanted` allows, at most `points` of them, with their morphs and skin weights. `poseRing`
 * poses it.
 *
 * @param place The part, its bones, its level on them, the plane (model space, metres), the number of `points` to keep,
 * and whether the ring's breadth shows a girth (default true).
 */
export function createRing(
  mannequin: Mannequin,
  place: Pick<OutlineRing, 'part' | 'level' | 'from' | 'to'> & {
    plane: RingPlane;
    points: number;
    showsGirth?: boolean;
  },
  isWanted: (vertex: number) => boolean,
): OutlineRing {
  const { part, level, from, to, plane, showsGirth = true } = place;
  const points = thinOut(cutRing(mannequin, plane, isWanted), mannequin, plane, place.points);
  const count = points.length;
  const positions = new Float32Array(3 * count);
  const displacements = new Float32Array(MORPH_COUNT * 3 * count);
  const skinIndices = new Uint16Array(4 * count);
  const skinWeights = new Float32Array(4 * count);
  points.forEach((point, i) => {
    const nearest = point.t < 0.5 ? point.a : point.b;
    skinIndices.set(mannequin.skinIndices.subarray(4 * nearest, 4 * nearest + 4), 4 * i);
    skinWeights.set(mannequin.skinWeights.subarray(4 * nearest, 4 * nearest + 4), 4 * i);
    for (let axis = 0; axis < 3; axis++) {
      positions[3 * i + axis] = atRingPoint(mannequin.positions, point, axis);
      mannequin.morphs.forEach((morph, m) => {
        displacements[3 * (m * count + i) + axis] = atRingPoint(morph.positions, point, axis);
      });
    }
  });
  const isMoving = (morph: number): boolean =>
    displacements.subarray(3 * morph * count, 3 * (morph + 1) * count).some((value) => value !== 0);
  const morphs = Uint8Array.from([...mannequin.morphs.keys()].filter(isMoving));
  const posed = new Float32Array(3 * count);
  // NaN equals no weight: the first call of `poseRing` shapes the ring.
  const shape = new Float32Array(MORPH_COUNT).fill(NaN);
  const shaped = new Float32Array(3 * count);
  return {
    part,
    level,
    from,
    to,
    showsGirth,
    count,
    positions,
    displacements,
    morphs,
    skinIndices,
    skinWeights,
    shape,
    shaped,
    posed,
  };
}
