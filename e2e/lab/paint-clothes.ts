// Paints clothes without a person, before a drawn wall, for pictures in which no person should be found. A sketch is a
// canvas, its size in pixels, and the seeded choices of its picture.
import { type Context, drawRoom, fillEllipse, type Sketch } from './sketch.ts';

/**
 * Traces the outline of a shirt whose unit of length is half its width at the chest: x to the right from the middle, y
 * down from the collar. `sleeve`: 0 (none) to 1 (long); `length`: y of the hem. `context` is scaled to this unit.
 */
function traceShirt(context: Context, sleeve: number, length: number): void {
  context.beginPath();
  context.moveTo(-0.3, 0);
  context.quadraticCurveTo(0, 0.25, 0.3, 0);
  context.lineTo(0.95, 0.25);
  context.lineTo(1.1 + 0.5 * sleeve, 0.5 + 1.6 * sleeve);
  context.lineTo(0.75 + 0.5 * sleeve, 0.65 + 1.7 * sleeve);
  context.lineTo(0.82, 0.9);
  context.lineTo(0.85, length);
  context.lineTo(-0.85, length);
  context.lineTo(-0.82, 0.9);
  context.lineTo(-0.75 - 0.5 * sleeve, 0.65 + 1.7 * sleeve);
  context.lineTo(-1.1 - 0.5 * sleeve, 0.5 + 1.6 * sleeve);
  context.lineTo(-0.95, 0.25);
  context.closePath();
}

/** Fills the traced outline with a colour that is shaded towards the sides, as on a round body. */
function fillRound({ context, chance }: Sketch): void {
  const shade = context.createLinearGradient(-1.3, 0, 1.3, 0);
  const [hue, saturation, lightness] = [chance.between(0, 360), chance.between(0, 70), chance.between(20, 80)];
  for (const [at, factor] of [
    [0, 0.6],
    [0.35, 1.05],
    [0.6, 1],
    [1, 0.55],
  ] as const)
    shade.addColorStop(at, `hsl(${hue} ${saturation}% ${Math.min(95, lightness * factor)}%)`);
  context.fillStyle = shade;
  context.fill();
}

/** Draws one to five shirts on hangers, on a rail or on a hook. */
export function paintHungClothes(sketch: Sketch): void {
  const { context, width, height, chance } = sketch;
  drawRoom(sketch);
  const count = chance.whole(1, 5);
  const rail = height * chance.between(0.05, 0.25);
  context.fillStyle = '#888';
  if (count > 1) context.fillRect(0, rail - 4, width, 8);
  for (let i = 0; i < count; i++) {
    const half = (width / count) * chance.between(0.2, 0.34);
    context.save();
    context.translate(((i + 0.5) * width) / count, rail + half * 0.4);
    context.scale(half, half);
    context.strokeStyle = '#555';
    context.lineWidth = 0.04;
    context.strokeRect(-0.01, -0.4, 0.02, 0.4);
    traceShirt(context, chance.between(0.05, 1), chance.between(1.6, 3.4));
    fillRound(sketch);
    context.restore();
  }
}

/** Draws a tailor's torso without head, arms and legs, on a pole with a foot; some wear a shirt. */
export function paintDressForm(sketch: Sketch): void {
  const { context, width, height, chance } = sketch;
  const floor = drawRoom(sketch);
  const half = Math.min(width * 0.3, height * 0.16) * chance.between(0.6, 1);
  const top = floor + 0.05 * height - half * chance.between(4.2, 5.2);
  context.save();
  context.translate(width * chance.between(0.35, 0.65), top);
  context.scale(half, half);
  const wood = chance.color(10, 50);
  context.fillStyle = wood;
  context.fillRect(-0.06, 2.4, 0.12, 2.2);
  fillEllipse(context, 0, 4.6, 0.7, 0.14);
  context.beginPath();
  context.moveTo(-0.22, -0.35);
  context.lineTo(0.22, -0.35);
  context.bezierCurveTo(0.25, 0.1, 0.9, 0.05, 0.95, 0.35);
  context.bezierCurveTo(1, 0.9, 0.7, 1.1, 0.6, 1.5);
  context.bezierCurveTo(0.65, 1.9, 0.9, 2, 0.85, 2.6);
  context.lineTo(-0.85, 2.6);
  context.bezierCurveTo(-0.9, 2, -0.65, 1.9, -0.6, 1.5);
  context.bezierCurveTo(-0.7, 1.1, -1, 0.9, -0.95, 0.35);
  context.bezierCurveTo(-0.9, 0.05, -0.25, 0.1, -0.22, -0.35);
  fillRound(sketch);
  fillEllipse(context, 0, -0.36, 0.2, 0.06, wood);
  if (chance.between(0, 1) < 0.5) {
    traceShirt(context, chance.between(0.05, 0.3), chance.between(1.8, 2.6));
    fillRound(sketch);
  }
  context.restore();
}
