import { findIdFaults } from './find-id-faults.ts';
import { nearestAttribute } from './nearest-attribute.ts';

/** Names of the attributes of `<fitting-garment>`. */
export const garmentAttributes: readonly string[] = ['id', 'src', 'label', 'color', 'size', 'poster', 'price', 'href'];

/**
 * Warns the page's author, in the console, of mistakes in the markup of a `<fitting-room>`: missing or repeated ids of
 * garments, ids in `garment` that no garment has, and misspelt attributes. Each warning appears once.
 */
export class AuthorWarnings {
  readonly #roomAttributes: readonly string[];
  readonly #toldFaults = new Set<string>();
  readonly #toldAttributes = new WeakMap<Element, Set<string>>();

  /** `roomAttributes`: names of the attributes of `<fitting-room>`. */
  constructor(roomAttributes: readonly string[]) {
    this.#roomAttributes = roomAttributes;
  }

  /**
   * Warns of wrong ids. `ids`: of the garments in the room, in order. `wanted`: ids that the room's `garment` names.
   */
  checkIds(ids: readonly string[], wanted: readonly string[]): void {
    for (const fault of findIdFaults(ids, wanted)) {
      if (!this.#toldFaults.has(fault)) console.warn(fault);
      this.#toldFaults.add(fault);
    }
  }

  /**
   * Warns of every name in `names` that is a misspelt attribute. `element`: a room or a `<fitting-garment>`; `names`:
   * all its attributes by default.
   */
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

  /** Records a warning of `name`; returns whether this element had one of that name before. */
  #isTold(element: Element, name: string): boolean {
    const told = this.#toldAttributes.get(element) ?? new Set<string>();
    this.#toldAttributes.set(element, told);
    const isTold = told.has(name);
    told.add(name);
    return isTold;
  }
}
