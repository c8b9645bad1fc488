/**
 * Replaces the only occurrence of `search` in `text`. All patches of a library's text, such as a shader chunk of
 * three.js, use this function: if an upgrade of the library changes the text, the patch throws and is not left out.
 *
 * @throws Error, with `search` in its message, if `text` does not contain it exactly once.
 */
export function replaceOnce(text: string, search: string, replacement: string): string {
  const start = text.indexOf(search);
  if (search === '' || start < 0) throw new Error(`the text to patch does not contain "${search}"`);
  if (text.indexOf(search, start + 1) >= 0) throw new Error(`the text to patch contains "${search}" more than once`);
  // `String.replace` would interpret `$` in the replacement.
  return text.slice(0, start) + replacement + text.slice(start + search.length);
}
