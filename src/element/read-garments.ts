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
      src: new URL(element.getAttribute('src') ?? '', document.baseURI).href,
      color: element.getAttribute('color'),
      size: element.getAttribute('size'),
    },
  }));
}
