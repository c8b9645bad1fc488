/**
 * Dispatches a `CustomEvent` named `type` from `host`, the `<fitting-room>`, with `detail` as its data; it bubbles out
 * of shadow roots. Only `snapshot` can be cancelled. Returns false when a listener cancelled it, else true.
 */
export function sendEvent(host: EventTarget, type: string, detail?: unknown): boolean {
  return host.dispatchEvent(
    new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: type === 'snapshot' }),
  );
}
