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
 * Returns the `<fitting-garment>` children of `room` (a `<fitting-room>`) that have a `src`, in the page's order; each
 * with the URL, colour and size that its attributes ask for. It reads attributes, because the element may not be
 * defined yet. Garments within garments count too: HTML reads a self-closed tag (`<fitting-garment … />`, as templates
 * write it) as an open one, which then holds the next.
 */
export function readGarments(room: Element): GarmentOffer[] {
  const offered = ':scope > fitting-garment[src], :scope > fitting-garment fitting-garment[src]';
  return [...room.querySelectorAll(offered)].map((element) => ({
    id: element.id,
    label: element.getAttribute('label') ?? element.id,
    request: {
      id: element.id,
      src: toAbsoluteUrl(element.getAttribute('src') ?? ''),
      color: element.getAttribute('color'),
      size: element.getAttribute('size'),
    },
  }));
}

/** Makes `src` an absolute URL. Text that is no URL stays unchanged; the wardrobe reports it with the garment's id. */
function toAbsoluteUrl(src: string): string {
  try {
    return new URL(src, document.baseURI).href;
  } catch {
    return src;
  }
}
