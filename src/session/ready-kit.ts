import type { PosedBody } from '../body/body.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { Stage } from '../scene/stage.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { FrameSolver } from './solve-frame.ts';
import type { Wardrobe } from './wardrobe.ts';

/** The parts that are made from the mannequin. They exist all together, or none does. */
export interface KitScene {
  /** The body model, which is shaped and posed as the shopper. */
  readonly mannequin: Mannequin;
  /** Draws frames and garments into a canvas. */
  readonly stage: Stage;
  /** What `solveFrame` remembers of the shopper from frame to frame. */
  readonly solver: FrameSolver;
  /** The body in the frame that is shown; `solveFrame` writes it, the stage draws it. */
  readonly posed: PosedBody;
  /** Loads the garments, and fits them to the body's shape. */
  readonly wardrobe: Wardrobe;
}

/** Everything that a run, which plays one source, needs besides the source, loaded. */
export interface ReadyKit extends KitScene {
  /** Finds landmarks and mask of the person in a frame. */
  readonly tracker: Tracker;
}
