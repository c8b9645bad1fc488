/** How long the address stays: Safari begins to read it only after its own question to the shopper. */
const KEEP_MS = 60_000;

/** Saves `blob` to the shopper's downloads. Navigation, not a fetch: a content security policy does not bind it. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
