// Tools for drawn pictures of test scenes: seeded choices, and shapes on a 2D canvas. Lengths are pixels from the top
// left, unless the canvas is scaled.
import { createRandom } from '../../src/math/create-random.ts';

/** What shapes are drawn on. */
export type Context = OffscreenCanvasRenderingContext2D;

/** Seeded choices of one picture. */
export interface Chance {
  /** Uniform in `from`..`to`. */
  between(from: number, to: number): number;
  /** A whole number in `from`..`to`, both included. */
  whole(from: number, to: number): number;
  /** CSS colour with a lightness, per cent, in `dark`..`light`. */
  color(dark?: number, light?: number): string;
}

/** Creates choices that follow from `seed`, an integer. */
export function createChance(seed: number): Chance {
  const random = createRandom(seed);
  const between = (from: number, to: number): number => from + (to - from) * random();
  return {
    between,
    whole: (from, to) => Math.floor(between(from, to + 1)),
    color: (dark = 15, light = 85) => `hsl(${between(0, 360)} ${between(0, 70)}% ${between(dark, light)}%)`,
  };
}

/** A canvas of one picture, its size in pixels, and its choices. */
export interface Sketch {
  context: Context;
  width: number;
  height: number;
  chance: Chance;
}

/** Fills the picture with a linear gradient of `colors` (CSS colours, at least one) in a random direction. */
export function fillGradient({ context, width, height, chance }: Sketch, colors: readonly string[]): void {
  const angle = chance.between(0, Math.PI);
  const [x, y] = [Math.cos(angle) * width, Math.sin(angle) * height];
  const gradient = context.createLinearGradient(0, 0, x, y);
  colors.forEach((color, i) => gradient.addColorStop(i / Math.max(1, colors.length - 1), color));
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
}

/** Fills an ellipse with centre `x`, `y` and radii `rx`, `ry`, in a CSS colour, or else in the present fill style. */
export function fillEllipse(context: Context, x: number, y: number, rx: number, ry: number, color?: string): void {
  if (color !== undefined) context.fillStyle = color;
  context.beginPath();
  context.ellipse(x, y, Math.abs(rx), Math.abs(ry), 0, 0, 2 * Math.PI);
  context.fill();
}

/** Draws a wall and a floor. Returns y of the floor's far edge, pixels from the top. */
export function drawRoom(sketch: Sketch): number {
  const { context, width, height, chance } = sketch;
  fillGradient(sketch, [chance.color(45, 90), chance.color(45, 90)]);
  const edge = height * chance.between(0.65, 0.85);
  context.fillStyle = chance.color(20, 65);
  context.fillRect(0, edge, width, height - edge);
  return edge;
}
