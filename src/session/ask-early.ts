import type { Attempt } from './attempt.ts';
import { CameraLease } from './camera-lease.ts';
import type { PhaseKeeper } from './phase-keeper.ts';
import type { SessionOptions } from './session-hooks.ts';
import type { FittingSettings } from './settings.ts';

/**
 * Asks for the camera of an attempt while everything else loads, if the camera is the source: the shopper answers, and
 * sees themselves, before the models are there; a page without a camera learns it at once. Sets `attempt.camera`.
 * Waits while the shopper cannot see the room. Resolves when they have allowed the camera; rejects with a
 * `FittingError` or the reason of the attempt's end.
 */
export async function askEarly(
  { source, facing }: Pick<FittingSettings, 'source' | 'facing'>,
  { attempt, phases, askForCamera }: { attempt: Attempt; phases: PhaseKeeper } & Pick<SessionOptions, 'askForCamera'>,
): Promise<void> {
  if (source !== 'camera') return;
  attempt.camera = new CameraLease({
    facing,
    signal: attempt.signal,
    ask: askForCamera,
    onAsk: () => phases.enter({ type: 'ask' }),
    onOpen: () => phases.enter({ type: 'allow' }),
  });
  if (!phases.isSeen) attempt.camera.release();
  await attempt.camera.open();
}
