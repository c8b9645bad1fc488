import { attemptOf, IDLE, isHeld, nextPhase, type Phase, type PhaseEvent, runOf, statusOf } from './phase.ts';
import { type FittingState, IDLE_STATE, nextState } from './state.ts';

/**
 * Keeps a session's phase (`phase.ts`), its public state, and whether the shopper can see the room. While they cannot,
 * the phase goes on, but no frame is shown (status `paused`) and the camera is given back.
 */
export class PhaseKeeper {
  readonly #onChange: () => void;
  #phase: Phase = IDLE;
  #state: FittingState;
  #isSeen = true;

  /** `garment`: ids of the garments to wear. `onChange`: called when `state` has changed. */
  constructor(garment: string, onChange: () => void) {
    this.#state = nextState(IDLE_STATE, { garment });
    this.#onChange = onChange;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get state(): FittingState {
    return this.#state;
  }

  /** Whether the shopper can see the room; true at first. */
  get isSeen(): boolean {
    return this.#isSeen;
  }

  set isSeen(isSeen: boolean) {
    if (this.#isSeen === isSeen) return;
    const wasHeld = this.#isHeld;
    this.#isSeen = isSeen;
    this.#hold(wasHeld);
  }

  /** Enters the next phase, ends what only the last one owned, and sets `change` together with the new status. */
  enter(event: PhaseEvent, change: Partial<FittingState> = {}): void {
    const before = attemptOf(this.#phase);
    const wasHeld = this.#isHeld;
    this.#phase = nextPhase(this.#phase, event);
    if (before !== attemptOf(this.#phase)) before?.end();
    this.#hold(wasHeld, change);
  }

  /** Changes `state` and tells the owner, if `change` changes something. */
  set(change: Partial<FittingState>): void {
    const next = nextState(this.#state, change);
    if (next === this.#state) return;
    this.#state = next;
    this.#onChange();
  }

  get #isHeld(): boolean {
    return isHeld(this.#phase) || !this.#isSeen;
  }

  /** Holds frames and camera back, or lets them go on; sets the status and `change`. `wasHeld`: until now. */
  #hold(wasHeld: boolean, change: Partial<FittingState> = {}): void {
    if (wasHeld && !this.#isHeld) runOf(this.#phase)?.skip();
    attemptOf(this.#phase)?.hold(this.#isHeld, this.#isSeen);
    // Closing a source may have called back and changed the phase again: use the present one.
    const status = this.#phase.kind === 'running' && !this.#isSeen ? 'paused' : statusOf(this.#phase);
    this.set({ ...change, status });
  }
}
