/** Base class of the element. Node has no `HTMLElement`; there a server may import the class, but not use it. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * A garment that a `<fitting-room>` offers. It shows nothing itself; the room reads its attributes and follows their
 * changes. Where each size has a file of its own, children name them, the base size first:
 * `<source size="M" src="tee-m.glb">`.
 *
 * @element fitting-garment
 * @attr {string} id - The name that the room's `garment` uses.
 * @attr {string} src - URL of the garment file (GLB) that holds all sizes.
 * @attr {string} label - Name that the shopper reads; the id by default.
 * @attr {string} color - Colour variant to wear; the garment's first by default.
 * @attr {string} size - Size of this garment; overrides that of the room.
 * @attr {string} poster - URL of a picture, for the page's own use.
 * @attr {string} price - For the page's own use.
 * @attr {string} href - For the page's own use.
 */
export class FittingGarment extends Base {
  get src(): string {
    return this.getAttribute('src') ?? '';
  }
  set src(value: string) {
    this.setAttribute('src', value);
  }

  get label(): string {
    return this.getAttribute('label') ?? this.id;
  }
  set label(value: string) {
    this.setAttribute('label', value);
  }

  get color(): string | null {
    return this.getAttribute('color');
  }
  set color(value: string | null) {
    write(this, 'color', value);
  }

  get size(): string | null {
    return this.getAttribute('size');
  }
  set size(value: string | null) {
    write(this, 'size', value);
  }

  get poster(): string | null {
    return this.getAttribute('poster');
  }
  set poster(value: string | null) {
    write(this, 'poster', value);
  }

  get price(): string | null {
    return this.getAttribute('price');
  }
  set price(value: string | null) {
    write(this, 'price', value);
  }

  get href(): string | null {
    return this.getAttribute('href');
  }
  set href(value: string | null) {
    write(this, 'href', value);
  }

  connectedCallback(): void {
    this.hidden = true;
  }
}

/** Sets an attribute, or removes it for null. */
function write(element: HTMLElement, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

declare global {
  interface HTMLElementTagNameMap {
    'fitting-garment': FittingGarment;
  }
}
