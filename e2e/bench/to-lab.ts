// Colours as the eye tells them apart: CIELAB, and the difference CIE76.
/** Linear light (0..1) of an sRGB channel 0..255 (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, i) => {
  const value = i / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** CIE's function f, from a share of white to lightness. */
function lightness(share: number): number {
  return share > 216 / 24389 ? Math.cbrt(share) : (24389 / 27 / 116) * share + 16 / 116;
}

/**
 * Converts sRGB pixels (RGBA, 0..255) to CIELAB with the white point D65: L (0..100), a and b of each pixel, one pixel
 * after the other.
 */
export function toLab(rgba: ArrayLike<number>): Float32Array {
  const count = rgba.length / 4;
  const lab = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [LINEAR[rgba[4 * i]], LINEAR[rgba[4 * i + 1]], LINEAR[rgba[4 * i + 2]]];
    const x = lightness((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const y = lightness(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
    const z = lightness((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
    lab[3 * i] = 116 * y - 16;
    lab[3 * i + 1] = 500 * (x - y);
    lab[3 * i + 2] = 200 * (y - z);
  }
  return lab;
}

/** Returns the colour difference CIE76 of pixel `i` of two pictures in CIELAB (3 × pixels); 2.3 is just noticeable. */
export function deltaE(a: Float32Array, b: Float32Array, i: number): number {
  return Math.hypot(a[3 * i] - b[3 * i], a[3 * i + 1] - b[3 * i + 1], a[3 * i + 2] - b[3 * i + 2]);
}
