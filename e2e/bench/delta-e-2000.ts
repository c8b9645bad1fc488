/** A colour in CIELAB: L (0..100), a, b. */
export type Lab = readonly [number, number, number];

const RADIANS = Math.PI / 180;

/** Returns the angle of (b, a) in degrees, 0..360; 0 for grey. */
function hueOf(b: number, a: number): number {
  return a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / RADIANS + 360) % 360;
}

/**
 * Returns the colour difference CIEDE2000 of two colours: about 1 is just noticeable side by side (Sharma, Wu and Dalal
 * 2005, "The CIEDE2000 Color-Difference Formula: Implementation Notes").
 */
export function deltaE2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanChroma ** 7 / (meanChroma ** 7 + 25 ** 7)));
  const [c1, c2] = [Math.hypot((1 + g) * a1, b1), Math.hypot((1 + g) * a2, b2)];
  const [h1, h2] = [hueOf(b1, (1 + g) * a1), hueOf(b2, (1 + g) * a2)];
  const isGrey = c1 * c2 === 0;
  const turn = isGrey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const deltaHue = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * RADIANS);
  const meanL = (l1 + l2) / 2;
  const meanC = (c1 + c2) / 2;
  let hue = h1 + h2;
  if (!isGrey) hue = Math.abs(h1 - h2) > 180 ? (hue < 360 ? hue + 360 : hue - 360) / 2 : hue / 2;
  const cosine = (factor: number, shift: number): number => Math.cos((factor * hue + shift) * RADIANS);
  const t = 1 - 0.17 * cosine(1, -30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, 6) - 0.2 * cosine(4, -63);
  const weightL = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2);
  const weightC = 1 + 0.045 * meanC;
  const weightH = 1 + 0.015 * meanC * t;
  const rotation =
    -Math.sin(60 * Math.exp(-(((hue - 275) / 25) ** 2)) * RADIANS) * 2 * Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7));
  const [dl, dc, dh] = [(l2 - l1) / weightL, (c2 - c1) / weightC, deltaHue / weightH];
  return Math.sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
}
