import { findIdFaults } from './find-id-faults.ts';
import { nearestAttribute } from './nearest-attribute.ts';

/** What `<fitting-garment>` documents. */
export const garmentAttributes: readonly string[] = ['id', 'src', 'label', 'color', 'size', 'poster', 'price', 'href'];

/** Tells the page's author, by console warnings, what is wrong with the markup of a room. No warning appears twice. */
export class AuthorWarnings {
  readonly #roomAttributes: readonly string[];
  readonly #toldFaults = new Set<string>();
  readonly #toldAttributes = new WeakMap<Element, Set<string>>();

  /** `roomAttributes`: what `<fitting-room>` documents. */
  constructor(roomAttributes: readonly string[]) {
    this.#roomAttributes = roomAttributes;
  }

  /** `ids`: of the garments in the room. `wanted`: ids that the room is to show. */
  checkIds(ids: readonly string[], wanted: readonly string[]): void {
    for (const fault of findIdFaults(ids, wanted)) {
      if (!this.#toldFaults.has(fault)) console.warn(fault);
      this.#toldFaults.add(fault);
    }
  }

  /** Looks for unknown names among `names`, attributes of a room or a garment. Other elements are not checked. */
  checkAttributes(element: Element, names: readonly string[] = element.getAttributeNames()): void {
    const { localName } = element;
    // The room's own tag may have any name: a page may define a subclass.
    const known = localName === 'fitting-garment' ? garmentAttributes : this.#roomAttributes;
    for (const name of names) {
      const nearest = nearestAttribute(name, known);
      if (nearest === null || this.#isTold(element, name)) continue;
      console.warn(
        `fitting-room: <${localName}> has no attribute "${name}", so it is ignored. The nearest known one is "${nearest}".`,
      );
    }
  }

  /** Remembers `name`; returns whether it was told for this element before. */
  #isTold(element: Element, name: string): boolean {
    const told = this.#toldAttributes.get(element) ?? new Set<string>();
    this.#toldAttributes.set(element, told);
    const isTold = told.has(name);
    told.add(name);
    return isTold;
  }
}
