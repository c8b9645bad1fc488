/**
 * Drafts the pattern of a top with a round neck and set-in sleeves from its finished measures: flat outlines, metres.
 *
 * 1. Draft half a front and half a back.
 * 2. Draft a sleeve whose cap is as long as their armholes.
 */
import type { Draft } from '../pattern.ts';
import { bezier, type Polyline, polylineLength, reversePolyline } from '../polyline.ts';

/** Finished measures of a top, metres. Girths go all the way round; widths are measured laid flat. */
export interface TopMeasures {
  /** Girth one inch below the armhole. */
  chest: number;
  /** Girth at the hem. */
  hem: number;
  /** Vertical, from the high point of the shoulder (beside the neck) to the hem. */
  length: number;
  /** Width between the shoulder points (where the shoulder meets the sleeve), across the back. */
  acrossShoulder: number;
  /** Height of the shoulder's high point over the shoulder point. */
  shoulderDrop: number;
  /** Vertical, from the high point of the shoulder to the underarm. */
  armholeDepth: number;
  /** From seam to seam across the neck opening. */
  neckWidth: number;
  /** Depth of the neckline at the centre, below the high point of the shoulder. */
  neckDropFront: number;
  neckDropBack: number;
  /** From the shoulder point to the sleeve's hem. */
  sleeve: number;
  /** Girth of the sleeve's hem. */
  sleeveOpening: number;
  /** Height of the sleeve cap: a low cap lets the arm rise, a high cap hangs with fewer folds. */
  capHeight: number;
  /** Visible width of the neck rib. */
  ribWidth: number;
}

/** Girth and height of a shaped waist, metres. */
export interface WaistMeasures {
  waist: number;
  /** Vertical, from the high point of the shoulder to the narrowest place. */
  waistDepth: number;
}

/** Form of front or back. */
interface BodyForm {
  /**
   * Length added between shoulder and underarm, metres: a front that covers a chest hangs short unless it is cut longer
   * there than the back.
   */
  balance: number;
  /** Depth of the armhole's hollow, metres. */
  scoop: number;
  /** Where the neckline becomes level, as a share of its half-width. */
  neckRoundness: number;
}

/** Forms of the pieces. */
export interface TopForm {
  front: BodyForm;
  back: BodyForm;
  /** Whether the sleeve's hem is centred under the top of its cap, or so that the edges of its seam have one length. */
  sleeveHem: 'centred' | 'matched';
}

/**
 * Returns the outlines of `front` and `back` (cut on the fold; their origin is on the centre line, level with the high
 * point of the shoulder) and `sleeve` (whole, for both arms; its front is at x > 0, its origin is the top of the cap).
 * Edges: `hem`, `side`, `armhole`, `shoulder`, `neck`, `centre` in front and back; `hem`, `underFront`, `capFront`,
 * `capBack`, `underBack` in the sleeve.
 */
export function draftTop(
  measures: TopMeasures & Partial<WaistMeasures>,
  form: TopForm,
): Record<'front' | 'back' | 'sleeve', Draft> {
  const front = draftBody(measures, measures.neckDropFront, form.front);
  const back = draftBody(measures, measures.neckDropBack, form.back);
  const armholeLength = (draft: Draft): number => polylineLength(draft.find(({ name }) => name === 'armhole')!.line);
  const halfBiceps = [front, back].map((draft) => halfBicepFor(armholeLength(draft), measures.capHeight));
  return { front, back, sleeve: draftSleeve(measures, halfBiceps, form.sleeveHem) };
}

/** Returns half a front or back. `neckDrop`: of the neckline at the centre, metres. */
function draftBody(
  measures: TopMeasures & Partial<WaistMeasures>,
  neckDrop: number,
  { balance, scoop, neckRoundness }: BodyForm,
): Draft {
  const { shoulderDrop } = measures;
  const length = measures.length + balance;
  const armholeDepth = measures.armholeDepth + balance;
  const neck = measures.neckWidth / 2;
  const shoulder = measures.acrossShoulder / 2;
  const chest = measures.chest / 4;
  const hem = measures.hem / 4;
  const armhole = armholeDepth - shoulderDrop;
  const { waist, waistDepth } = measures;
  const side =
    waist === undefined || waistDepth === undefined
      ? [hem, -length, chest, -armholeDepth]
      : shapedSide([hem, -length], [waist / 4, -waistDepth - balance], [chest, -armholeDepth]);
  return [
    { name: 'hem', line: [0, -length, hem, -length] },
    { name: 'side', line: side, hemEnd: 'start' },
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

/** Length over which a shaped side seam is straight at the hem and at the underarm, metres. */
const STRAIGHT_METRES = 0.04;

/** Returns a side seam from hem over waist to underarm, x and y in metres each: upright at all three. */
function shapedSide(hem: number[], waist: number[], underarm: number[]): Polyline {
  // Straight at first, so that the hem folds onto cloth of its own width, and that the chest has its girth.
  const rise = (from: number[], to: number[]): Polyline => {
    const middle = (from[1] + to[1]) / 2;
    return bezier(from, [from[0], middle], [to[0], middle], to);
  };
  const chest = [underarm[0], underarm[1] - STRAIGHT_METRES];
  return [...hem, ...rise([hem[0], hem[1] + STRAIGHT_METRES], waist), ...rise(waist, chest).slice(2), ...underarm];
}

/**
 * Returns the sleeve. `halfBiceps`: widths of its front and back at the underarm, metres. With them each half of its
 * cap is as long as its armhole: a knit cap is sewn in without easing.
 */
function draftSleeve(
  { capHeight, sleeve, sleeveOpening }: TopMeasures,
  [front, back]: number[],
  hem: TopForm['sleeveHem'],
): Draft {
  const opening = sleeveOpening / 2;
  const middle = hem === 'matched' ? (front - back) / 2 : 0;
  return [
    { name: 'hem', line: [middle - opening, -sleeve, middle + opening, -sleeve] },
    { name: 'underFront', line: [middle + opening, -sleeve, front, -capHeight], hemEnd: 'start' },
    { name: 'capFront', line: reversePolyline(halfCap(front, capHeight)) },
    { name: 'capBack', line: mirrorInX(halfCap(back, capHeight)) },
    { name: 'underBack', line: [-back, -capHeight, middle - opening, -sleeve], hemEnd: 'end' },
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
