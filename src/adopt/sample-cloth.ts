import { type Matrix3, Vector3 } from 'three';
import { boundingBox } from './bounding-box.ts';
import { faceOutwards } from './face-outwards.ts';
import { weldVertices } from './weld-vertices.ts';

/** Points of a garment's cloth, and the extent of all of it, in the axes and unit of its file. */
export interface ClothSamples {
  /** 3 × samples. */
  points: Float32Array;
  /** 3 × samples, unit length: away from the body. */
  facings: Float32Array;
  low: [number, number, number];
  high: [number, number, number];
}

/**
 * Takes points of a garment's cloth, evenly over its area.
 *
 * @param positions 3 × vertices, in any unit.
 * @param indices 3 × triangles.
 * @param count Number of points.
 */
export function sampleCloth(positions: Float32Array, indices: Uint16Array | Uint32Array, count: number): ClothSamples {
  const { low, high } = boundingBox([{ positions }]);
  // `weldVertices` and the areas need a usual size, whatever the file's unit.
  const longest = Math.max(...high.map((value, a) => value - low[a]));
  const metres = positions.map((value) => value / longest);
  const { welded, count: weldedCount } = weldVertices(metres, indices);
  const places = new Float32Array(3 * weldedCount);
  welded.forEach((w, i) => places.set(metres.subarray(3 * i, 3 * i + 3), 3 * w));
  const corners = Uint32Array.from(indices, (i) => welded[i]);
  const facing = faceOutwards(places, corners);
  const ends = new Float64Array(corners.length / 3);
  let area = 0;
  const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()];
  for (let t = 0; t < ends.length; t++) {
    a.fromArray(places, 3 * corners[3 * t]);
    b.fromArray(places, 3 * corners[3 * t + 1]).sub(a);
    c.fromArray(places, 3 * corners[3 * t + 2]).sub(a);
    ends[t] = area += b.cross(c).length();
  }
  const points = new Float32Array(3 * count);
  const facings = new Float32Array(3 * count);
  for (let s = 0, t = 0; s < count; s++) {
    while (t < ends.length - 1 && ends[t] < ((s + 0.5) / count) * area) t++;
    for (let e = 0; e < 3; e++) {
      const corner = 3 * corners[3 * t + e];
      for (let k = 0; k < 3; k++) {
        points[3 * s + k] += (longest * places[corner + k]) / 3;
        facings[3 * s + k] += facing[corner + k] / 3;
      }
    }
  }
  return { points, facings, low, high };
}

/** Returns the cloth turned by a rotation by quarters. */
export function turnCloth({ points, facings, low, high }: ClothSamples, rotation: Matrix3): ClothSamples {
  const turn = (vectors: Float32Array): Float32Array => {
    const vector = new Vector3();
    const turned = new Float32Array(vectors.length);
    for (let i = 0; i < vectors.length; i += 3) vector.fromArray(vectors, i).applyMatrix3(rotation).toArray(turned, i);
    return turned;
  };
  const ends = [low, high].map((corner) => new Vector3().fromArray(corner).applyMatrix3(rotation));
  return {
    points: turn(points),
    facings: turn(facings),
    low: new Vector3().copy(ends[0]).min(ends[1]).toArray(),
    high: new Vector3().copy(ends[0]).max(ends[1]).toArray(),
  };
}
