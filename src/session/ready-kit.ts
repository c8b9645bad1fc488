import type { PosedBody } from '../body/body.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { Stage } from '../scene/stage.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { FrameSolver } from './solve-frame.ts';
import type { Wardrobe } from './wardrobe.ts';

/** What exists once the mannequin is loaded: all of it, or none. */
export interface KitScene {
  readonly mannequin: Mannequin;
  readonly stage: Stage;
  readonly solver: FrameSolver;
  /** The body of the frame on show; `solveFrame` writes it, the stage draws it. */
  readonly posed: PosedBody;
  readonly wardrobe: Wardrobe;
}

/** Everything loaded that a run needs besides its source. */
export interface ReadyKit extends KitScene {
  readonly tracker: Tracker;
}
