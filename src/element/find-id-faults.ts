/** What is wrong with the ids of a room's garments and of those it is to show (`wanted`), in words for the page's author. */
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
  // Without garments they may be still to come.
  if (ids.length > 0) {
    for (const id of wanted)
      if (!ids.includes(id))
        faults.add(
          `fitting-room: \`garment\` names "${id}", and no <fitting-garment> has that id (there are ${ids.join(', ')}).`,
        );
  }
  return [...faults];
}
