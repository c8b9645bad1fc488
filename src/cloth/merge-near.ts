/**
 * Returns for each vertex the nearest of the vertices before it within `reach` metres and in the same piece; itself where
 * there is none.
 *
 * @param positions 3 × vertices, metres.
 * @param pieces by vertex: number of its piece.
 */
export function mergeNear(positions: ArrayLike<number>, pieces: Uint32Array, reach: number): Uint32Array {
  const count = positions.length / 3;
  const merged = new Uint32Array(count);
  const cells = new Map<number, number[]>();
  /** Cells are wider than twice `reach`: a vertex looks into one or two along each axis. */
  const cellOf = (coordinate: number): number => Math.floor(coordinate / (4 * reach));
  // Two cells may have the same number: the distance decides.
  const cellNumber = (x: number, y: number, z: number): number => ((x * 4099 + y) * 4099 + z) | 0;
  for (let v = 0; v < count; v++) {
    const [px, py, pz] = [positions[3 * v], positions[3 * v + 1], positions[3 * v + 2]];
    merged[v] = v;
    let best = reach * reach;
    const x = cellOf(px - reach);
    const y = cellOf(py - reach);
    const z = cellOf(pz - reach);
    // One cell or two along each axis: counted, so that the loops end for coordinates without bounds too.
    const cellsX = cellOf(px + reach) > x ? 2 : 1;
    const cellsY = cellOf(py + reach) > y ? 2 : 1;
    const cellsZ = cellOf(pz + reach) > z ? 2 : 1;
    for (let i = 0; i < cellsX; i++)
      for (let j = 0; j < cellsY; j++)
        for (let k = 0; k < cellsZ; k++) {
          const cell = cells.get(cellNumber(x + i, y + j, z + k));
          if (!cell) continue;
          for (const other of cell) {
            const dx = positions[3 * other] - px;
            const dy = positions[3 * other + 1] - py;
            const dz = positions[3 * other + 2] - pz;
            const square = dx * dx + dy * dy + dz * dz;
            if (square >= best || pieces[v] !== pieces[other]) continue;
            best = square;
            merged[v] = other;
          }
        }
    if (merged[v] !== v) continue;
    const key = cellNumber(cellOf(px), cellOf(py), cellOf(pz));
    const cell = cells.get(key);
    if (cell) cell.push(v);
    else cells.set(key, [v]);
  }
  return merged;
}
