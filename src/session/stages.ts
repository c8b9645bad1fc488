/**
 * The functions that a session needs from its first start on (`Stages`): they create tracker, mannequin, stage, body
 * solver, garments, source and run. They are in one module, so that a bundler puts them into one chunk, which the first
 * start fetches.
 */
export { createPosedBody } from '../body/create-posed-body.ts';
export { createOutfit } from '../cloth/create-outfit.ts';
export { createGarmentFit } from '../garment/create-garment-fit.ts';
export { loadGarment } from '../garment/load-garment.ts';
export { loadMannequin } from '../mannequin/load-mannequin.ts';
export { createStage } from '../scene/create-stage.ts';
export { createTracker } from '../tracking/create-tracker.ts';
export { watchPageTracker } from '../tracking/watch-page-tracker.ts';
export { checkWebAssembly } from './check-web-assembly.ts';
export { createRun } from './fitting-run.ts';
export { openAnySource } from './open-any-source.ts';
export { createFrameSolver } from './solve-frame.ts';
export { createWardrobe } from './wardrobe.ts';
