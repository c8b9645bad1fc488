import type { GarmentManifest } from './garment.ts';

/**
 * Compares the sizes that a garment's manifest lists with those that its meshes show. Returns a warning for the
 * merchandiser for each size that only one of them has: shoppers choose among the manifest's sizes, and one without a
 * shape of its own looks like the base size.
 *
 * @param shapes Names of the sizes that have a morph target `size:NAME`.
 */
export function checkSizes(
  { sizes, baseSize, pattern }: Pick<GarmentManifest, 'sizes' | 'baseSize' | 'pattern'>,
  shapes: ReadonlySet<string>,
): string[] {
  const hasShape = (size: string): boolean => size === baseSize || shapes.has(size) || !!pattern?.steps[size];
  return [
    ...[...shapes]
      .filter((size) => !Object.hasOwn(sizes, size))
      .map((size) => `the shape of size ${size} is there, its measures are not`),
    ...Object.keys(sizes)
      .filter((size) => !hasShape(size))
      .map((size) => `size ${size} has no shape "size:${size}": it looks like size ${baseSize}`),
  ];
}
