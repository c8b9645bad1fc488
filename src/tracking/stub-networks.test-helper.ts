import { BOX_VALUES } from './decode-detections.ts';
import type { DetectorOutputs, LandmarkOutputs } from './pose-networks.ts';
import { CROP_SIZE } from './pose-pipeline.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import type { Region } from './region.ts';

/** Size of the stub's frames, px. */
export const WIDTH = 720;
export const HEIGHT = 1280;

/**
 * Creates stub networks that find an upright person: hips in the middle of the frame, top of the body's circle 400 px
 * above. `models` are the networks. They record `calls`, the names of the methods called; `regions`, those that
 * `locate` was called with (frame pixels); and `masks`, those of `segment`. A test sets what they answer: `boxes` and
 * `scores` of the detector (2254 × 12 and 2254 logits), `score` of the pose (one value, 0..1), and `person` and
 * `scene`.
 */
export function createStubNetworks() {
  const calls: string[] = [];
  const regions: Region[] = [];
  const masks: (Region & { isSmoothed: boolean })[] = [];
  const boxes = new Float32Array(2254 * BOX_VALUES);
  const scores = new Float32Array(2254).fill(-20);
  // Anchor 2253 is centred on 6.5 / 7 of the letterboxed square of 1280 px.
  const anchor = 6.5 / 7;
  scores[2253] = 5;
  boxes.set([0, 0, 50, 50, (0.5 - anchor) * 224, (0.5 - anchor) * 224], 2253 * BOX_VALUES);
  boxes.set([(0.5 - anchor) * 224, (0.5 - 400 / 1280 - anchor) * 224], 2253 * BOX_VALUES + 6);
  const score = Float32Array.of(0.9);
  /** `hipX`: x of the hips, crop pixels; `visibility` of the landmarks: a logit. */
  const person = { hipX: CROP_SIZE / 2, visibility: 3 };
  /** Whether a region shows a person; elsewhere the pose score is 0. */
  const scene = { shows: (_region: Region): boolean => true };
  const models = {
    detect: async (_image: string, _w: number, _h: number, _region: Region): Promise<DetectorOutputs> => {
      calls.push('detect');
      return { boxes, scores };
    },
    locate: async (_image: string, _w: number, _h: number, region: Region): Promise<LandmarkOutputs> => {
      calls.push('locate');
      regions.push({ ...region });
      const landmarks = new Float32Array(39 * RAW_LANDMARK_VALUES);
      for (let i = 0; i < 39; i++) landmarks.set([64 + i, 96, 25.6, person.visibility, 0], i * RAW_LANDMARK_VALUES);
      landmarks.set([person.hipX, 128, 0, 0, 0], 33 * RAW_LANDMARK_VALUES);
      landmarks.set([person.hipX, 128 - 102.4, 0, 0, 0], 34 * RAW_LANDMARK_VALUES);
      const world = Float32Array.from({ length: 117 }, (_, i) => i / 100);
      return { landmarks, score: scene.shows(region) ? score : Float32Array.of(0), world };
    },
    segment: async (_w: number, _h: number, region: Region, isSmoothed: boolean): Promise<void> => {
      masks.push({ ...region, isSmoothed });
    },
  };
  return { models, boxes, calls, regions, masks, score, scores, person, scene };
}
