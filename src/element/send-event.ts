/**
 * Dispatches a `CustomEvent` from `host`, with `detail` as its data; it bubbles out of shadow roots. Only an event of
 * the type `snapshot` can be cancelled. Returns false when a listener cancelled it, else true.
 */
export function sendEvent(host: EventTarget, type: string, detail?: unknown): boolean {
  return host.dispatchEvent(
    new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: type === 'snapshot' }),
  );
}
