/**
 * Dispatches a `CustomEvent` that bubbles out of shadow roots. Returns false when a listener cancelled it, which only a
 * `snapshot` event allows.
 */
export function sendEvent(host: EventTarget, type: string, detail?: unknown): boolean {
  return host.dispatchEvent(
    new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: type === 'snapshot' }),
  );
}
