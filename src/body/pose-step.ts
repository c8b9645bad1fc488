import type { PoseState } from './pose-state.ts';

/**
 * One step of the body solve, which computes the shopper's posed body from a tracked frame. The step reads and changes
 * the values of the shared state that `Values` names, and no others.
 */
export interface PoseStep<Values extends keyof PoseState = keyof PoseState> {
  /** A verb and its object, in lower case with hyphens. `npm run bench -- fit --without NAME` leaves the step out. */
  readonly name: string;
  /** Whether no pose can be solved without the step; it cannot be left out then. */
  readonly isEssential?: boolean;
  /** Changes `state` for one frame, and may end the frame by `state.outcome`. Allocates nothing. */
  apply(state: Pick<PoseState, Values>): void;
  /** Forgets all that earlier frames taught; absent if the step remembers nothing. */
  reset?(): void;
}
