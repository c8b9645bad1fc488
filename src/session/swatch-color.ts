import type { Color, Material, Texture } from 'three';

/**
 * The colour that a swatch of this cloth shows, as CSS: the material's own times the mean of its picture. Null where
 * that cannot be read (a compressed texture).
 */
export function swatchColor(material: Material): string | null {
  const { color, map } = material as Material & { color?: Color; map?: Texture | null };
  if (!color) return null;
  const mean = map ? meanOf(map.image) : WHITE;
  if (!mean) return null;
  // The picture's mean is taken in sRGB; for a swatch that is near enough.
  const { r, g, b } = color.clone().convertLinearToSRGB();
  return `rgb(${Math.round(r * mean[0])} ${Math.round(g * mean[1])} ${Math.round(b * mean[2])})`;
}

const WHITE: readonly number[] = [255, 255, 255];

function meanOf(image: unknown): readonly number[] | null {
  try {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (!context) return null;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image as ImageBitmap, 0, 0, 1, 1);
    const { data } = context.getImageData(0, 0, 1, 1);
    return data[3] > 0 ? [data[0], data[1], data[2]] : null;
  } catch {
    return null;
  }
}
