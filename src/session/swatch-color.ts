import type { Color, Material, Texture } from 'three';
import type { Garment, GarmentPart } from '../garment/garment.ts';

const WHITE: readonly number[] = [255, 255, 255];

/**
 * Returns a colour of a garment as CSS text, `rgb(R G B)` with sRGB values 0..255: that of the largest part that has it,
 * the cloth, not its buttons. It is the material's base colour times the mean of its texture. The interface shows it as
 * a swatch. Null when no part has this colour, when the material has no base colour, or when its texture is transparent
 * or cannot be read (a compressed one).
 */
export function swatchColor({ parts }: Garment, name: string): string | null {
  let largest: GarmentPart | null = null;
  for (const part of parts) {
    if (name in part.variants && (!largest || part.indices.length > largest.indices.length)) largest = part;
  }
  return largest ? colorOf(largest.variants[name]) : null;
}

/** Colour of a material, as `swatchColor` returns it. */
function colorOf(material: Material): string | null {
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
