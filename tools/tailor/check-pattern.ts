/**
 * Finds what is wrong with a pattern before anything is cut, in words for the tailor who wrote it:
 *
 * 1. The size table: a size lacks a measure, a measure is no length, or the sizes do not grow evenly.
 * 2. Measures that contradict each other, by the pattern's own `rules`.
 * 3. Outlines: an edge does not start where the last one ends, or edges cross.
 * 4. Seams: the two edges differ in length. It names both edges and both lengths.
 */
import { findCrossing } from './find-crossing.ts';
import type { Draft, Measures, Pattern } from './pattern.ts';
import { polylineLength } from './polyline.ts';

/** Edges of a seam may differ by this, metres: a twentieth of a seam allowance, which a needle evens out. */
const SEAM_TOLERANCE = 0.0005;
/** Ends of edges that meet are this near, metres. */
const CORNER_TOLERANCE = 1e-6;
/** Steps from size to size may differ by this, metres: tables are rounded to half centimetres. */
const STEP_TOLERANCE = 0.005;

/** Returns one sentence for each fault of the pattern; none if it can be made. */
export function checkPattern(pattern: Pattern): string[] {
  const faults = checkSizes(pattern);
  if (faults.length > 0) return faults;
  for (const [size, measures] of Object.entries(pattern.sizes)) {
    const wrong = pattern.rules
      .filter(({ smaller, larger }) => !(measures[smaller] < measures[larger]))
      .map(
        ({ smaller, larger }) =>
          `size ${size}: ${smaller} (${cm(measures[smaller])}) must be less than ${larger} (${cm(measures[larger])})`,
      );
    faults.push(...wrong);
    // Measures that contradict each other can not be drafted.
    if (wrong.length > 0) continue;
    const drafts = pattern.draft(measures);
    for (const [name, draft] of Object.entries(drafts)) faults.push(...checkOutline(`size ${size}, ${name}`, draft));
    faults.push(...checkSeams(pattern, drafts, size));
  }
  return faults;
}

/** Step 1. */
function checkSizes({ sizes, baseSize }: Pattern): string[] {
  const faults: string[] = [];
  const base = sizes[baseSize];
  if (!base) return [`the base size ${baseSize} is not in the size table`];
  const names = Object.keys(sizes);
  for (const size of names) {
    for (const measure of new Set(names.flatMap((name) => Object.keys(sizes[name])))) {
      const value = sizes[size][measure];
      if (value === undefined) faults.push(`size ${size} has no ${measure}, which other sizes have`);
      else if (!(value >= 0 && value < 4)) faults.push(`size ${size}: ${measure} is ${value}, not a length in metres`);
    }
  }
  return faults.length > 0 ? faults : checkSteps(sizes);
}

/** Sizes have no gaps between them: each measure grows by the same step from every size to the next. */
function checkSteps(sizes: Readonly<Record<string, Measures>>): string[] {
  const names = Object.keys(sizes);
  const faults: string[] = [];
  for (const measure of Object.keys(sizes[names[0]])) {
    const mean = (sizes[names[names.length - 1]][measure] - sizes[names[0]][measure]) / (names.length - 1);
    names.slice(1).forEach((size, s) => {
      const step = sizes[size][measure] - sizes[names[s]][measure];
      if (Math.abs(step - mean) > STEP_TOLERANCE)
        faults.push(`${measure} grows by ${cm(step)} from size ${names[s]} to ${size}, elsewhere by ${cm(mean)}`);
    });
  }
  return faults;
}

/** Step 3. `where`: size and piece. */
function checkOutline(where: string, draft: Draft): string[] {
  const faults: string[] = [];
  draft.forEach(({ name, line }, e) => {
    const next = draft[(e + 1) % draft.length];
    const gap = Math.hypot(next.line[0] - line[line.length - 2], next.line[1] - line[line.length - 1]);
    if (gap > CORNER_TOLERANCE) faults.push(`${where}: ${next.name} starts ${cm(gap)} from the end of ${name}`);
  });
  const crossing = findCrossing(draft);
  if (crossing) faults.push(`${where}: ${crossing[0]} crosses ${crossing[1]}`);
  return faults;
}

/** Step 4. */
function checkSeams(pattern: Pattern, drafts: Record<string, Draft>, size: string): string[] {
  const faults: string[] = [];
  const lengthOf = (name: string): number | null => {
    const [pieceName, edge] = name.replace(/^-/, '').split('.');
    const piece = pattern.pieces.find((candidate) => candidate.name === pieceName);
    const draft = piece && drafts[piece.outline];
    const half = piece?.isCutOnFold ? edge.replace(/(Left|Right)$/, '') : edge;
    const line = draft?.find((part) => part.name === half)?.line;
    if (!line) faults.push(`size ${size}: there is no edge ${name}`);
    return line ? polylineLength(line) : null;
  };
  for (const { edges, ease = 0 } of pattern.seams) {
    const [first, second] = edges.map(lengthOf);
    if (first === null || second === null || Math.abs(first - second) <= ease + SEAM_TOLERANCE) continue;
    faults.push(
      `size ${size}: the seam of ${edges[0]} and ${edges[1]} does not match: ${cm(first)} against ${cm(second)}`,
    );
  }
  for (const { along } of pattern.bands) along.forEach(lengthOf);
  return faults;
}

/** Returns a length in words, centimetres. */
function cm(metres: number): string {
  return `${(100 * metres).toFixed(2)} cm`;
}
