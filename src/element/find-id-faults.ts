/**
 * Finds mistakes in the ids of garments. `ids`: those of all garments in a `<fitting-room>`, in order; the empty text
 * for a garment without id. `wanted`: ids that the room's `garment` attribute names. Returns one message a mistake, for
 * the page's author: a missing id, a space in an id, a repeated id, a wanted id that no garment has.
 */
export function findIdFaults(ids: readonly string[], wanted: readonly string[]): string[] {
  const faults = new Set<string>();
  ids.forEach((id, i) => {
    if (id === '') faults.add('fitting-room: a <fitting-garment> without an id can only be worn as the first one.');
    else if (/\s/.test(id))
      faults.add(
        `fitting-room: the id "${id}" of a <fitting-garment> has a space in it: \`garment\` separates ids by spaces and cannot name it.`,
      );
    else if (ids.indexOf(id) !== i)
      faults.add(`fitting-room: several <fitting-garment> elements have the id "${id}"; \`garment\` means the first.`);
  });
  // Without any garment the page has probably not added them yet.
  if (ids.length > 0) {
    for (const id of wanted)
      if (!ids.includes(id))
        faults.add(
          `fitting-room: \`garment\` names "${id}", but no <fitting-garment> has that id (the ids are ${ids.join(', ')}).`,
        );
  }
  return [...faults];
}
