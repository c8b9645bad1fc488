import type { GarmentRequest } from '../session/settings.ts';

/** A garment that the page offers to the shopper. */
export interface GarmentOffer {
  id: string;
  /** Name that the shopper reads. */
  label: string;
  request: GarmentRequest;
}

/**
 * The `<fitting-garment>` children of `room` that have a `src`, in the page's order. It reads attributes, because the
 * element may not be defined yet.
 */
export function readGarments(room: Element): GarmentOffer[] {
  return [...room.querySelectorAll(':scope > fitting-garment[src]')].map((element) => ({
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

/** `src` as an absolute URL. A text that is no URL stays unchanged; the wardrobe reports it with the garment's id. */
function toAbsoluteUrl(src: string): string {
  try {
    return new URL(src, document.baseURI).href;
  } catch {
    return src;
  }
}
