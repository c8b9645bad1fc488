import type { FittingError } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import type { FittingRun } from './fitting-run.ts';
import type { FittingStatus } from './state.ts';

/** Nothing runs. */
interface Idle {
  readonly kind: 'idle';
}

/** Code, models, mannequin and garments are on their way, or the source is opened. */
interface Loading {
  readonly kind: 'loading';
  readonly attempt: Attempt;
}

/** The browser asks the shopper for the camera. */
interface Asking {
  readonly kind: 'asking';
  readonly attempt: Attempt;
}

/** Frames come, or the source has ended and its last picture stays. */
interface Running {
  readonly kind: 'running';
  readonly attempt: Attempt;
  readonly run: FittingRun;
  readonly seen: 'searching' | 'tracking';
}

/** The source stays open; no frame is shown. */
interface Paused {
  readonly kind: 'paused';
  readonly attempt: Attempt;
  readonly run: FittingRun;
  /** What a resumed run says until its next frame. */
  readonly seen: 'searching' | 'tracking';
}

/** The browser took the GPU away while something was under way. */
interface Lost {
  readonly kind: 'lost';
  readonly attempt: Attempt;
  /** What goes on when the GPU is back. */
  readonly before: Loading | Asking | Running | Paused;
}

interface Failed {
  readonly kind: 'failed';
  readonly error: FittingError;
}

/** What a session does at a moment, with what it owns for that. */
export type Phase = Idle | Loading | Asking | Running | Paused | Lost | Failed;

export type PhaseEvent =
  | { type: 'start'; attempt: Attempt }
  | { type: 'ask' }
  | { type: 'play'; run: FittingRun }
  | { type: 'see'; seen: 'searching' | 'tracking' }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'lose' }
  | { type: 'regain' }
  | { type: 'stop' }
  | { type: 'fail'; error: FittingError };

export const IDLE: Phase = { kind: 'idle' };

/** All transitions. An event that means nothing in a phase leaves the phase as it is: the same object. */
export function nextPhase(phase: Phase, event: PhaseEvent): Phase {
  switch (event.type) {
    case 'start':
      return { kind: 'loading', attempt: event.attempt };
    case 'stop':
      return IDLE;
    case 'fail':
      return { kind: 'failed', error: event.error };
    case 'ask':
      return phase.kind === 'loading' ? { kind: 'asking', attempt: phase.attempt } : phase;
    case 'play':
      return phase.kind === 'loading' || phase.kind === 'asking'
        ? { kind: 'running', attempt: phase.attempt, run: event.run, seen: 'searching' }
        : phase;
    case 'see':
      return phase.kind === 'running' && phase.seen !== event.seen ? { ...phase, seen: event.seen } : phase;
    case 'pause':
      // After the end of the source no frame is left to wait for.
      return phase.kind === 'running' && !phase.run.isOver ? { ...phase, kind: 'paused' } : phase;
    case 'resume':
      return phase.kind === 'paused' ? { ...phase, kind: 'running' } : phase;
    case 'lose':
      return phase.kind === 'loading' || phase.kind === 'asking' || phase.kind === 'running' || phase.kind === 'paused'
        ? { kind: 'lost', attempt: phase.attempt, before: phase }
        : phase;
    case 'regain':
      if (phase.kind !== 'lost') return phase;
      // Only the next frame can tell whether the person is still there.
      return phase.before.kind === 'running' ? { ...phase.before, seen: 'searching' } : phase.before;
  }
}

/** The public status of a phase. */
export function statusOf(phase: Phase): FittingStatus {
  if (phase.kind === 'running') return phase.seen;
  return phase.kind === 'lost' || phase.kind === 'failed' ? 'error' : phase.kind;
}

/** The start under way; null while idle or failed. */
export function attemptOf(phase: Phase): Attempt | null {
  return 'attempt' in phase ? phase.attempt : null;
}

/** The run whose last picture is on the canvas; null before the first frame can come. */
export function runOf(phase: Phase): FittingRun | null {
  const shown = phase.kind === 'lost' ? phase.before : phase;
  return 'run' in shown ? shown.run : null;
}

/** Whether frames wait at the gate. */
export function isHeld({ kind }: Phase): boolean {
  return kind === 'paused' || kind === 'lost';
}
