import { bezier, type Polyline, polylineLength, reversePolyline } from './polyline.ts';
import type { TeeMeasures } from './tee-measures.ts';

/** One side of a pattern piece. `fixedAtHem` says at which end it meets the hem, where rows of fixed height keep the hem's fold straight. */
interface DraftEdge {
  name: string;
  line: Polyline;
  hemEnd?: 'start' | 'end';
}

/** A closed outline, anticlockwise, metres; y grows upwards along the grain. */
export type Draft = DraftEdge[];

/** The pattern: halves of front and back to be cut on the fold at x = 0, and one sleeve (x > 0 is its front). */
export interface TeeDraft {
  front: Draft;
  back: Draft;
  sleeve: Draft;
}

/** A front that covers a chest hangs short unless it is cut longer from shoulder to underarm than the back; metres added to each. */
export const balance = { front: 0.022, back: -0.008 } as const;

/** Half a body piece: origin at the centre, level with the high point of the shoulder. */
function draftBody(finished: TeeMeasures, added: number, neckDrop: number, scoop: number, neckRound: number): Draft {
  const m = { ...finished, length: finished.length + added, armholeDepth: finished.armholeDepth + added };
  const neck = m.neckWidth / 2,
    shoulder = m.acrossShoulder / 2,
    chest = m.chest / 4,
    hem = m.hem / 4;
  const armhole = m.armholeDepth - m.shoulderDrop;
  return [
    { name: 'hem', line: [0, -m.length, hem, -m.length] },
    { name: 'side', line: [hem, -m.length, chest, -m.armholeDepth], hemEnd: 'start' },
    {
      name: 'armhole',
      line: reversePolyline(
        bezier(
          [shoulder, -m.shoulderDrop],
          [shoulder - scoop, -m.shoulderDrop - 0.48 * armhole],
          [shoulder - 0.35 * scoop, -m.armholeDepth + 0.004],
          [chest, -m.armholeDepth],
        ),
      ),
    },
    { name: 'shoulder', line: [shoulder, -m.shoulderDrop, neck, 0] },
    {
      name: 'neck',
      line: bezier([neck, 0], [neck * 0.97, -neckDrop * 0.62], [neck * neckRound, -neckDrop], [0, -neckDrop]),
    },
    { name: 'centre', line: [0, -neckDrop, 0, -m.length], hemEnd: 'end' },
  ];
}

function cap(halfBicep: number, height: number): Polyline {
  return bezier([0, 0], [0.46 * halfBicep, 0], [0.56 * halfBicep, -height], [halfBicep, -height]);
}

/** The half bicep for which the cap is as long as the armhole it is sewn into (bisection). */
function halfBicepFor(length: number, height: number): number {
  let low = 0.05,
    high = 0.4;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (polylineLength(cap(middle, height)) < length) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A knit cap is sewn in flat, without ease. */
const capEase = 1;

function draftSleeve(m: TeeMeasures, frontArmhole: number, backArmhole: number): Draft {
  const front = halfBicepFor(frontArmhole * capEase, m.capHeight),
    back = halfBicepFor(backArmhole * capEase, m.capHeight);
  const opening = m.sleeveOpening / 2;
  return [
    { name: 'hem', line: [-opening, -m.sleeve, opening, -m.sleeve] },
    { name: 'underFront', line: [opening, -m.sleeve, front, -m.capHeight], hemEnd: 'start' },
    { name: 'capFront', line: reversePolyline(cap(front, m.capHeight)) },
    { name: 'capBack', line: mirror(cap(back, m.capHeight)) },
    { name: 'underBack', line: [-back, -m.capHeight, -opening, -m.sleeve], hemEnd: 'end' },
  ];
}

function mirror(line: Polyline): Polyline {
  return line.map((value, i) => (i % 2 === 0 ? -value : value));
}

/** Drafts the pieces from finished measures; seam allowances are not drawn, since nothing is cut. */
export function draftTee(m: TeeMeasures): TeeDraft {
  const front = draftBody(m, balance.front, m.neckDropFront, 0.022, 0.6);
  const back = draftBody(m, balance.back, m.neckDropBack, 0.011, 0.75);
  const length = (draft: Draft): number => polylineLength(draft.find((edge) => edge.name === 'armhole')!.line);
  return { front, back, sleeve: draftSleeve(m, length(front), length(back)) };
}
