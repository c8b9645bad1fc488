import type { Color, Material, Texture } from 'three';

const WHITE: readonly number[] = [255, 255, 255];

/**
 * Returns the colour of a material as CSS text, `rgb(R G B)` with sRGB values 0..255: its base colour times the mean of
 * its texture. The interface shows it as a swatch. Null when the material has no base colour, or when its texture is
 * transparent or cannot be read (a compressed one).
 */
export function swatchColor(material: Material): string | null {
  const { color, map } = material as Material & { color?: Color; map?: Texture | null };
  if (!color) return null;
  const mean = map ? meanOf(map.image) : WHITE;
  if (!mean) return null;
  // The mean is taken of sRGB values, not of linear light: for a swatch that is exact enough.
  const { r, g, b } = color.clone().convertLinearToSRGB();
  return `rgb(${Math.round(r * mean[0])} ${Math.round(g * mean[1])} ${Math.round(b * mean[2])})`;
}

/** Mean red, green and blue of an image, 0..255 sRGB; null when it is transparent or cannot be read. */
function meanOf(image: unknown): readonly number[] | null {
  try {
    // Kept by the CPU: reading a canvas of the GPU waits for all that the GPU has to do.
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!context) return null;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image as ImageBitmap, 0, 0, 1, 1);
    const { data } = context.getImageData(0, 0, 1, 1);
    return data[3] > 0 ? [data[0], data[1], data[2]] : null;
  } catch {
    return null;
  }
}
