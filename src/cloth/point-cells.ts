/** Cells are wider than twice the reach: a search looks into one or two along each axis. */
const CELL_PER_REACH = 4;
/** Factors that spread the numbers of cells over the table: a large prime, and 2³² divided by the golden ratio. */
const AXIS_FACTOR = 4099;
const SPREAD = 0x9e3779b1;

/**
 * Some of a mesh's vertices by the cell of space that they are in, to find the nearest within a reach. Each belongs to a
 * group, and only vertices of one group find each other.
 */
export class PointCells {
  readonly #positions: ArrayLike<number>;
  readonly #groups: ArrayLike<number>;
  readonly #reach: number;
  /** A hash table: by slot the number of a cell, its first vertex and its last; −1 where the slot is free. */
  readonly #cells: Int32Array;
  readonly #firsts: Int32Array;
  readonly #lasts: Int32Array;
  /** By vertex: the next one of its cell, −1 for none. */
  readonly #nexts: Int32Array;
  /** Number of bits by which a hash is shifted to be a slot. */
  readonly #shift: number;

  /**
   * @param positions 3 × vertices, metres.
   * @param groups by vertex: number of its group.
   * @param reach distance within which `findNearest` looks, metres.
   */
  constructor(positions: ArrayLike<number>, groups: ArrayLike<number>, reach: number) {
    this.#positions = positions;
    this.#groups = groups;
    this.#reach = reach;
    const count = positions.length / 3;
    // At most half of the slots are in use.
    const bits = Math.max(4, 33 - Math.clz32(count));
    this.#shift = 32 - bits;
    this.#cells = new Int32Array(2 ** bits);
    this.#firsts = new Int32Array(2 ** bits).fill(-1);
    this.#lasts = new Int32Array(2 ** bits);
    this.#nexts = new Int32Array(count).fill(-1);
  }

  #cellOf(coordinate: number): number {
    return Math.floor(coordinate / (CELL_PER_REACH * this.#reach));
  }

  /** Returns the slot of a cell, or the free slot where it belongs. Cells may share a slot: the distance decides. */
  #slotOf(x: number, y: number, z: number, group: number): number {
    const cell = ((x * AXIS_FACTOR + y) * AXIS_FACTOR + z) ^ Math.imul(group, SPREAD);
    const mask = this.#firsts.length - 1;
    let slot = Math.imul(cell, SPREAD) >>> this.#shift;
    while (this.#firsts[slot] >= 0 && this.#cells[slot] !== cell) slot = (slot + 1) & mask;
    this.#cells[slot] = cell;
    return slot;
  }

  /** Adds vertex `v`, once. */
  add(v: number): void {
    const p = this.#positions;
    const slot = this.#slotOf(
      this.#cellOf(p[3 * v]),
      this.#cellOf(p[3 * v + 1]),
      this.#cellOf(p[3 * v + 2]),
      this.#groups[v],
    );
    if (this.#firsts[slot] < 0) this.#firsts[slot] = v;
    else this.#nexts[this.#lasts[slot]] = v;
    this.#lasts[slot] = v;
  }

  /** Returns the nearest of the added vertices within reach of vertex `v` and in its group; −1 for none. */
  findNearest(v: number): number {
    const p = this.#positions;
    const groups = this.#groups;
    const reach = this.#reach;
    const px = p[3 * v];
    const py = p[3 * v + 1];
    const pz = p[3 * v + 2];
    const group = groups[v];
    const x = this.#cellOf(px - reach);
    const y = this.#cellOf(py - reach);
    const z = this.#cellOf(pz - reach);
    // One cell or two along each axis: counted, so that the loops end for coordinates without bounds too.
    const cellsX = this.#cellOf(px + reach) > x ? 2 : 1;
    const cellsY = this.#cellOf(py + reach) > y ? 2 : 1;
    const cellsZ = this.#cellOf(pz + reach) > z ? 2 : 1;
    let nearest = -1;
    let best = reach * reach;
    for (let i = 0; i < cellsX; i++)
      for (let j = 0; j < cellsY; j++)
        for (let k = 0; k < cellsZ; k++) {
          let other = this.#firsts[this.#slotOf(x + i, y + j, z + k, group)];
          for (; other >= 0; other = this.#nexts[other]) {
            const dx = p[3 * other] - px;
            const dy = p[3 * other + 1] - py;
            const dz = p[3 * other + 2] - pz;
            const square = dx * dx + dy * dy + dz * dz;
            if (!(square < best) || group !== groups[other]) continue;
            best = square;
            nearest = other;
          }
        }
    return nearest;
  }
}
