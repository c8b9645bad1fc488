// Draws pictures without a person, for `npm run bench -- hidden` and its browser test: is a person found where there is
// none? Each picture follows from its kind, its size and a seed alone.
//
// 1. `drawEmptyScene` draws a background, and then what the kind names, at random places, sizes and colours.
// 2. The kinds that resemble a person most are `dress form` (a torso on a pole, bare or dressed), `hung clothes`
//    (shirts on hangers), and `pet`.
import { paintDressForm, paintHungClothes } from './paint-clothes.ts';
import { createChance, drawRoom, fillEllipse, fillGradient, type Sketch } from './sketch.ts';

/** What the pictures show. */
export const emptyKinds = [
  'noise',
  'gradient',
  'sky',
  'texture',
  'furniture',
  'hung clothes',
  'dress form',
  'pet',
] as const;
/** One of `emptyKinds`. */
export type EmptyKind = (typeof emptyKinds)[number];

/**
 * Draws a picture of `kind` with `width` × `height` pixels. `seed`: an integer. Equal arguments give equal pictures in
 * one browser.
 */
export function drawEmptyScene(kind: EmptyKind, seed: number, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to draw scenes on');
  const sketch: Sketch = { context, width, height, chance: createChance(seed * 977 + emptyKinds.indexOf(kind)) };
  painters[kind](sketch);
  addGrain(sketch, kind === 'noise' ? 0 : 6);
  return canvas;
}

/** Adds uniform noise of ±`amplitude` (0..255) to every value: no camera gives a smooth picture. */
function addGrain({ context, width, height, chance }: Sketch, amplitude: number): void {
  if (amplitude === 0) return;
  const picture = context.getImageData(0, 0, width, height);
  for (let i = 0; i < picture.data.length; i++) {
    if (i % 4 < 3) picture.data[i] += chance.between(-amplitude, amplitude);
  }
  context.putImageData(picture, 0, 0);
}

/** Blocks of random size: noise that an enlarged dark picture shows. */
function paintNoise({ context, width, height, chance }: Sketch): void {
  const grain = chance.whole(1, 24);
  const isGrey = chance.between(0, 1) < 0.5;
  const [dark, light] = [chance.between(0, 120), chance.between(130, 255)];
  for (let y = 0; y < height; y += grain) {
    for (let x = 0; x < width; x += grain) {
      const value = (): number => Math.round(chance.between(dark, light));
      const grey = value();
      context.fillStyle = isGrey ? `rgb(${grey} ${grey} ${grey})` : `rgb(${value()} ${value()} ${value()})`;
      context.fillRect(x, y, grain, grain);
    }
  }
}

/** A gradient of up to four colours, with a glow. */
function paintGradient(sketch: Sketch): void {
  const { context, width, height, chance } = sketch;
  fillGradient(
    sketch,
    Array.from({ length: chance.whole(1, 4) }, () => chance.color(5, 95)),
  );
  const glow = context.createRadialGradient(
    chance.between(0, width),
    chance.between(0, height),
    0,
    chance.between(0, width),
    chance.between(0, height),
    Math.max(width, height) * chance.between(0.2, 0.8),
  );
  glow.addColorStop(0, chance.color(20, 95));
  glow.addColorStop(1, 'transparent');
  context.fillStyle = glow;
  context.fillRect(0, 0, width, height);
}

/** A sky with clouds. */
function paintSky(sketch: Sketch): void {
  const { context, width, height, chance } = sketch;
  fillGradient(sketch, [`hsl(${chance.between(190, 230)} 70% ${chance.between(40, 75)}%)`, `hsl(210 60% 92%)`]);
  for (let i = chance.whole(0, 30); i > 0; i--) {
    context.globalAlpha = chance.between(0.1, 0.6);
    fillEllipse(
      context,
      chance.between(0, width),
      chance.between(0, height),
      width * chance.between(0.05, 0.25),
      height * chance.between(0.02, 0.1),
      '#fff',
    );
  }
  context.globalAlpha = 1;
}

/** Tiles in rows that are shifted against each other: bricks, boards, checks, or dots on a wallpaper. */
function paintTexture({ context, width, height, chance }: Sketch): void {
  context.fillStyle = chance.color(20, 80);
  context.fillRect(0, 0, width, height);
  const tileWidth = chance.between(12, 160);
  const tileHeight = chance.between(12, 80);
  const shift = chance.between(0, 1) * tileWidth;
  const gap = chance.between(0, 6);
  const isRound = chance.between(0, 1) < 0.3;
  const hue = chance.between(0, 360);
  for (let row = 0; row * tileHeight < height; row++) {
    for (let x = -((row * shift) % tileWidth); x < width; x += tileWidth) {
      context.fillStyle = `hsl(${hue} ${chance.between(10, 50)}% ${chance.between(35, 60)}%)`;
      const [w, h] = [tileWidth - gap, tileHeight - gap];
      if (isRound) fillEllipse(context, x + w / 2, (row + 0.5) * tileHeight, w / 3, h / 3);
      else context.fillRect(x, row * tileHeight, w, h);
    }
  }
}

/** Cupboards, sofas, chairs, lamps, plants and pictures in a room. */
function paintFurniture(sketch: Sketch): void {
  const { context, width, height, chance } = sketch;
  const floor = drawRoom(sketch);
  const unit = Math.min(width, height);
  for (let i = chance.whole(3, 6); i > 0; i--) {
    const x = chance.between(0.05, 0.9) * width;
    const w = unit * chance.between(0.15, 0.5);
    const h = unit * chance.between(0.15, 0.6);
    const foot = floor + chance.between(0, 0.1) * height;
    context.fillStyle = chance.color(15, 70);
    const piece = chance.whole(0, 4);
    if (piece === 0) {
      context.fillRect(x, foot - 1.4 * h, w, 1.4 * h);
      context.strokeStyle = '#0006';
      for (let k = 1; k < 4; k++) context.strokeRect(x, foot - (1.4 * h * k) / 4, w, 2);
    } else if (piece === 1) {
      context.fillRect(x, foot - h / 2, w * 1.4, h / 2);
      context.fillRect(x, foot - h, w * 1.4, h / 2);
      fillEllipse(context, x, foot - h / 3, w / 6, h / 3);
      fillEllipse(context, x + w * 1.4, foot - h / 3, w / 6, h / 3);
    } else if (piece === 2) {
      context.fillRect(x - 3, foot - 1.6 * h, 6, 1.6 * h);
      fillEllipse(context, x, foot - 1.6 * h, w / 3, w / 4, chance.color(60, 95));
      fillEllipse(context, x, foot, w / 4, w / 14, '#333');
    } else if (piece === 3) {
      context.fillRect(x, foot - h / 4, w / 2, h / 4);
      for (let k = 0; k < 14; k++)
        fillEllipse(
          context,
          x + w * chance.between(-0.1, 0.6),
          foot - h * chance.between(0.3, 1),
          w * chance.between(0.05, 0.12),
          h * chance.between(0.04, 0.16),
          `hsl(${chance.between(90, 150)} 40% ${chance.between(20, 45)}%)`,
        );
    } else {
      context.fillRect(x, chance.between(0.05, 0.3) * height, w * 0.7, h * 0.6);
      context.strokeStyle = chance.color(10, 40);
      context.lineWidth = 6;
      context.strokeRect(x, chance.between(0.05, 0.3) * height, w * 0.7, h * 0.6);
    }
  }
}

/** A sitting or a standing animal of ellipses: trunk, head, ears, legs, tail. */
function paintPet(sketch: Sketch): void {
  const { context, width, height, chance } = sketch;
  const floor = drawRoom(sketch);
  const unit = Math.min(width, height) * chance.between(0.15, 0.35);
  const fur = chance.color(15, 80);
  const isSitting = chance.between(0, 1) < 0.5;
  context.save();
  context.translate(width * chance.between(0.35, 0.65), floor - unit * 0.8);
  context.scale(unit * (chance.between(0, 1) < 0.5 ? -1 : 1), unit);
  context.fillStyle = fur;
  fillEllipse(context, 0, 0.1, isSitting ? 0.55 : 1, isSitting ? 0.9 : 0.5);
  const headX = isSitting ? 0.1 : 1.05;
  const headY = isSitting ? -1 : -0.5;
  fillEllipse(context, headX, headY, 0.42, 0.38);
  fillEllipse(context, headX - 0.25, headY - 0.38, 0.12, 0.22);
  fillEllipse(context, headX + 0.25, headY - 0.38, 0.12, 0.22);
  for (const x of isSitting ? [-0.3, 0.3] : [-0.8, -0.5, 0.5, 0.8]) context.fillRect(x - 0.1, 0.2, 0.2, 0.9);
  fillEllipse(context, isSitting ? -0.7 : -1.1, 0.2, 0.5, 0.1);
  fillEllipse(context, headX - 0.14, headY - 0.04, 0.06, 0.06, '#111');
  fillEllipse(context, headX + 0.14, headY - 0.04, 0.06, 0.06, '#111');
  fillEllipse(context, headX, headY + 0.12, 0.07, 0.05, '#311');
  context.restore();
}

const painters: Record<EmptyKind, (sketch: Sketch) => void> = {
  noise: paintNoise,
  gradient: paintGradient,
  sky: paintSky,
  texture: paintTexture,
  furniture: paintFurniture,
  'hung clothes': paintHungClothes,
  'dress form': paintDressForm,
  pet: paintPet,
};
