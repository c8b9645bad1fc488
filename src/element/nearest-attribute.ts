/** Attributes that HTML allows on every element. */
const GLOBAL_NAMES: ReadonlySet<string> = new Set(
  (
    'accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id ' +
    'inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style ' +
    'tabindex title translate writingsuggestions xmlns'
  ).split(' '),
);

/**
 * Families of names that pages and frameworks put on any element: ARIA, data, event handlers, directives (`v-if`,
 * `x-data`, `ng-version`, `hx-get`), and names with signs that only frameworks use (`_ngcontent-a`, `@click`, `:key`,
 * `wire:model`).
 */
const FAMILIES = /^(aria-|data-|on|v-|x-|ng-|hx-)|^[^a-z]|[:.@]/;

/**
 * Returns the attribute of `known` that an author most likely meant by the misspelt attribute `name`: the nearest by
 * edit distance, the first of equally near ones. Returns null when `name` is no mistake: it is known itself, or HTML or
 * a framework allows it on every element.
 */
export function nearestAttribute(name: string, known: readonly string[]): string | null {
  if (known.includes(name) || GLOBAL_NAMES.has(name) || FAMILIES.test(name)) return null;
  let nearest: string | null = null;
  let nearestDistance = Infinity;
  for (const candidate of known) {
    const distance = editDistance(name, candidate);
    if (distance >= nearestDistance) continue;
    nearest = candidate;
    nearestDistance = distance;
  }
  return nearest;
}

/** Levenshtein distance: the fewest letters to insert, delete or replace that make `b` of `a`. */
function editDistance(a: string, b: string): number {
  // distances[j]: from the first i letters of `a` to the first j letters of `b`.
  let distances = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(distances[j] + 1, next[j - 1] + 1, distances[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    distances = next;
  }
  return distances[b.length];
}

/** Warns, in the console, of each of `names` that is a misspelt attribute; `known`: the attributes of this element. */
export function tellAttributes(localName: string, names: readonly string[], known: readonly string[]): void {
  for (const name of names) {
    const nearest = nearestAttribute(name, known);
    if (nearest !== null)
      console.warn(
        `fitting-room: <${localName}> has no attribute "${name}", so it is ignored. The nearest known one is "${nearest}".`,
      );
  }
}
