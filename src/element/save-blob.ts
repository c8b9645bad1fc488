/** Saves `blob` to the shopper's downloads. Navigation, not a fetch: a content security policy does not bind it. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has the blob by the next task; the name may go.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
