/**
 * Returns `text` with the only occurrence of `search` replaced by `replacement`, which is inserted literally. All
 * patches of a library's text, for example of a shader chunk of three.js, use this function: if an upgrade of the
 * library changes the text, the patch throws instead of doing nothing.
 *
 * @throws Error, with `search` in its message, if `text` does not contain it exactly once, or if `search` is empty.
 */
export function replaceOnce(text: string, search: string, replacement: string): string {
  const start = text.indexOf(search);
  if (search === '' || start < 0) throw new Error(`the text to patch does not contain "${search}"`);
  if (text.indexOf(search, start + 1) >= 0) throw new Error(`the text to patch contains "${search}" more than once`);
  // `String.replace` would interpret `$` in the replacement.
  return text.slice(0, start) + replacement + text.slice(start + search.length);
}
