import type { GarmentRequest } from '../session/settings.ts';

/** A garment that the page offers to the shopper. */
export interface GarmentOffer {
  /** The element's `id`; empty if it has none. */
  id: string;
  /** Name that the shopper reads. */
  label: string;
  /** Id, absolute URL, colour and size (null: not set), as the session takes them. */
  request: GarmentRequest;
}

/**
 * Returns the `<fitting-garment>` children of `room` (a `<fitting-room>`) that have a `src`, or `<source>` children with
 * one file a size, in the page's order; each with the URLs, colour and size that its attributes ask for. It reads
 * attributes, because the element may not be defined yet. Garments within garments count too: HTML reads a self-closed
 * tag (`<fitting-garment … />`, as templates write it) as an open one, which then holds the next.
 */
export function readGarments(room: Element): GarmentOffer[] {
  const garments = [...room.querySelectorAll(':scope > fitting-garment, :scope > fitting-garment fitting-garment')];
  return garments.flatMap((element) => {
    const files = [...element.querySelectorAll(':scope > source')].map((file) => ({
      size: file.getAttribute('size') ?? '',
      src: urlOf(file),
    }));
    if (files.length === 0 && !element.hasAttribute('src')) return [];
    const label = element.getAttribute('label') ?? element.id;
    const request = {
      id: element.id,
      label,
      src: files[0]?.src ?? urlOf(element),
      color: element.getAttribute('color'),
      size: element.getAttribute('size'),
      files: files.length > 0 ? files : undefined,
    };
    return { id: element.id, label, request };
  });
}

/** Returns `src` as an absolute URL. Text that is no URL stays unchanged; the wardrobe reports it with the garment's id. */
function urlOf(element: Element): string {
  const src = element.getAttribute('src') ?? '';
  try {
    return new URL(src, document.baseURI).href;
  } catch {
    return src;
  }
}
