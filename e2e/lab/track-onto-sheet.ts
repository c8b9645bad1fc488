import type { Tracker } from '../../src/tracking/tracker.ts';
import { ContactSheet } from './contact-sheet.ts';
import { type KnowingSource, type SeenFrame, type SeenPoint, trackSource } from './track-source.ts';

/** Length of the film, and how much of it is drawn. */
export interface TrackOntoSheetOptions {
  /** Number of frames that the source gives. */
  frames: number;
  /** Every `every`th frame is drawn onto the sheet, the first included. */
  every: number;
}

/** Layout of the sheet; sizes in pixels. */
const CELL = { columns: 4, cellWidth: 360, cellHeight: 480 };
/**
 * Lines of the left side of the body, as pairs of BlazePose indices: shoulder to elbow to wrist, and shoulder to hip to
 * knee to ankle. On the right side each index is higher by 1.
 */
const LINES = [
  [11, 13],
  [13, 15],
  [11, 23],
  [23, 25],
  [25, 27],
];

/** Dots of the left side of the body, BlazePose indices: shoulder, hip and knee. */
const DOTS = [11, 23, 25];
/** Sizes in the frame's own picture, pixels. */
const LINE_WIDTH = 2;
const DOT_RADIUS = 3.5;

/**
 * Tracks all frames of `source` with a loaded `tracker`, and closes the source. Returns the tracked and true landmarks
 * of each frame (x and y 0..1 from the frame's top left), and a contact sheet (PNG): true landmarks as dots (`DOTS`),
 * tracked ones as lines (`LINES`), the left side of the body in red, the right in blue; the caption holds the frame's
 * time in seconds and the score, 0..1. A frame in which no person was found has no lines.
 */
export async function trackOntoSheet(
  source: KnowingSource,
  tracker: Tracker,
  { frames, every }: TrackOntoSheetOptions,
): Promise<{ seen: SeenFrame[]; sheet: Blob }> {
  const paper = new ContactSheet(Math.ceil(frames / every), CELL);
  let count = 0;
  const seen = await trackSource(source, tracker, async (picture, now) => {
    if (count++ % every !== 0) return;
    const canvas = new OffscreenCanvas(now.width, now.height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no 2D canvas to draw findings on');
    context.drawImage(picture, 0, 0);
    const toPixels = ({ x, y }: SeenPoint): [number, number] => [x * now.width, y * now.height];
    for (const [side, color] of [
      [0, '#e02020'],
      [1, '#2050ff'],
    ] as const) {
      context.strokeStyle = context.fillStyle = color;
      context.lineWidth = LINE_WIDTH;
      for (const [from, to] of now.landmarks.length > 0 ? LINES : []) {
        context.beginPath();
        context.moveTo(...toPixels(now.landmarks[from + side]));
        context.lineTo(...toPixels(now.landmarks[to + side]));
        context.stroke();
      }
      for (const i of DOTS) {
        context.beginPath();
        context.arc(...toPixels(now.truth[i + side]), DOT_RADIUS, 0, 2 * Math.PI);
        context.fill();
      }
    }
    await paper.add(canvas, `${(now.timeMs / 1000).toFixed(1)} s  ${now.score.toFixed(2)}`);
  });
  return { seen, sheet: await paper.toPng() };
}
