import { sendEvent } from './send-event.ts';

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
  return [...faults, ...findMissing(ids, wanted)];
}

/** One message for each wanted id that no garment has. Without any garment the page has probably not added them yet. */
function findMissing(ids: readonly string[], wanted: readonly string[]): string[] {
  const missing = ids.length > 0 ? wanted.filter((id) => !ids.includes(id)) : [];
  return missing.map(
    (id) =>
      `fitting-room: \`garment\` names "${id}", but no <fitting-garment> has that id (the ids are ${ids.join(', ')}); ${missing.length < wanted.length ? 'only the others are worn' : 'the first garment is worn instead'}.`,
  );
}

/**
 * Warns of these mistakes in the console, those in `told` left out, and adds them to it. Of an id that no garment has
 * the page hears by a `fitting-error` event of `room`, too: its choice is not shown.
 */
export function tellIdFaults(
  room: EventTarget,
  ids: readonly string[],
  wanted: readonly string[],
  told: Set<string>,
): void {
  const missing = findMissing(ids, wanted);
  for (const fault of findIdFaults(ids, wanted)) {
    if (told.has(fault)) continue;
    told.add(fault);
    console.warn(fault);
    if (missing.includes(fault))
      sendEvent(room, 'fitting-error', { code: 'garment-unreachable', message: fault, cause: undefined });
  }
}
