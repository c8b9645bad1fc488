import type { FrameSource } from '../../../src/index.ts';
import { MannequinSource, SteppedVideoSource } from '../../../src/index.ts';
import { createMannequinTruth } from '../../../src/synthetic/mannequin-source.ts';
import type { SeenPose } from '../compare-landmarks.ts';
import type { StoredFrame } from './stored-frames.ts';

/**
 * The clips of `npm run bench -- tracking`: two of the test data (a filmed and a rendered person), and the mannequin,
 * the project's synthetic person.
 */
const clipNames = ['squats', 'rendered', 'mannequin'] as const;
/** One of `clipNames`. */
export type ClipName = (typeof clipNames)[number];

/** Frames a second that are read of each clip. */
const rates: Record<ClipName, number> = { squats: 5, rendered: 30, mannequin: 10 };
/** Number of the mannequin's frames: as many as `squats` has. */
const MANNEQUIN_FRAMES = 65;
/** Pixels of the mannequin's frames: those of `squats`, since a rival's time depends on the frame's size. */
const MANNEQUIN_CAMERA = { width: 720, height: 1280 };

/** Creates the clip `mannequin`: raised arms. */
function createMannequin(): MannequinSource {
  return new MannequinSource({
    assets: '/assets/',
    motion: 'arms',
    fps: rates.mannequin,
    frames: MANNEQUIN_FRAMES,
    camera: MANNEQUIN_CAMERA,
  });
}

/** An open clip. */
export interface Clip {
  /** Gives its frames, one after the other. */
  source: FrameSource;
  /** Time from frame to frame, milliseconds. */
  stepMs: number;
}

/** Opens a clip. The caller closes its source. */
export function openClip(name: ClipName): Clip {
  const fps = rates[name];
  const open = (): FrameSource => {
    if (name === 'mannequin') return createMannequin();
    const file = name === 'squats' ? 'squats/pose_squats.mp4' : 'rendered-male-arms/clip.mp4';
    return new SteppedVideoSource(`/footage/${file}`, { fps });
  };
  return { source: open(), stepMs: 1000 / fps };
}

/**
 * Returns the 33 exact landmarks of the mannequin in each of `frames` of the clip `mannequin`: x and y 0..1 from the
 * frame's top left, visibility 0 or 1.
 */
export async function mannequinTruth(frames: readonly StoredFrame[]): Promise<SeenPose[]> {
  const mannequin = createMannequin();
  await mannequin.ready();
  const truth = { ...createMannequinTruth(), personMask: null };
  const seen = frames.map(({ width, height, timeMs }): SeenPose => {
    const { landmarks } = mannequin.truth(timeMs, truth);
    return {
      width,
      height,
      landmarks: Array.from({ length: 33 }, (_, i) => ({
        x: landmarks[3 * i],
        y: landmarks[3 * i + 1],
        visibility: landmarks[3 * i + 2],
      })),
    };
  });
  mannequin.close();
  return seen;
}
