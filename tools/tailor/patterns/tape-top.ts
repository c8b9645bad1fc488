import type { Pattern } from '../pattern.ts';
import type { TopForm } from './draft-top.ts';

/**
 * The chest is measured this far below the underarm, the hem this far above its edge, metres. A shop measures the chest
 * 2.5 cm below the underarm; the simulated cloth is too coarse so near to the sleeve.
 */
const CHEST_METRES = 0.045;
const HEM_METRES = 0.025;

/**
 * Returns how a top of `draftTop` is measured: girths on level threads of front and back, the length from hem over the
 * middle of the shoulder seam to hem. (Of a short sleeve the simulated cloth has too few triangles.)
 */
export function tapeTop({ front, back }: TopForm): Pattern['tapes'] {
  /** A level thread: its distance below the high point of the shoulder, metres, where the piece has no balance. */
  const level = (depth: number): Record<string, number> => ({
    front: -depth - front.balance,
    back: -depth - back.balance,
  });
  return [
    {
      name: 'chest',
      coordinate: 'y',
      at: ({ armholeDepth }) => level(armholeDepth + CHEST_METRES),
      length: ({ chest }) => chest,
      times: 1,
    },
    {
      name: 'waist',
      coordinate: 'y',
      at: ({ waistDepth, armholeDepth, length }) => level(waistDepth ?? (armholeDepth + length) / 2),
      length: ({ chest, waist, hem }) => waist ?? (chest + hem) / 2,
      times: 1,
    },
    {
      name: 'hip',
      coordinate: 'y',
      at: ({ length }) => level(length - HEM_METRES),
      length: ({ hem }) => hem,
      times: 1,
    },
    {
      name: 'length',
      coordinate: 'x',
      at: ({ neckWidth, acrossShoulder }) => {
        const middle = (neckWidth + acrossShoulder) / 4;
        return { front: middle, back: middle };
      },
      length: ({ length, shoulderDrop }) => 2 * length + front.balance + back.balance - shoulderDrop,
      times: 2,
    },
  ];
}
