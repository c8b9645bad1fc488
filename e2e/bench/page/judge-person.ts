import { createFrame } from '../../../src/capture/frame-source.ts';
import {
  createMannequinTruth,
  MannequinSource,
  type MannequinSourceOptions,
} from '../../../src/synthetic/mannequin-source.ts';
import { wearGarments } from '../../../src/synthetic/wear-garments.ts';
import { createTrackedFrame } from '../../../src/tracking/create-tracked-frame.ts';
import { maskSize } from '../../../src/tracking/mask-size.ts';
import type { PersonMask } from '../../../src/tracking/tracker.ts';
import { type ClassCounts, countClasses, createClassCounts, likeliestClasses } from '../class-overlap.ts';
import { shrinkByMajority } from '../shrink-by-majority.ts';
import { type FilmModel, openTracker } from './open-tracker.ts';

/** Clothes, look, light, view and noise of a synthetic person, and the number of frames. */
export type PersonScene = Omit<MannequinSourceOptions, 'assets' | 'camera' | 'fps'>;

/** Size of the pictures, pixels: small since software draws slowly. Frames a second. */
const CAMERA = { width: 360, height: 480 };
const FPS = 12;
/** Classes with a mask; what none of them covers is background. */
const personClasses = ['hair', 'skin', 'upper', 'lower'] as const;

const createMask = (): PersonMask => ({ width: 0, height: 0, data: new Uint8ClampedArray(0) });

/** Returns the class that covers most of each pixel: numbers of `classNames` (class-names.ts). */
function joinMasks(masks: Record<(typeof personClasses)[number], PersonMask>): Uint8Array {
  return Uint8Array.from(masks.hair.data, (_, i) => {
    const covers = personClasses.map((name) => masks[name].data[i]);
    covers.push(255 - covers.reduce((sum, cover) => sum + cover, 0));
    return covers.indexOf(Math.max(...covers));
  });
}

/**
 * Films and tracks a synthetic person, and compares the classes that the tracker finds in each frame with the true ones.
 * Resolves to the pixels of the class maps by class, and the number of frames without classes: all their pixels count as
 * background.
 */
export async function judgePerson(
  scene: PersonScene,
  model: FilmModel,
): Promise<{ counts: ClassCounts; missing: number }> {
  const tracker = await openTracker(model);
  tracker.findClasses?.(true);
  tracker.reset();
  const source = new MannequinSource({ ...scene, assets: '/assets/', camera: CAMERA, fps: FPS }, wearGarments);
  await source.ready();
  const classMasks = { hair: createMask(), skin: createMask(), upper: createMask(), lower: createMask() };
  const truth = { ...createMannequinTruth(), personMask: null, classMasks };
  const frame = createFrame();
  const tracked = createTrackedFrame();
  const counts = createClassCounts();
  const size = maskSize(CAMERA.width, CAMERA.height);
  const nothing = { ...size, data: new Uint8Array(4 * size.width * size.height) };
  let missing = 0;
  while (await source.next(frame)) {
    await tracker.track(frame, tracked);
    source.truth(frame.timeMs, truth);
    const { width, height, data } = tracked.classes ?? nothing;
    if (!tracked.classes) missing++;
    countClasses(counts, likeliestClasses(data), shrinkByMajority(joinMasks(classMasks), CAMERA, width, height));
    frame.image?.close();
    frame.image = null;
  }
  source.close();
  return { counts, missing };
}
