import type { PersonColors } from './person-colors.ts';

/** Pixels of the head's picture: 360° wide, so 2.8 px a degree, and FACE_HEIGHT_METRES high. */
export const FACE_WIDTH = 1024;
export const FACE_HEIGHT = 512;
/** Height of the head that the picture spans, metres, and where its lower edge lies below the head joint. */
export const FACE_HEIGHT_METRES = 0.28;
export const FACE_BOTTOM_METRES = -0.11;

/** Where features lie on the head: angle from the front, degrees, and height above the head joint, metres. */
export interface FacePlaces {
  eye: { degrees: number; height: number };
  brow: { height: number };
  mouth: { height: number; degrees: number };
}

type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/**
 * Paints eyes, brows and lips around the head (a cylinder's development, the face in the middle), so that pose models find a
 * face. Plain skin everywhere else.
 */
export function paintFace(context: Context, colors: PersonColors, places: FacePlaces): void {
  const perDegree = FACE_WIDTH / 360;
  const perMetre = FACE_HEIGHT / FACE_HEIGHT_METRES;
  const x = (degrees: number): number => FACE_WIDTH / 2 + degrees * perDegree;
  const y = (height: number): number => FACE_HEIGHT - (height - FACE_BOTTOM_METRES) * perMetre;
  context.fillStyle = colors.skin;
  context.fillRect(0, 0, FACE_WIDTH, FACE_HEIGHT);

  const blush = (degrees: number, height: number, radius: number, color: string, strength: number): void => {
    const gradient = context.createRadialGradient(x(degrees), y(height), 0, x(degrees), y(height), radius);
    gradient.addColorStop(0, color);
    gradient.addColorStop(1, `${colors.skin}00`);
    context.globalAlpha = strength;
    context.fillStyle = gradient;
    context.fillRect(x(degrees) - radius, y(height) - radius, 2 * radius, 2 * radius);
    context.globalAlpha = 1;
  };
  for (const side of [-1, 1]) blush(side * 30, places.mouth.height + 0.035, 46, colors.lips, 0.3);
  blush(0, places.mouth.height + 0.03, 30, colors.lips, 0.14);

  for (const side of [-1, 1]) {
    const cx = x(side * places.eye.degrees);
    const cy = y(places.eye.height);
    // Half an eye is 14 mm wide and 5 mm high.
    const w = 8.5 * perDegree;
    const h = 0.0058 * perMetre;
    blush(side * places.eye.degrees, places.eye.height, 36, '#3a2018', 0.28);
    context.save();
    context.beginPath();
    context.moveTo(cx - w, cy + h * 0.2);
    context.quadraticCurveTo(cx, cy - h * 1.9, cx + w, cy + h * 0.1);
    context.quadraticCurveTo(cx, cy + h * 1.5, cx - w, cy + h * 0.2);
    context.closePath();
    context.fillStyle = '#efe9e4';
    context.fill();
    context.clip();
    context.fillStyle = colors.eyes;
    context.beginPath();
    context.ellipse(cx, cy - h * 0.1, 3.6 * perDegree, 0.0056 * perMetre, 0, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#0d0a09';
    context.beginPath();
    context.ellipse(cx, cy - h * 0.1, 1.7 * perDegree, 0.0027 * perMetre, 0, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#ffffff';
    context.beginPath();
    context.ellipse(cx + 1.2 * perDegree, cy - h * 0.5, 0.8 * perDegree, 0.0011 * perMetre, 0, 0, 2 * Math.PI);
    context.fill();
    context.restore();
    context.lineCap = 'round';
    context.strokeStyle = '#2a1a14';
    context.lineWidth = 4;
    context.beginPath();
    context.moveTo(cx - w, cy + h * 0.2);
    context.quadraticCurveTo(cx, cy - h * 1.9, cx + w, cy + h * 0.1);
    context.stroke();
    context.globalAlpha = 0.35;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(cx - w * 0.9, cy + h * 0.3);
    context.quadraticCurveTo(cx, cy + h * 1.6, cx + w * 0.95, cy + h * 0.2);
    context.stroke();
    context.globalAlpha = 0.85;
    context.strokeStyle = colors.hair;
    context.lineWidth = 8;
    const by = y(places.brow.height);
    context.beginPath();
    context.moveTo(cx - side * w * 1.05, by + 4);
    context.quadraticCurveTo(cx, by - 9, cx + side * w * 1.35, by + 5);
    context.stroke();
    context.globalAlpha = 1;
  }

  const my = y(places.mouth.height);
  const mw = places.mouth.degrees * perDegree;
  context.fillStyle = colors.lips;
  context.beginPath();
  context.moveTo(x(0) - mw, my);
  context.quadraticCurveTo(x(0) - mw * 0.4, my - 14, x(0), my - 9);
  context.quadraticCurveTo(x(0) + mw * 0.4, my - 14, x(0) + mw, my);
  context.quadraticCurveTo(x(0), my + 24, x(0) - mw, my);
  context.fill();
  context.strokeStyle = '#5a2a26';
  context.globalAlpha = 0.7;
  context.lineWidth = 2.5;
  context.beginPath();
  context.moveTo(x(0) - mw, my);
  context.quadraticCurveTo(x(0), my + 4, x(0) + mw, my);
  context.stroke();
  context.globalAlpha = 1;
}
