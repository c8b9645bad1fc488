import type { GarmentRequest } from '../session/settings.ts';

/** A garment that the page offers. */
export interface GarmentOffer {
  id: string;
  /** What the shopper reads. */
  label: string;
  request: GarmentRequest;
}

/** The `<fitting-garment>` children of `room`, in the page's order. Read from attributes: they need not be defined yet. */
export function readGarments(room: Element): GarmentOffer[] {
  return [...room.querySelectorAll(':scope > fitting-garment[src]')].map((element) => ({
    id: element.id,
    label: element.getAttribute('label') ?? element.id,
    request: {
      id: element.id,
      src: absolute(element.getAttribute('src') ?? ''),
      color: element.getAttribute('color'),
      size: element.getAttribute('size'),
    },
  }));
}

/** What is no address stays as it is: the wardrobe says which garment it was. */
function absolute(src: string): string {
  try {
    return new URL(src, document.baseURI).href;
  } catch {
    return src;
  }
}
