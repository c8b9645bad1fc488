/**
 * Returns the language of an element as a BCP 47 tag (`de-AT`): its own `lang`, else that of the nearest ancestor with
 * one, else the document's, else the browser's.
 */
export function readLanguage(element: HTMLElement): string {
  return (
    element.lang ||
    element.closest('[lang]')?.getAttribute('lang') ||
    document.documentElement.lang ||
    navigator.language
  );
}
