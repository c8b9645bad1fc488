/**
 * A garment as a tailor writes it down, before anything is cut: the input of `buildGarment`. Machinery reads it and
 * names no piece, edge or measure of its own, except the two measures that tell where a top is worn (`Measures`).
 *
 * An *edge* is a named part of a piece's outline, and `front.hem` is its full name. A piece that is cut on the fold has
 * each edge twice, `front.sideLeft` and `front.sideRight`, save those that cross the fold, such as `front.hem`. A
 * minus, `-back.neck`, means: the edge from its end to its start.
 */
import type { ClothOptions } from '../../src/cloth/cloth.ts';
import type { GarmentKind, GarmentMeasures } from '../../src/garment/garment.ts';
import type { MorphName } from '../../src/mannequin/mannequin.ts';
import type { FabricName } from './fabrics.ts';
import type { Polyline } from './polyline.ts';

/**
 * Finished measures of one size, metres, by the pattern's own names. Of a top the machinery reads two, to place its
 * pieces round the body before they are sewn: `chest` (girth) and `neckWidth` (from seam to seam across the neck
 * opening).
 */
export type Measures = Readonly<Record<string, number>>;

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
 * One edge is `hem`, level and the lowest. Of a piece that is cut on the fold it is the wearer's left half, x ≥ 0, with
 * the fold, x = 0, as its edge `centre`.
 */
export type Draft = DraftEdge[];

/** Where a piece is worn: on this side of the trunk, or round this arm. */
type WornOn = 'front' | 'back' | 'leftArm' | 'rightArm';

/** A piece of cloth. */
interface PatternPiece {
  name: string;
  /** Name of its outline in what `Pattern.draft` returns. Pieces may share one. */
  outline: string;
  isCutOnFold: boolean;
  /** The piece that mirrors it across the wearer's middle: itself if it is cut on the fold. */
  twin: string;
  /**
   * Whether its plane, +x to the right and +y up, shows the garment's inside: as a back drafted like its front does.
   */
  isInsideUp: boolean;
  wornOn: WornOn;
}

/** A strip, knitted double, that is sewn to edges all the way round: the rib at a neckline, a cuff. */
interface PatternBand {
  name: string;
  /** The edges that it is sewn to, one after the other: all round, from where it is closed. */
  along: readonly string[];
  /** The band that mirrors it across the wearer's middle: itself at a neck. */
  twin: string;
  /**
   * Whether its plane, with the edges to the right and its width upwards, shows the garment's inside: so does a band
   * that runs from the wearer's left over the front to the right.
   */
  isInsideUp: boolean;
  /** Name of the measure that is its visible width. */
  width: string;
  /**
   * Lengths of its two edges as multiples of the edge that it is sewn to: it is cut shorter and is stretched when it is
   * sewn on, so that it presses against the body.
   */
  sewnLength: number;
  freeLength: number;
  /** Its bending stiffness, as a multiple of the fabric's. */
  stiffness: number;
  /** Whether it is at the neck: there cloth follows the neck and the clavicles less. */
  isAtNeck: boolean;
}

/** Two edges that are sewn together; they must have the same length in every size, but for `ease`. */
interface PatternSeam {
  edges: readonly [string, string];
  /** Length by which the edges may differ, metres: the longer is eased in as it is sewn. None if absent. */
  ease?: number;
  /** Stitches that are seen from outside: along these edges, this far within the piece, metres. */
  stitches?: readonly { edge: string; inset: number }[];
}

/** A way to measure the sewn garment: along a thread of its cloth, with a tape that lies on it. */
interface PatternTape {
  /** The published measure that it checks. */
  name: keyof GarmentMeasures;
  /**
   * The thread: the points of these pieces at which this coordinate of the flat pattern, in the base size, has this
   * value.
   */
  coordinate: 'x' | 'y';
  at(base: Measures): Readonly<Record<string, number>>;
  /** Length of the thread in a size with these measures, metres. */
  length(measures: Measures): number;
  /** How many times the measure is in this length. */
  times: number;
}

/** A colour of a garment. */
export interface PatternColor {
  name: string;
  /**
   * Linear RGB, 0 to 1, by which the picture's greys are multiplied. It is the colour of the cloth in the light picture
   * and of the print in the dark one.
   */
  factor: [number, number, number];
  /** The picture that is multiplied: `light`, light cloth with a dark print, or `dark`, the reverse. */
  picture: 'light' | 'dark';
}

/** See the file's head. */
export interface Pattern {
  /** Name of the garment's file and mesh. */
  id: string;
  kind: GarmentKind;
  /** For whom it is graded. */
  wearer: 'women' | 'men' | 'all';
  /** 1 is next to the skin. */
  layer: number;
  /** The body that it is fitted on. */
  body: {
    /** Name of the mannequin's preset that wears the base size; null: the mean of women and men. */
    preset: string | null;
    /**
     * By how much the measures of the wearer grow from a size to the next, centimetres. Each size is draped on a wearer
     * of its own; without any, all are draped on the same.
     */
    grading: Partial<Record<MorphName, number>>;
  };
  fabric: {
    cloth: FabricName;
    bands: FabricName;
    /** Per cent by which it can be stretched, and grams per square metre, as the manifest says. */
    stretch: number;
    weight: number;
    /** The same as the simulation of the draping needs it. */
    drape: ClothOptions;
  };
  colors: readonly PatternColor[];
  /** Size name → finished measures, smallest size first. All sizes have the same measures. */
  sizes: Readonly<Record<string, Measures>>;
  /** Measures that contradict each other unless the one is smaller than the other. */
  rules: readonly { smaller: string; larger: string }[];
  /** The size that is meshed, and that the others are graded from. */
  baseSize: string;
  /** Returns the measures that a shop publishes, metres. */
  publish(measures: Measures): GarmentMeasures;
  /** How the finished garment is measured, to compare it with `publish`. */
  tapes: readonly PatternTape[];
  /** Distance between neighbouring vertices, metres. */
  spacing: number;
  /** Drafts a size: returns outlines by name, metres. They have no seam allowances: pieces are sewn edge to edge. */
  draft(measures: Measures): Record<string, Draft>;
  pieces: readonly PatternPiece[];
  bands: readonly PatternBand[];
  /** In the order in which they are sewn. Of two edges the first says how many vertices both have. */
  seams: readonly PatternSeam[];
  /** Seams that go all the way round a limb: the edges on the trunk's side, one after the other. */
  rings: readonly (readonly string[])[];
  /** The hems that hang level, and the height in their pieces from which on the cloth may give way for that. */
  levelHems: { edges: readonly string[]; from(measures: Measures): number };
  /** Rows of double-needle stitches along hems: distances from the edge, metres. */
  hemStitches: readonly number[];
  /** Distance of the stitches beside bands from the seam, metres. */
  bandStitches: number;
  /** The pieces in the texture, row by row, from the top. */
  texture: readonly (readonly string[])[];
  /** The printed mark: its piece, and its middle there, metres. */
  mark?: { piece: string; middle(measures: Measures): [x: number, y: number] };
}
