/**
 * Lets the shopper choose a file. `accept`: allowed types, as of an `<input>`. Resolves to null when the shopper
 * cancels. Browsers allow it only in the handler of a tap or key.
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
