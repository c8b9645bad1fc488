/**
 * A triangle mesh whose edges can be collapsed one by one, into one of their ends. All that it holds is in arrays of
 * numbers: a garment of 150,000 triangles has 225,000 edges, and with objects for them it takes three times as long.
 *
 * The corners of triangle t are numbers 3 t, 3 t + 1 and 3 t + 2. The corners at one vertex form a list: `#firsts` has
 * the first of them, `#nexts` the one after it.
 */
import { forEachIndex, type Sliced } from '../math/sliced.ts';
import { sortByKey } from '../math/sort-by-key.ts';

/** A collapse may make no edge longer than this multiple of the wanted length, so that triangles stay compact. */
const LONGEST_EDGE = 1.6;
/** The ends of a collapsing edge have at most this many triangles; in a surface they have about six. */
const MOST_TRIANGLES = 64;
/** A collapse may turn a triangle's normal by at most the angle with this cosine: 78°. */
const MIN_TURN_COSINE = 0.2;

/** A triangle mesh whose edges can be collapsed one by one. */
export class CollapsingMesh {
  readonly #positions: ArrayLike<number>;
  /** By corner: its vertex, and the next corner at that vertex, −1 for none. */
  readonly #corners: Uint32Array;
  readonly #nexts: Int32Array;
  /** By triangle: 1 once it is removed. */
  readonly #isGone: Uint8Array;
  /** By vertex: its first corner, −1 for none, and how many it has. */
  readonly #firsts: Int32Array;
  readonly #valences: Uint32Array;
  /** By vertex: the vertex into which it was collapsed; itself where it remains. */
  readonly #representatives: Uint32Array;
  /** By vertex: number of the last search that found it, and in how many triangles. */
  readonly #foundIn: Uint32Array;
  readonly #foundTimes: Uint32Array;
  #searches = 0;
  /** Number of the present round of collapses, from 1, and by vertex the last round that changed its triangles. */
  #round = 0;
  readonly #changedIn: Uint32Array;
  /** The edges of a round: how many, both ends, and the square of the length, m². */
  #edgeCount = 0;
  readonly #edgeEnds: Uint32Array;
  readonly #edgeSquares: Float64Array;
  /** Scratch: what is around a vertex. */
  readonly #around = new Uint32Array(2 * MOST_TRIANGLES);
  readonly #aroundOther = new Uint32Array(2 * MOST_TRIANGLES);

  /**
   * @param positions 3 × vertices, metres.
   * @param triangles 3 × triangles: vertices, three different ones in each. The mesh keeps the array and changes it.
   */
  constructor(positions: ArrayLike<number>, triangles: Uint32Array) {
    const count = positions.length / 3;
    this.#positions = positions;
    this.#corners = triangles;
    this.#nexts = new Int32Array(triangles.length);
    this.#isGone = new Uint8Array(triangles.length / 3);
    this.#firsts = new Int32Array(count).fill(-1);
    this.#valences = new Uint32Array(count);
    this.#representatives = new Uint32Array(count);
    for (let v = 0; v < count; v++) this.#representatives[v] = v;
    for (let corner = 0; corner < triangles.length; corner++) this.#link(triangles[corner], corner);
    this.#foundIn = new Uint32Array(count);
    this.#foundTimes = new Uint32Array(count);
    this.#changedIn = new Uint32Array(count);
    this.#edgeEnds = new Uint32Array(2 * triangles.length);
    this.#edgeSquares = new Float64Array(triangles.length);
  }

  /** Collapses edges shorter than `metres` in the order of their lengths, until none can be collapsed. */
  *collapseShorterThan(metres: number): Sliced<void> {
    const longestSq = (LONGEST_EDGE * metres) ** 2;
    for (let collapsed = true; collapsed; ) {
      collapsed = false;
      this.#round++;
      this.#edgeCount = 0;
      yield* forEachIndex(this.#valences.length, (v) => this.#listEdgesOf(v, metres * metres));
      const order = yield* sortByKey(this.#edgeSquares, this.#edgeCount);
      yield* forEachIndex(order.length, (n) => {
        if (this.#collapseEdge(order[n], longestSq)) collapsed = true;
      });
    }
  }

  /** Collapses an edge of the list, if that is possible; returns whether it was. */
  #collapseEdge(edge: number, longestSq: number): boolean {
    const a = this.#edgeEnds[2 * edge];
    const b = this.#edgeEnds[2 * edge + 1];
    // An end may be gone, or may have moved, since the list was made.
    if (this.#valences[a] === 0 || this.#valences[b] === 0) return false;
    // What did not go in the last round does not go now, unless something around it has changed since.
    if (this.#changedIn[a] < this.#round - 1 && this.#changedIn[b] < this.#round - 1) return false;
    return this.#collapse(b, a, longestSq) || this.#collapse(a, b, longestSq);
  }

  /** Returns the triangles that remain, in their order: 3 × triangles. */
  takeTriangles(): Uint32Array {
    const left = new Uint32Array(this.#corners.length);
    let count = 0;
    for (let t = 0; t < this.#isGone.length; t++) {
      if (this.#isGone[t] === 1) continue;
      for (let k = 0; k < 3; k++) left[count++] = this.#corners[3 * t + k];
    }
    return left.slice(0, count);
  }

  /** Returns by vertex the vertex that remains in its place; itself where it does. */
  takeRepresentatives(): Uint32Array {
    const all = this.#representatives;
    for (let v = 0; v < all.length; v++) {
      let root = v;
      while (all[root] !== root) root = all[root];
      all[v] = root;
    }
    return all;
  }

  #link(vertex: number, corner: number): void {
    this.#nexts[corner] = this.#firsts[vertex];
    this.#firsts[vertex] = corner;
    this.#valences[vertex]++;
  }

  #unlink(vertex: number, corner: number): void {
    const nexts = this.#nexts;
    let before = this.#firsts[vertex];
    if (before === corner) this.#firsts[vertex] = nexts[corner];
    else {
      while (nexts[before] !== corner) before = nexts[before];
      nexts[before] = nexts[corner];
    }
    this.#valences[vertex]--;
  }

  /**
   * Adds to the list the edges shorter than √`maxSquare` metres of which `a` is the first end. The first end of an edge
   * with one triangle is the first in the direction of the triangle; of others it is the end with the lower number. The
   * list is in the order of the first ends, then the second ends: the order of edges of one length.
   */
  #listEdgesOf(a: number, maxSquare: number): void {
    if (this.#valences[a] > MOST_TRIANGLES) return;
    // The other ends, doubled, and 1 more where the triangle has the edge in the direction towards `a`; sorted.
    const named = this.#around;
    let namedCount = 0;
    for (let corner = this.#firsts[a]; corner >= 0; corner = this.#nexts[corner])
      for (let k = 1; k <= 2; k++) {
        const b = this.#corners[cornerBeside(corner, k)];
        if (this.#valences[b] > MOST_TRIANGLES || this.#distanceSq(a, b) >= maxSquare) continue;
        const name = 2 * b + k - 1;
        let i = namedCount++;
        for (; i > 0 && named[i - 1] > name; i--) named[i] = named[i - 1];
        named[i] = name;
      }
    for (let i = 0, next = 0; i < namedCount; i = next) {
      const b = named[i] >> 1;
      while (next < namedCount && named[next] >> 1 === b) next++;
      const isFirstEnd = next === i + 1 ? named[i] % 2 === 0 : a < b;
      if (!isFirstEnd) continue;
      const edge = this.#edgeCount++;
      this.#edgeEnds[2 * edge] = a;
      this.#edgeEnds[2 * edge + 1] = b;
      this.#edgeSquares[edge] = this.#distanceSq(a, b);
    }
  }

  #distanceSq(a: number, b: number): number {
    const p = this.#positions;
    const x = p[3 * a] - p[3 * b];
    const y = p[3 * a + 1] - p[3 * b + 1];
    const z = p[3 * a + 2] - p[3 * b + 2];
    return x * x + y * y + z * z;
  }

  /**
   * Writes the neighbours of `v` to `around`, each once, and returns how many there are. `#foundIn` of each is
   * `#searches` then, and `#foundTimes` the number of triangles that it shares with `v`.
   */
  #findNeighbours(v: number, around: Uint32Array): number {
    const search = ++this.#searches;
    const foundIn = this.#foundIn;
    let count = 0;
    for (let corner = this.#firsts[v]; corner >= 0; corner = this.#nexts[corner])
      for (let k = 1; k <= 2; k++) {
        const n = this.#corners[cornerBeside(corner, k)];
        if (foundIn[n] === search) this.#foundTimes[n]++;
        else {
          foundIn[n] = search;
          this.#foundTimes[n] = 1;
          around[count++] = n;
        }
      }
    return count;
  }

  /** Whether the vertex of the last `#findNeighbours` is on a border, or where more than two triangles meet. */
  #isBorder(around: Uint32Array, count: number): boolean {
    for (let i = 0; i < count; i++) if (this.#foundTimes[around[i]] !== 2) return true;
    return false;
  }

  /**
   * Moves vertex `from` to vertex `to`, if the mesh stays a surface of the same form whose edges at `to` are at most
   * √`longestSq` metres long. Returns whether it did.
   */
  #collapse(from: number, to: number, longestSq: number): boolean {
    if (this.#valences[from] > MOST_TRIANGLES || this.#valences[to] > MOST_TRIANGLES) return false;
    const around = this.#around;
    const count = this.#findNeighbours(from, around);
    if (this.#foundIn[to] !== this.#searches) return false;
    const shared = this.#foundTimes[to];
    if (shared > 2) return false;
    for (let i = 0; i < count; i++) if (around[i] !== to && this.#distanceSq(around[i], to) > longestSq) return false;
    const isBorder = this.#isBorder(around, count);
    if (isBorder && shared === 2) return false;
    const countOther = this.#findNeighbours(to, this.#aroundOther);
    if (isBorder && !this.#isBorder(this.#aroundOther, countOther)) return false;
    let common = 0;
    for (let i = 0; i < count; i++) if (this.#foundIn[around[i]] === this.#searches) common++;
    if (common !== shared || this.#turnsOver(from, to)) return false;

    this.#move(from, to);
    for (let i = 0; i < count; i++) this.#changedIn[around[i]] = this.#round;
    return true;
  }

  /** Removes the triangles with both ends of an edge, and gives the others of `from` to `to`. */
  #move(from: number, to: number): void {
    const corners = this.#corners;
    for (let corner = this.#firsts[from], next = 0; corner >= 0; corner = next) {
      next = this.#nexts[corner];
      const second = cornerBeside(corner, 1);
      const third = cornerBeside(corner, 2);
      if (corners[second] === to || corners[third] === to) {
        this.#isGone[Math.floor(corner / 3)] = 1;
        this.#unlink(corners[second], second);
        this.#unlink(corners[third], third);
      } else {
        corners[corner] = to;
        this.#link(to, corner);
      }
    }
    this.#firsts[from] = -1;
    this.#valences[from] = 0;
    this.#representatives[from] = to;
  }

  /** Whether a triangle would turn over, or nearly, if its corner `from` went to `to`. */
  #turnsOver(from: number, to: number): boolean {
    const corners = this.#corners;
    const p = this.#positions;
    for (let corner = this.#firsts[from]; corner >= 0; corner = this.#nexts[corner]) {
      const b = corners[cornerBeside(corner, 1)];
      const c = corners[cornerBeside(corner, 2)];
      if (b === to || c === to) continue;
      const before = writeNormal(p, from, b, c, normalBefore);
      const after = writeNormal(p, to, b, c, normalAfter);
      const product =
        normalBefore[0] * normalAfter[0] + normalBefore[1] * normalAfter[1] + normalBefore[2] * normalAfter[2];
      if (product < MIN_TURN_COSINE * before * after) return true;
    }
    return false;
  }
}

/** Returns the first (`steps` 1) or second (2) corner after `corner` in its triangle. */
function cornerBeside(corner: number, steps: number): number {
  return corner + steps - ((corner % 3) + steps > 2 ? 3 : 0);
}

/** Writes to `target` the normal of the triangle a, b, c, twice its area long, and returns that length. */
function writeNormal(p: ArrayLike<number>, a: number, b: number, c: number, target: Float64Array): number {
  const ux = p[3 * b] - p[3 * a];
  const uy = p[3 * b + 1] - p[3 * a + 1];
  const uz = p[3 * b + 2] - p[3 * a + 2];
  const vx = p[3 * c] - p[3 * a];
  const vy = p[3 * c + 1] - p[3 * a + 1];
  const vz = p[3 * c + 2] - p[3 * a + 2];
  target[0] = uy * vz - uz * vy;
  target[1] = uz * vx - ux * vz;
  target[2] = ux * vy - uy * vx;
  return Math.sqrt(target[0] * target[0] + target[1] * target[1] + target[2] * target[2]);
}

// Scratch of `#turnsOver`.
const normalBefore = new Float64Array(3);
const normalAfter = new Float64Array(3);
