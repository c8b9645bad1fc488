/** How long the object URL stays valid, milliseconds: Safari reads it only after the shopper confirms the download. */
const KEEP_MS = 60_000;

/**
 * Saves `blob` in the shopper's downloads, as a file with this name. A click on a link is a navigation, not a fetch, so
 * a content security policy does not forbid it.
 */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
