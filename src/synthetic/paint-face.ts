/**
 * Paints a face onto a canvas. The picture is the texture of the mannequin's body and surrounds its head like a
 * cylinder; pose models need a face to find the head.
 *
 * 1. Fill the canvas with the colour of the skin, and paint soft spots on cheeks, over the mouth and around the eyes.
 * 2. Paint each eye (white, iris, pupil, highlight, lids) and its brow.
 * 3. Paint the closed lips.
 *
 * The caller gives the places of the features as angles about the vertical (degrees, 0 in front) and heights above the
 * head joint (metres). The code converts both to pixels: x to the right, y down, the front of the face in the middle.
 */
import type { PersonColors } from './person-colors.ts';

/** Size of the picture around the head, pixels: 360° wide, so 2.8 pixels a degree, and FACE_HEIGHT_METRES high. */
export const FACE_WIDTH = 1024;
export const FACE_HEIGHT = 512;
/** Height on the head that the picture's height covers, metres. */
export const FACE_HEIGHT_METRES = 0.28;
/** Height of the picture's lower edge above the head joint, metres; negative, since the edge is below the joint. */
export const FACE_BOTTOM_METRES = -0.11;

/**
 * Places of the features on the head: `degrees` is the angle from the front to the feature on either side, at least 0
 * (for the mouth: to its corners), and `height` the height above the head joint, metres.
 */
export interface FacePlaces {
  eye: { degrees: number; height: number };
  brow: { height: number };
  mouth: { height: number; degrees: number };
}

/** The drawing context of a canvas in the page or outside of it. */
type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

const PIXELS_PER_DEGREE = FACE_WIDTH / 360;
const PIXELS_PER_METRE = FACE_HEIGHT / FACE_HEIGHT_METRES;

/** Returns the x of an angle from the front, pixels: positive angles are right of the middle. */
function xOf(degrees: number): number {
  return FACE_WIDTH / 2 + degrees * PIXELS_PER_DEGREE;
}
/** Returns the y of a height above the head joint (metres), pixels from the top. */
function yOf(height: number): number {
  return FACE_HEIGHT - (height - FACE_BOTTOM_METRES) * PIXELS_PER_METRE;
}

/**
 * Paints the face in the middle of `context`, whose canvas has FACE_WIDTH × FACE_HEIGHT pixels, and plain skin
 * everywhere else. `colors`: CSS colours of skin, lips, eyes and hair.
 */
export function paintFace(context: Context, colors: PersonColors, { eye, brow, mouth }: FacePlaces): void {
  context.fillStyle = colors.skin;
  context.fillRect(0, 0, FACE_WIDTH, FACE_HEIGHT);
  const blush = (degrees: number, height: number, { radius, color, opacity }: Blush): void =>
    paintBlush(context, colors.skin, { x: xOf(degrees), y: yOf(height), radius, color, opacity });
  for (const side of [-1, 1]) blush(side * 30, mouth.height + 0.035, { radius: 46, color: colors.lips, opacity: 0.3 });
  blush(0, mouth.height + 0.03, { radius: 30, color: colors.lips, opacity: 0.14 });
  for (const side of [-1, 1]) {
    blush(side * eye.degrees, eye.height, { radius: 36, color: '#3a2018', opacity: 0.28 });
    paintEye(context, colors, xOf(side * eye.degrees), yOf(eye.height));
    paintBrow(context, colors, side, xOf(side * eye.degrees), yOf(brow.height));
  }
  paintMouth(context, colors, mouth.degrees * PIXELS_PER_DEGREE, yOf(mouth.height));
}

/** A soft round spot. */
interface Blush {
  /** Pixels. */
  radius: number;
  /** CSS colour in the middle; it fades away at the radius. */
  color: string;
  /** 0..1. */
  opacity: number;
}

/** Paints a soft round spot around (x, y), pixels, on skin of the CSS colour `skin` (`#rrggbb`). */
function paintBlush(
  context: Context,
  skin: string,
  { x, y, radius, color, opacity }: Blush & { x: number; y: number },
): void {
  const gradient = context.createRadialGradient(x, y, 0, x, y, radius);
  gradient.addColorStop(0, color);
  gradient.addColorStop(1, `${skin}00`);
  context.globalAlpha = opacity;
  context.fillStyle = gradient;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  context.globalAlpha = 1;
}

/** Half the width of an eye (14 mm on the head), and height of its lids' control points (lids: 5 mm high), pixels. */
const EYE_HALF_WIDTH = 8.5 * PIXELS_PER_DEGREE;
const EYE_HALF_HEIGHT = 0.0058 * PIXELS_PER_METRE;

/** Paints an eye around (x, y), pixels: white, iris, pupil, highlight and lids. */
function paintEye(context: Context, colors: PersonColors, x: number, y: number): void {
  const [w, h] = [EYE_HALF_WIDTH, EYE_HALF_HEIGHT];
  const fillEllipse = (color: string, cx: number, cy: number, [degrees, metres]: [number, number]): void => {
    context.fillStyle = color;
    context.beginPath();
    context.ellipse(cx, cy, degrees * PIXELS_PER_DEGREE, metres * PIXELS_PER_METRE, 0, 0, 2 * Math.PI);
    context.fill();
  };
  context.save();
  context.beginPath();
  context.moveTo(x - w, y + h * 0.2);
  context.quadraticCurveTo(x, y - h * 1.9, x + w, y + h * 0.1);
  context.quadraticCurveTo(x, y + h * 1.5, x - w, y + h * 0.2);
  context.closePath();
  context.fillStyle = '#efe9e4';
  context.fill();
  context.clip();
  fillEllipse(colors.eyes, x, y - h * 0.1, [3.6, 0.0056]);
  fillEllipse('#0d0a09', x, y - h * 0.1, [1.7, 0.0027]);
  fillEllipse('#ffffff', x + 1.2 * PIXELS_PER_DEGREE, y - h * 0.5, [0.8, 0.0011]);
  context.restore();

  context.lineCap = 'round';
  context.strokeStyle = '#2a1a14';
  context.lineWidth = 4;
  context.beginPath();
  context.moveTo(x - w, y + h * 0.2);
  context.quadraticCurveTo(x, y - h * 1.9, x + w, y + h * 0.1);
  context.stroke();
  context.globalAlpha = 0.35;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - w * 0.9, y + h * 0.3);
  context.quadraticCurveTo(x, y + h * 1.6, x + w * 0.95, y + h * 0.2);
  context.stroke();
  context.globalAlpha = 1;
}

/** Paints a brow around (x, y), pixels. `side` is −1 in the left half of the picture and 1 in the right half. */
function paintBrow(context: Context, colors: PersonColors, side: number, x: number, y: number): void {
  context.globalAlpha = 0.85;
  context.strokeStyle = colors.hair;
  context.lineWidth = 8;
  context.beginPath();
  context.moveTo(x - side * EYE_HALF_WIDTH * 1.05, y + 4);
  context.quadraticCurveTo(x, y - 9, x + side * EYE_HALF_WIDTH * 1.35, y + 5);
  context.stroke();
  context.globalAlpha = 1;
}

/** Paints closed lips at the height y, from `halfWidth` left to `halfWidth` right of the middle. All in pixels. */
function paintMouth(context: Context, colors: PersonColors, halfWidth: number, y: number): void {
  const x = xOf(0);
  context.fillStyle = colors.lips;
  context.beginPath();
  context.moveTo(x - halfWidth, y);
  context.quadraticCurveTo(x - halfWidth * 0.4, y - 14, x, y - 9);
  context.quadraticCurveTo(x + halfWidth * 0.4, y - 14, x + halfWidth, y);
  context.quadraticCurveTo(x, y + 24, x - halfWidth, y);
  context.fill();
  context.strokeStyle = '#5a2a26';
  context.globalAlpha = 0.7;
  context.lineWidth = 2.5;
  context.beginPath();
  context.moveTo(x - halfWidth, y);
  context.quadraticCurveTo(x, y + 4, x + halfWidth, y);
  context.stroke();
  context.globalAlpha = 1;
}
