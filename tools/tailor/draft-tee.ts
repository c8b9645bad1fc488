/**
 * Drafts the pattern of a T-shirt from its finished measures.
 *
 * 1. Draft half a front and half a back.
 * 2. Draft a sleeve whose cap is as long as their armholes.
 */
import { bezier, type Polyline, polylineLength, reversePolyline } from './polyline.ts';
import type { TeeMeasures } from './tee-measures.ts';

/** One side of a pattern piece, metres. */
interface DraftEdge {
  name: string;
  line: Polyline;
  /** The end that meets the hem, if any: there rows of fixed height keep the fold of the hem straight. */
  hemEnd?: 'start' | 'end';
}

/** The closed outline of a piece, anticlockwise, metres; y grows upwards along the grain. */
export type Draft = DraftEdge[];

/** The pattern: halves of front and back, to be cut on the fold at x = 0, and a sleeve whose front is at x > 0. */
export interface TeeDraft {
  front: Draft;
  back: Draft;
  sleeve: Draft;
}

/**
 * Length added to the sides of front and back, metres: a front that covers a chest hangs short unless it is cut longer
 * from shoulder to underarm than the back.
 */
export const BALANCE_METRES = { front: 0.022, back: -0.008 } as const;

/** Shapes of the curves of a body piece. */
interface BodyCurves {
  /** Drop of the neckline at the centre, metres. */
  neckDrop: number;
  /** Depth of the armhole's hollow, metres. */
  scoop: number;
  /** Where the neckline becomes level, as a share of its half-width. */
  neckRoundness: number;
}

/** Seam allowances are left out: the pieces are sewn edge to edge. */
export function draftTee(measures: TeeMeasures): TeeDraft {
  const front = draftBody(measures, BALANCE_METRES.front, {
    neckDrop: measures.neckDropFront,
    scoop: 0.022,
    neckRoundness: 0.6,
  });
  const back = draftBody(measures, BALANCE_METRES.back, {
    neckDrop: measures.neckDropBack,
    scoop: 0.011,
    neckRoundness: 0.75,
  });
  const armholeLength = (draft: Draft): number => polylineLength(draft.find(({ name }) => name === 'armhole')!.line);
  return { front, back, sleeve: draftSleeve(measures, armholeLength(front), armholeLength(back)) };
}

/** Half a body piece. The origin is at the centre, level with the high point of the shoulder. */
function draftBody(measures: TeeMeasures, addedLength: number, { neckDrop, scoop, neckRoundness }: BodyCurves): Draft {
  const { shoulderDrop } = measures;
  const length = measures.length + addedLength;
  const armholeDepth = measures.armholeDepth + addedLength;
  const neck = measures.neckWidth / 2;
  const shoulder = measures.acrossShoulder / 2;
  const chest = measures.chest / 4;
  const hem = measures.hem / 4;
  const armhole = armholeDepth - shoulderDrop;
  return [
    { name: 'hem', line: [0, -length, hem, -length] },
    { name: 'side', line: [hem, -length, chest, -armholeDepth], hemEnd: 'start' },
    {
      name: 'armhole',
      line: reversePolyline(
        bezier(
          [shoulder, -shoulderDrop],
          [shoulder - scoop, -shoulderDrop - 0.48 * armhole],
          [shoulder - 0.35 * scoop, -armholeDepth + 0.004],
          [chest, -armholeDepth],
        ),
      ),
    },
    { name: 'shoulder', line: [shoulder, -shoulderDrop, neck, 0] },
    {
      name: 'neck',
      line: bezier([neck, 0], [neck * 0.97, -neckDrop * 0.62], [neck * neckRoundness, -neckDrop], [0, -neckDrop]),
    },
    { name: 'centre', line: [0, -neckDrop, 0, -length], hemEnd: 'end' },
  ];
}

/** A knit sleeve cap is sewn in flat: each half of the cap is as long as its armhole. */
function draftSleeve(measures: TeeMeasures, frontArmhole: number, backArmhole: number): Draft {
  const { capHeight, sleeve } = measures;
  const front = halfBicepFor(frontArmhole, capHeight);
  const back = halfBicepFor(backArmhole, capHeight);
  const opening = measures.sleeveOpening / 2;
  return [
    { name: 'hem', line: [-opening, -sleeve, opening, -sleeve] },
    { name: 'underFront', line: [opening, -sleeve, front, -capHeight], hemEnd: 'start' },
    { name: 'capFront', line: reversePolyline(halfCap(front, capHeight)) },
    { name: 'capBack', line: mirrorInX(halfCap(back, capHeight)) },
    { name: 'underBack', line: [-back, -capHeight, -opening, -sleeve], hemEnd: 'end' },
  ];
}

function halfCap(halfBicep: number, height: number): Polyline {
  return bezier([0, 0], [0.46 * halfBicep, 0], [0.56 * halfBicep, -height], [halfBicep, -height]);
}

/** The half bicep width for which half a cap has the given length (bisection). */
function halfBicepFor(length: number, height: number): number {
  let low = 0.05;
  let high = 0.4;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (polylineLength(halfCap(middle, height)) < length) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function mirrorInX(line: Polyline): Polyline {
  return line.map((value, i) => (i % 2 === 0 ? -value : value));
}
