/**
 * Drafts the pattern of a T-shirt from its finished measures: flat outlines of its pieces, metres.
 *
 * 1. Draft half a front and half a back.
 * 2. Draft a sleeve whose cap is as long as their armholes.
 */
import { bezier, type Polyline, polylineLength, reversePolyline } from './polyline.ts';
import type { TeeMeasures } from './tee-measures.ts';

/** One edge of a pattern piece: a named part of its outline. */
interface DraftEdge {
  name: string;
  /** x, y, x, y, …, metres. */
  line: Polyline;
  /** The end that meets the hem, if any: there the mesh has rows of fixed height, so that the hem folds straight. */
  hemEnd?: 'start' | 'end';
}

/**
 * The closed outline of a piece, anticlockwise: each edge starts where the last one ends. +y is up, along the grain.
 */
export type Draft = DraftEdge[];

/**
 * The pattern. Front and back are halves at x ≥ 0, the wearer's left, to be mirrored at the centre line x = 0; their
 * origin is on it, level with the high point of the shoulder. The sleeve is whole and serves both arms; its front is at
 * x > 0, its origin is the top of the cap.
 */
export interface TeeDraft {
  front: Draft;
  back: Draft;
  sleeve: Draft;
}

/**
 * Length added to front and back between shoulder and underarm, metres: a front that covers a chest hangs short unless
 * it is cut longer there than the back.
 */
export const BALANCE_METRES = { front: 0.034, back: -0.008 } as const;

/** Shapes of the curves of a body piece. */
interface BodyCurves {
  /** Drop of the neckline at the centre, metres. */
  neckDrop: number;
  /** Depth of the armhole's hollow, metres. */
  scoop: number;
  /** Where the neckline becomes level, as a share of its half-width. */
  neckRoundness: number;
}

/**
 * Returns the pattern for the finished measures of a size (metres). It has no seam allowances: the pieces are sewn edge
 * to edge. Names of the edges: `hem`, `side`, `armhole`, `shoulder`, `neck`, `centre` in front and back; `hem`,
 * `underFront`, `capFront`, `capBack`, `underBack` in the sleeve.
 */
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

/** Returns half a front or back. `addedLength`: metres between shoulder and underarm. */
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

/**
 * Returns the sleeve. Each half of its cap is as long as its armhole (metres): a knit cap is sewn in without easing.
 */
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

/** Returns half a sleeve cap from its top, the origin, to the underarm at (`halfBicep`, −`height`), metres. */
function halfCap(halfBicep: number, height: number): Polyline {
  return bezier([0, 0], [0.46 * halfBicep, 0], [0.56 * halfBicep, -height], [halfBicep, -height]);
}

/** Finds by bisection the half bicep width with which half a cap has the given length; all metres. */
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

/** Returns the line with x negated; its points stay in order. */
function mirrorInX(line: Polyline): Polyline {
  return line.map((value, i) => (i % 2 === 0 ? -value : value));
}
