/**
 * Thins out a triangle mesh until its edges are about as long as wanted: repeatedly collapses the shortest edge into
 * one of its ends. Vertices that remain keep their places, so the mesh stays on the surface that it had.
 *
 * 1. Merge vertices at one place but for rounding, and in each piece those that are nearly at one place: the inside of a
 *    folded hem, both shells of a thick garment. A piece is what triangles connect.
 * 2. Collapse edges in the order of their lengths. An edge is left when its collapse would close a hole or a sleeve
 *    (the link condition of Dey et al. 1999), or turn a triangle over. A border vertex stays on the border.
 */

import { findPieces } from './find-pieces.ts';
import { mergeNear } from './merge-near.ts';

/** A mesh of some of a garment's welded vertices. */
export interface ThinMesh {
  /** 3 × triangles: welded vertices. */
  triangles: Uint32Array;
  /** By welded vertex: the vertex of the thin mesh that took its place; itself where it remains. */
  representatives: Uint32Array;
}

/** Vertices nearer than this are at one place but for rounding, metres: the sides of a seam that belong together. */
const SAME_METRES = 1e-4;
/** A collapse may make no edge longer than this multiple of the wanted length, so that triangles stay compact. */
const LONGEST_EDGE = 1.6;
/** The ends of a collapsing edge have at most this many triangles; in a surface they have about six. */
const MOST_TRIANGLES = 64;
/** A collapse may turn a triangle's normal by at most the angle with this cosine: 78°. */
const MIN_TURN_COSINE = 0.2;

/**
 * Thins out a mesh (steps above).
 *
 * @param positions 3 × vertices, metres.
 * @param triangles 3 × triangles: vertices.
 * @param mergedMetres Vertices nearer to each other than this become one.
 * @param edgeMetres Edges shorter than this are collapsed.
 */
export function thinOut(
  positions: ArrayLike<number>,
  triangles: ArrayLike<number>,
  mergedMetres: number,
  edgeMetres: number,
): ThinMesh {
  const count = positions.length / 3;
  const same = mergeNear(positions, new Uint32Array(count), SAME_METRES);
  const pieces = findPieces(
    Uint32Array.from(triangles, (v) => same[v]),
    count,
  );
  const mesh = new CollapsingMesh(
    positions,
    triangles,
    mergeNear(
      positions,
      same.map((v) => pieces[v]),
      mergedMetres,
    ),
  );
  mesh.collapseShorterThan(edgeMetres);
  return mesh.toThinMesh();
}

function distanceSq(positions: ArrayLike<number>, a: number, b: number): number {
  const x = positions[3 * a] - positions[3 * b];
  const y = positions[3 * a + 1] - positions[3 * b + 1];
  const z = positions[3 * a + 2] - positions[3 * b + 2];
  return x * x + y * y + z * z;
}

/** A triangle mesh whose edges can be collapsed one by one. */
class CollapsingMesh {
  readonly #positions: ArrayLike<number>;
  /** 3 × triangles: vertices. A removed triangle stays, with `#isGone`. */
  readonly #corners: Uint32Array;
  readonly #isGone: Uint8Array;
  /** By vertex: its triangles. */
  readonly #trianglesOf: number[][];
  readonly #representatives: Uint32Array;
  /** By vertex: number of the last search that found it, so that a search finds each vertex once. */
  readonly #foundIn: Uint32Array;
  #searches = 0;
  /** Number of the present round of collapses, from 1, and by vertex the last round that changed its triangles. */
  #round = 0;
  readonly #changedIn: Uint32Array;
  /** Scratch: neighbours of the ends of an edge. */
  readonly #neighboursFrom: number[] = [];
  readonly #neighboursTo: number[] = [];

  constructor(positions: ArrayLike<number>, triangles: ArrayLike<number>, merged: Uint32Array) {
    this.#positions = positions;
    this.#representatives = merged;
    this.#foundIn = new Uint32Array(merged.length);
    this.#changedIn = new Uint32Array(merged.length);
    this.#trianglesOf = Array.from({ length: merged.length }, () => []);
    const corners: number[] = [];
    for (let t = 0; t < triangles.length; t += 3) {
      const a = merged[triangles[t]];
      const b = merged[triangles[t + 1]];
      const c = merged[triangles[t + 2]];
      if (a === b || b === c || c === a) continue;
      // The inside of a hem lies on its outside once its vertices are merged.
      const [of, p, q] = this.#fewestFirst(a, b, c);
      if (this.#trianglesOf[of].some((other) => hasCorners(corners, other, p, q))) continue;
      for (const v of [a, b, c]) this.#trianglesOf[v].push(corners.length / 3);
      corners.push(a, b, c);
    }
    this.#corners = Uint32Array.from(corners);
    this.#isGone = new Uint8Array(corners.length / 3);
  }

  /** Returns three vertices, the one with the fewest triangles first. */
  #fewestFirst(a: number, b: number, c: number): [number, number, number] {
    const [na, nb, nc] = [a, b, c].map((v) => this.#trianglesOf[v].length);
    if (nb < na && nb <= nc) return [b, c, a];
    return nc < na ? [c, a, b] : [a, b, c];
  }

  /** Step 2. */
  collapseShorterThan(metres: number): void {
    const longestSq = (LONGEST_EDGE * metres) ** 2;
    for (let collapsed = true; collapsed; ) {
      collapsed = false;
      this.#round++;
      for (const { a, b } of this.#edgesShorterThan(metres)) {
        // An end may be gone, or may have moved, since the list was made.
        if (this.#trianglesOf[a].length === 0 || this.#trianglesOf[b].length === 0) continue;
        // What did not go in the last round does not go now, unless something around it has changed since.
        if (this.#changedIn[a] < this.#round - 1 && this.#changedIn[b] < this.#round - 1) continue;
        if (this.#collapse(b, a, longestSq) || this.#collapse(a, b, longestSq)) collapsed = true;
      }
    }
  }

  toThinMesh(): ThinMesh {
    const triangles = this.#corners.filter((_, corner) => !this.#isGone[Math.floor(corner / 3)]);
    const representatives = this.#representatives;
    for (let v = 0; v < representatives.length; v++) {
      let root = v;
      while (representatives[root] !== root) root = representatives[root];
      representatives[v] = root;
    }
    return { triangles, representatives };
  }

  /** Edges shorter than `metres`, the shortest first; between equal ones the order is that of the vertices. */
  #edgesShorterThan(metres: number): { a: number; b: number; square: number }[] {
    const edges: { a: number; b: number; square: number }[] = [];
    for (let t = 0; t < this.#isGone.length; t++) {
      if (this.#isGone[t]) continue;
      for (let k = 0; k < 3; k++) {
        const a = this.#corners[3 * t + k];
        const b = this.#corners[3 * t + ((k + 1) % 3)];
        const square = distanceSq(this.#positions, a, b);
        // Two triangles name an inner edge in both directions, a border edge is named once.
        if (square < metres * metres && (a < b || this.#sharedTriangles(a, b) === 1)) edges.push({ a, b, square });
      }
    }
    return edges.sort((p, q) => p.square - q.square || p.a - q.a || p.b - q.b);
  }

  #sharedTriangles(a: number, b: number): number {
    let count = 0;
    for (const t of this.#trianglesOf[a]) if (hasCorners(this.#corners, t, b, b)) count++;
    return count;
  }

  /** Replaces the contents of `found` by the neighbours of `v`, each once. */
  #findNeighbours(v: number, found: number[]): void {
    const search = ++this.#searches;
    found.length = 0;
    this.#foundIn[v] = search;
    for (const t of this.#trianglesOf[v])
      for (let k = 0; k < 3; k++) {
        const n = this.#corners[3 * t + k];
        if (this.#foundIn[n] === search) continue;
        this.#foundIn[n] = search;
        found.push(n);
      }
  }

  /** Whether vertex `v`, with these neighbours, is on a border. */
  #isBorder(v: number, neighbours: readonly number[]): boolean {
    for (const n of neighbours) if (this.#sharedTriangles(v, n) !== 2) return true;
    return false;
  }

  /**
   * Moves vertex `from` to vertex `to`, if the mesh stays a surface of the same form whose edges at `to` are at most
   * √`longestSq` metres long. Returns whether it did.
   */
  #collapse(from: number, to: number, longestSq: number): boolean {
    if (this.#trianglesOf[from].length > MOST_TRIANGLES || this.#trianglesOf[to].length > MOST_TRIANGLES) return false;
    const shared = this.#sharedTriangles(from, to);
    if (shared === 0 || shared > 2) return false;
    const around = this.#neighboursFrom;
    const aroundTo = this.#neighboursTo;
    this.#findNeighbours(from, around);
    for (const v of around) if (v !== to && distanceSq(this.#positions, v, to) > longestSq) return false;
    this.#findNeighbours(to, aroundTo);
    if (this.#isBorder(from, around) && (shared === 2 || !this.#isBorder(to, aroundTo))) return false;
    let common = 0;
    for (const v of around) if (v !== to && this.#foundIn[v] === this.#searches) common++;
    if (common !== shared) return false;
    for (const t of this.#trianglesOf[from])
      if (!hasCorners(this.#corners, t, to, to) && this.#turnsOver(t, from, to)) return false;

    for (const t of this.#trianglesOf[from]) {
      if (hasCorners(this.#corners, t, to, to)) {
        this.#isGone[t] = 1;
        for (let k = 0; k < 3; k++) {
          const v = this.#corners[3 * t + k];
          if (v !== from) this.#trianglesOf[v].splice(this.#trianglesOf[v].indexOf(t), 1);
        }
      } else {
        for (let k = 0; k < 3; k++) if (this.#corners[3 * t + k] === from) this.#corners[3 * t + k] = to;
        this.#trianglesOf[to].push(t);
      }
    }
    for (const v of around) this.#changedIn[v] = this.#round;
    this.#trianglesOf[from].length = 0;
    this.#representatives[from] = to;
    return true;
  }

  /** Whether triangle `t` would turn over, or nearly, if its corner `from` went to `to`. */
  #turnsOver(t: number, from: number, to: number): boolean {
    const before = this.#writeNormal(t, from, from, normalBefore);
    const after = this.#writeNormal(t, from, to, normalAfter);
    const product =
      normalBefore[0] * normalAfter[0] + normalBefore[1] * normalAfter[1] + normalBefore[2] * normalAfter[2];
    return product < MIN_TURN_COSINE * before * after;
  }

  /**
   * Writes to `target` the normal of triangle `t` with `to` in the place of its corner `from`, twice its area long, and
   * returns that length.
   */
  #writeNormal(t: number, from: number, to: number, target: Float64Array): number {
    const p = this.#positions;
    const corner = (k: number): number => 3 * (this.#corners[3 * t + k] === from ? to : this.#corners[3 * t + k]);
    const a = corner(0);
    const b = corner(1);
    const c = corner(2);
    const ux = p[b] - p[a];
    const uy = p[b + 1] - p[a + 1];
    const uz = p[b + 2] - p[a + 2];
    const vx = p[c] - p[a];
    const vy = p[c + 1] - p[a + 1];
    const vz = p[c + 2] - p[a + 2];
    target[0] = uy * vz - uz * vy;
    target[1] = uz * vx - ux * vz;
    target[2] = ux * vy - uy * vx;
    return Math.sqrt(target[0] * target[0] + target[1] * target[1] + target[2] * target[2]);
  }
}

/** Whether both `b` and `c` are corners of triangle `t`. */
function hasCorners(corners: ArrayLike<number>, t: number, b: number, c: number): boolean {
  const p = corners[3 * t];
  const q = corners[3 * t + 1];
  const r = corners[3 * t + 2];
  return (p === b || q === b || r === b) && (p === c || q === c || r === c);
}

// Scratch of `#turnsOver`.
const normalBefore = new Float64Array(3);
const normalAfter = new Float64Array(3);
