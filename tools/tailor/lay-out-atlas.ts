import type { SewnGarment } from './sew-pattern.ts';

/**
 * The layout of the garment's texture: *islands* beside each other, all to the same scale, +y of the pattern upwards.
 * An island is a pattern piece, or the inside of its hem or a band.
 */
export interface Atlas {
  /** Width and height of the square texture, metres of cloth. */
  side: number;
  /**
   * Returns the texture coordinates (0 to 1, origin top left) of a pattern point (metres, base size). `island`: the
   * name of a piece, or of its inside, `front.inside` for instance. Throws for an unknown name.
   */
  place(island: string, x: number, y: number): [u: number, v: number];
}

/** Space between islands, metres: some 18 of 2048 pixels, so that smaller mip levels do not mix islands. */
const GAP_METRES = 0.01;
/** Height of an island for the inside of a hem or rib, metres, and the part of it for the lip round the free edge. */
const INSIDE_HEIGHT_METRES = 0.032;
const LIP_METRES = 0.003;

/** Place of an island in the texture. */
interface Island {
  /** Top left corner in the texture, metres. */
  left: number;
  top: number;
  /** Extent in the pattern, metres. */
  xMin: number;
  xMax: number;
  yMax: number;
  /** Whether +x of the pattern is to the left in the texture. */
  isMirrored: boolean;
}

/** Lays out the texture of a garment (`sewn`: its pattern pieces) by the pattern of its base size. */
export function layOutAtlas(sewn: SewnGarment): Atlas {
  const flat = sewn.flat[sewn.pattern.baseSize];
  const { pieceNames, pattern } = sewn;
  /** Islands by row, from the top; in a row from the left. */
  const rows = [
    ...pattern.texture,
    ...pattern.texture.map((names) => names.map((name) => `${name}.inside`)),
    ...pattern.bands.map(({ name }) => [name, `${name}.inside`]),
  ];
  const extents = pieceNames.map((_, p) => {
    const box = { xMin: Infinity, xMax: -Infinity, yMin: Infinity, yMax: -Infinity };
    for (let i = sewn.pieceStarts[p]; i < sewn.pieceStarts[p + 1]; i++) {
      box.xMin = Math.min(box.xMin, flat[2 * i]);
      box.xMax = Math.max(box.xMax, flat[2 * i]);
      box.yMin = Math.min(box.yMin, flat[2 * i + 1]);
      box.yMax = Math.max(box.yMax, flat[2 * i + 1]);
    }
    return box;
  });
  const islands = new Map<string, Island>();
  let top = GAP_METRES;
  let side = 0;
  for (const names of rows) {
    let left = GAP_METRES;
    let height = 0;
    for (const name of names) {
      const [piece, inside] = name.split('.');
      const p = pieceNames.indexOf(piece);
      const { xMin, xMax, yMin, yMax } = extents[p];
      islands.set(name, {
        left,
        top,
        xMin,
        xMax,
        // The inside of a hem begins at the free edge, the lowest line of the pattern.
        yMax: inside ? yMin + INSIDE_HEIGHT_METRES - LIP_METRES : yMax,
        // Where the pattern's plane shows the garment's inside, print would be reversed.
        isMirrored: [...pattern.pieces, ...pattern.bands][p].isInsideUp,
      });
      left += xMax - xMin + GAP_METRES;
      height = Math.max(height, inside ? INSIDE_HEIGHT_METRES : yMax - yMin);
    }
    side = Math.max(side, left);
    top += height + GAP_METRES;
  }
  side = Math.max(side, top);
  return {
    side,
    place(name, x, y) {
      const island = islands.get(name);
      if (!island) throw new Error(`The atlas has no island ${name}.`);
      const across = island.isMirrored ? island.xMax - x : x - island.xMin;
      return [(island.left + across) / side, (island.top + island.yMax - y) / side];
    },
  };
}
