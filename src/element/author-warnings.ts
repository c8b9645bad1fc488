/** Names of the attributes of `<fitting-garment>`. */
export const garmentAttributes: readonly string[] = ['id', 'src', 'label', 'color', 'size', 'poster', 'price', 'href'];

/** Attributes that most elements may have, so that nothing is fetched for them. */
const COMMON = /^(class|id|style|slot|lang|hidden|data-.*)$/;

/** Without a network nobody is warned. */
function ignore(): void {}

/**
 * Warns the page's author, in the console, of mistakes in the markup of a `<fitting-room>`: missing or repeated ids of
 * garments, ids in `garment` that no garment has, and misspelt attributes. Each warning appears once. The words are
 * fetched only where something is to be said.
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
   * Warns of wrong ids. `ids`: of the garments in the room, in order. `wanted`: ids that the room's `garment` names; for
   * one that no garment has, `room` sends the event `fitting-error`, too.
   */
  checkIds(room: EventTarget, ids: readonly string[], wanted: readonly string[]): void {
    const isFaulty = ids.some((id, i) => !/^\S+$/.test(id) || ids.indexOf(id) !== i);
    if (isFaulty || (ids.length > 0 && wanted.some((id) => !ids.includes(id))))
      import('./find-id-faults.ts').then(
        ({ tellIdFaults }) => tellIdFaults(room, ids, wanted, this.#toldFaults),
        ignore,
      );
  }

  /**
   * Warns of every name in `names` that is a misspelt attribute. `element`: a room or a `<fitting-garment>`; `names`:
   * all its attributes by default.
   */
  checkAttributes(element: Element, names: readonly string[] = element.getAttributeNames()): void {
    const { localName } = element;
    // The room's own tag may have any name: a page may define a subclass.
    const known = localName === 'fitting-garment' ? garmentAttributes : this.#roomAttributes;
    const unknown = names.filter((name) => !known.includes(name) && !COMMON.test(name) && !this.#isTold(element, name));
    if (unknown.length > 0)
      import('./nearest-attribute.ts').then(({ tellAttributes }) => tellAttributes(localName, unknown, known), ignore);
  }

  /** Records a check of `name`; returns whether this element had one of that name before. */
  #isTold(element: Element, name: string): boolean {
    const told = this.#toldAttributes.get(element) ?? new Set<string>();
    this.#toldAttributes.set(element, told);
    const isTold = told.has(name);
    told.add(name);
    return isTold;
  }
}
