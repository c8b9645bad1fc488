// The state machine of a session: its phases, and `nextPhase`, which holds every transition.
//
// 1. `start` enters `loading`; while the browser asks for the camera, from `ask` to `allow`, it is `asking`; `play`
//    enters `running`.
// 2. `pause` and `resume` change between `running` and `paused`.
// 3. `lose` the GPU enters `lost`; `regain` returns to the phase before.
// 4. `stop` enters `idle`, `fail` enters `failed`, from every phase.
//
// An attempt is one start, from loading to the end of its source; a run is its playing of the source.
import type { FittingError } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import type { FittingRun } from './fitting-run.ts';
import type { FittingStatus } from './state.ts';

/** Nothing runs. */
interface Idle {
  readonly kind: 'idle';
}

/** Code, models, mannequin and garments are loading, or the source is being opened. */
interface Loading {
  readonly kind: 'loading';
  readonly attempt: Attempt;
}

/** The browser asks the shopper for the camera, while everything else loads. */
interface Asking {
  readonly kind: 'asking';
  readonly attempt: Attempt;
}

/** Frames are shown, or the source has ended and its last picture stays. */
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
  /** Status of a resumed run until its next frame. */
  readonly seen: 'searching' | 'tracking';
}

/** The browser took the GPU away during an attempt. */
interface Lost {
  readonly kind: 'lost';
  readonly attempt: Attempt;
  /** The phase to return to when the GPU is back. */
  readonly before: Loading | Asking | Running | Paused;
}

/** An error has ended the attempt. */
interface Failed {
  readonly kind: 'failed';
  readonly error: FittingError;
}

/** The state of a session, as a union by `kind`: what it does now, with the objects that it owns for that. */
export type Phase = Idle | Loading | Asking | Running | Paused | Lost | Failed;

/**
 * The events that change the phase: calls of the owner (`start`, `pause`, `resume`, `stop`), steps of a start (`ask`
 * for the camera, `allow` it, `play` a run, `see` a person or none), `lose` and `regain` the GPU, and `fail`.
 */
export type PhaseEvent =
  | { type: 'start'; attempt: Attempt }
  | { type: 'ask' }
  | { type: 'allow' }
  | { type: 'play'; run: FittingRun }
  | { type: 'see'; seen: 'searching' | 'tracking' }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'lose' }
  | { type: 'regain' }
  | { type: 'stop' }
  | { type: 'fail'; error: FittingError };

/** The phase before the first start. */
export const IDLE: Phase = { kind: 'idle' };

/** Returns the phase after `event`; the same object when `event` has no effect in `phase`. */
export function nextPhase(phase: Phase, event: PhaseEvent): Phase {
  switch (event.type) {
    case 'start':
      return { kind: 'loading', attempt: event.attempt };
    case 'stop':
      return IDLE;
    case 'fail':
      return { kind: 'failed', error: event.error };
    case 'ask':
    case 'allow':
      return askedPhase(phase, event.type);
    case 'play':
      return phase.kind === 'loading' || phase.kind === 'asking'
        ? { kind: 'running', attempt: phase.attempt, run: event.run, seen: 'searching' }
        : phase;
    case 'see':
      return phase.kind === 'running' && phase.seen !== event.seen ? { ...phase, seen: event.seen } : phase;
    case 'pause':
      // A source that has ended gives no more frames to hold back.
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

/** The phase after the question for the camera, or its answer; a session that has lost the GPU is asked all the same. */
function askedPhase<P extends Phase>(phase: P, type: 'ask' | 'allow'): P | Loading | Asking | Lost {
  if (phase.kind === 'lost') {
    const before = askedPhase(phase.before, type) as Lost['before'];
    return before === phase.before ? phase : { ...phase, before };
  }
  const [from, to] = type === 'ask' ? (['loading', 'asking'] as const) : (['asking', 'loading'] as const);
  return phase.kind === from ? { kind: to, attempt: (phase as Loading | Asking).attempt } : phase;
}

/** The public status of a phase. */
export function statusOf(phase: Phase): FittingStatus {
  if (phase.kind === 'running') return phase.seen;
  return phase.kind === 'lost' || phase.kind === 'failed' ? 'error' : phase.kind;
}

/** The attempt in progress; null while idle or failed. */
export function attemptOf(phase: Phase): Attempt | null {
  return 'attempt' in phase ? phase.attempt : null;
}

/** The run whose last picture is on the canvas; null before the first frame can come. */
export function runOf(phase: Phase): FittingRun | null {
  const shown = phase.kind === 'lost' ? phase.before : phase;
  return 'run' in shown ? shown.run : null;
}

/** The run whose last picture is on the canvas. Throws an error with `message` before the first frame. */
export function shownRunOf(phase: Phase, message: string): FittingRun {
  const run = runOf(phase);
  if (!run?.tracked) throw new Error(`fitting-room: ${message}.`);
  return run;
}

/** Whether frames are held back. */
export function isHeld({ kind }: Phase): boolean {
  return kind === 'paused' || kind === 'lost';
}
