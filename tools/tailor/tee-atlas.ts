import { pieceNames, type SewnTee } from './sew-tee.ts';
import { baseTeeSize } from './tee-measures.ts';

/** The texture's layout: pattern pieces side by side, grain upright, one scale for all. */
export interface Atlas {
  /** Side of the square texture, metres of cloth. */
  side: number;
  /** From a place on a piece (or on the inside of its hem) to texture coordinates, 0..1, origin top left. */
  place(island: string, x: number, y: number): [number, number];
}

/** Space between pieces, metres: at 2048 px some 18 px, so that mip levels do not bleed. */
const gap = 0.01;
/** Height kept for the inside of a hem or rib. */
const turnedHeight = 0.032;

interface Island {
  left: number;
  top: number;
  xMin: number;
  yMax: number;
  flip: 1 | -1;
  xMax: number;
}

/** Places front and back above, sleeves below, ribs and the insides of hems in rows beneath. Pieces whose outside is seen turned over are mirrored, so that nothing is printed back to front. */
export function layoutAtlas(tee: SewnTee): Atlas {
  const flat = tee.pattern[baseTeeSize];
  const extents = pieceNames.map((_, p) => {
    const box = { xMin: Infinity, xMax: -Infinity, yMin: Infinity, yMax: -Infinity };
    for (let i = tee.pieceStarts[p]; i < tee.pieceStarts[p + 1]; i++) {
      box.xMin = Math.min(box.xMin, flat[2 * i]);
      box.xMax = Math.max(box.xMax, flat[2 * i]);
      box.yMin = Math.min(box.yMin, flat[2 * i + 1]);
      box.yMax = Math.max(box.yMax, flat[2 * i + 1]);
    }
    return box;
  });
  const islands = new Map<string, Island>();
  let top = gap,
    side = 0;
  const row = (names: readonly string[]): void => {
    let left = gap,
      height = 0;
    for (const name of names) {
      const [piece, inside] = name.split('.') as [(typeof pieceNames)[number], string | undefined];
      const box = extents[pieceNames.indexOf(piece)];
      const tall = inside ? turnedHeight : box.yMax - box.yMin;
      // Inside strips hang from the hem's fold upwards; 3 mm are left for the lip.
      const yMax = inside ? box.yMin + turnedHeight - 0.003 : box.yMax;
      islands.set(name, {
        left,
        top,
        xMin: box.xMin,
        xMax: box.xMax,
        yMax,
        flip: piece === 'back' || piece === 'sleeveLeft' || piece === 'rib' ? -1 : 1,
      });
      left += box.xMax - box.xMin + gap;
      height = Math.max(height, tall);
    }
    side = Math.max(side, left);
    top += height + gap;
  };
  row(['front', 'back']);
  row(['sleeveLeft', 'sleeveRight']);
  row(['front.inside', 'back.inside']);
  row(['sleeveLeft.inside', 'sleeveRight.inside']);
  row(['rib', 'rib.inside']);
  side = Math.max(side, top);
  return {
    side,
    place(name, x, y) {
      const island = islands.get(name);
      if (!island) throw new Error(`No island ${name}.`);
      const across = island.flip > 0 ? x - island.xMin : island.xMax - x;
      return [(island.left + across) / side, (island.top + island.yMax - y) / side];
    },
  };
}
