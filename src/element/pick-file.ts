/**
 * Opens the browser's file dialog and resolves to the file that the shopper chooses, or to null when they cancel.
 * `accept`: allowed types, as in `<input accept>` (`image/*`). Browsers allow it only in the handler of a tap or key.
 */
export function pickFile(accept: string): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.click();
  });
}
