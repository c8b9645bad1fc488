/**
 * Replaces the only occurrence of `search` in `text`. Patches of a library's text (a shader chunk of three.js) go
 * through this, so that an upgrade of the library that moves the text fails loudly instead of leaving the patch out.
 *
 * @throws Error, naming `search`, when the text holds it not at all or more than once.
 */
export function replaceOnce(text: string, search: string, replacement: string): string {
  const start = text.indexOf(search);
  if (search === '' || start < 0) throw new Error(`the text to patch does not contain "${search}"`);
  if (text.indexOf(search, start + 1) >= 0) throw new Error(`the text to patch contains "${search}" more than once`);
  // Joined rather than `String.replace`, which reads `$` in the replacement as a pattern.
  return text.slice(0, start) + replacement + text.slice(start + search.length);
}
