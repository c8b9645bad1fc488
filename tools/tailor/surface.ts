import { BufferAttribute, BufferGeometry, DoubleSide, Ray, Triangle, Vector3 } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import { surfaceNormals } from './surface-normals.ts';

/** The point of a surface that is nearest to a query point. */
export interface NearestPoint {
  /** Number of the triangle that holds the point. */
  triangle: number;
  /** Barycentric weights of the triangle's three corners. */
  weights: [number, number, number];
  /** Metres from the query point. */
  distance: number;
}

/** Hits of a ray below this distance do not count, metres: a ray must not hit the triangle on which it starts. */
const MIN_HIT_METRES = 1e-6;

/**
 * A triangle mesh with a bounding-volume hierarchy: finds the nearest point of the surface, signed distances and hits
 * of rays. All lengths in metres.
 */
export class Surface {
  /** 3 × vertices. */
  readonly positions: Float32Array;
  /** Three vertices for each triangle, anticlockwise from outside. */
  readonly indices: Uint32Array;
  readonly #normals: Float64Array;
  readonly #bvh: MeshBVH;

  /** `positions`: 3 × vertices, metres; `indices`: 3 × triangles, anticlockwise from outside. Both are copied. */
  constructor(positions: ArrayLike<number>, indices: ArrayLike<number>) {
    this.positions = Float32Array.from(positions);
    this.indices = Uint32Array.from(indices);
    this.#normals = surfaceNormals(this.positions, this.indices);
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(this.positions, 3));
    geometry.setIndex(new BufferAttribute(this.indices, 1));
    // Indirect: the hierarchy keeps its own order, and triangles keep their numbers in `indices`.
    this.#bvh = new MeshBVH(geometry, { indirect: true, targetLeafSize: 4 });
  }

  /**
   * Finds the point of the surface nearest to (x, y, z); null if there is none within `limit` metres. Triangles for
   * which `accept` returns false are left out.
   */
  nearest(
    x: number,
    y: number,
    z: number,
    { limit = Infinity, accept }: { limit?: number; accept?: (triangle: number) => boolean } = {},
  ): NearestPoint | null {
    query.set(x, y, z);
    let nearest = -1;
    let nearestSquared = limit * limit;
    this.#bvh.shapecast({
      boundsTraverseOrder: (box) => candidate.copy(query).clamp(box.min, box.max).distanceToSquared(query),
      intersectsBounds: (_box, _isLeaf, squared) => squared! < nearestSquared,
      intersectsTriangle: (triangle, index) => {
        if (accept && !accept(index)) return;
        triangle.closestPointToPoint(query, candidate);
        const squared = candidate.distanceToSquared(query);
        if (squared >= nearestSquared) return;
        nearest = index;
        nearestSquared = squared;
        triangle.getBarycoord(candidate, barycentric);
      },
    });
    if (nearest < 0) return null;
    return { triangle: nearest, weights: barycentric.toArray(), distance: Math.sqrt(nearestSquared) };
  }

  /** Returns the distance of a point from the closed surface, metres, negative inside; null beyond `limit` metres. */
  signedDistance(x: number, y: number, z: number, limit = Infinity): number | null {
    const nearest = this.nearest(x, y, z, { limit });
    return nearest && this.#sign(nearest, x, y, z);
  }

  /** Returns the signed distance of a point whose nearest triangle is known, metres, negative inside. */
  signedDistanceTo(triangle: number, x: number, y: number, z: number): number {
    const distance = Math.sqrt(this.squareTo(triangle, x, y, z));
    corners.getBarycoord(candidate, barycentric);
    return this.#sign({ triangle, weights: barycentric.toArray(), distance }, x, y, z);
  }

  /** Returns the square of the distance of a point from one triangle, m². */
  squareTo(triangle: number, x: number, y: number, z: number): number {
    const { positions, indices } = this;
    corners.a.fromArray(positions, 3 * indices[3 * triangle]);
    corners.b.fromArray(positions, 3 * indices[3 * triangle + 1]);
    corners.c.fromArray(positions, 3 * indices[3 * triangle + 2]);
    return corners.closestPointToPoint(query.set(x, y, z), candidate).distanceToSquared(query);
  }

  /** Returns the distance of the point (x, y, z) from its nearest point of the surface, metres, negative inside. */
  #sign(nearest: NearestPoint, x: number, y: number, z: number): number {
    // The sign is that of (query − nearest point) · interpolated normal.
    query.set(x, y, z);
    let side = 0;
    for (let axis = 0; axis < 3; axis++) {
      let point = 0;
      let normal = 0;
      for (let k = 0; k < 3; k++) {
        const component = 3 * this.indices[3 * nearest.triangle + k] + axis;
        point += nearest.weights[k] * this.positions[component];
        normal += nearest.weights[k] * this.#normals[component];
      }
      side += (query.getComponent(axis) - point) * normal;
    }
    return side < 0 ? -nearest.distance : nearest.distance;
  }

  /**
   * Returns the distance from `origin` along the unit vector `direction` to the first triangle, hit from either side,
   * metres; Infinity if there is none within `limit`.
   */
  raycast(origin: Vector3, direction: Vector3, limit: number): number {
    ray.set(origin, direction);
    return this.#bvh.raycastFirst(ray, DoubleSide, MIN_HIT_METRES, limit)?.distance ?? Infinity;
  }
}

/** Scratch. */
const query = new Vector3();
const candidate = new Vector3();
const barycentric = new Vector3();
const corners = new Triangle();
const ray = new Ray();
