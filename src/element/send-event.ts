import type { FittingRoomEventMap } from './fitting-room-events.ts';

/**
 * Dispatches a `CustomEvent` named `type` from `host`, the `<fitting-room>`, with `detail` as its data; it bubbles out
 * of shadow roots. Only `snapshot` can be cancelled. Returns false when a listener cancelled it, else true.
 */
export function sendEvent<Type extends keyof FittingRoomEventMap>(
  host: EventTarget,
  type: Type,
  detail: FittingRoomEventMap[Type]['detail'],
): boolean {
  return host.dispatchEvent(
    new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: type === 'snapshot' }),
  );
}
