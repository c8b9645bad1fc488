import { beforeEach, describe, expect, it } from 'vitest';
import { BOX_VALUES } from './decode-detections.ts';
import type { DetectorOutputs, LandmarkOutputs } from './pose-networks.ts';
import { CROP_SIZE, PosePipeline } from './pose-pipeline.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import type { Region } from './region.ts';

const WIDTH = 720;
const HEIGHT = 1280;

/**
 * Stub networks that find an upright person: hips in the middle of the frame, top of the body's circle 400 px above.
 */
function createModels() {
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
  const person = { hipX: CROP_SIZE / 2, visibility: 3 };
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
      return { landmarks, score, world };
    },
    segment: async (_w: number, _h: number, region: Region, isSmoothed: boolean): Promise<void> => {
      masks.push({ ...region, isSmoothed });
    },
  };
  return { models, boxes, calls, regions, masks, score, scores, person };
}

describe('PosePipeline', () => {
  let scene: ReturnType<typeof createModels>;
  let pipeline: PosePipeline<string>;
  beforeEach(() => {
    scene = createModels();
    pipeline = new PosePipeline<string>(scene.models);
  });

  it('computes the region from the key points of the detector, and landmarks in frame coordinates', async () => {
    const result = await pipeline.process('', WIDTH, HEIGHT, 0);
    const [region] = scene.regions;
    expect(region.x).toBeCloseTo(360, 2);
    expect(region.y).toBeCloseTo(640, 2);
    expect(region.size).toBeCloseTo(1000, 2);
    expect(region.rotation).toBeCloseTo(0, 4);
    expect(result.score).toBeCloseTo(0.9, 6);
    expect(result.landmarks[0]).toBeCloseTo((360 + (64 / 256 - 0.5) * 1000) / WIDTH, 4);
    expect(result.landmarks[1]).toBeCloseTo((640 + (96 / 256 - 0.5) * 1000) / HEIGHT, 4);
    expect(result.landmarks[2]).toBeCloseTo((0.1 * 1000) / WIDTH, 4);
    expect(result.landmarks[3]).toBeCloseTo(1 / (1 + Math.exp(-3)), 5);
    expect([...result.world.slice(4, 7)]).toEqual([0.03, 0.04, 0.05].map((v) => expect.closeTo(v, 4)));
  });

  it('has the mask computed for the located region, smoothed from the second frame on', async () => {
    await pipeline.process('', WIDTH, HEIGHT, 0);
    await pipeline.process('', WIDTH, HEIGHT, 33);
    expect(scene.masks).toEqual([
      { ...scene.regions[0], isSmoothed: false },
      { ...scene.regions[1], isSmoothed: true },
    ]);
  });

  it('predicts the next region from the auxiliary landmarks, without the detector', async () => {
    await pipeline.process('', WIDTH, HEIGHT, 0);
    await pipeline.process('', WIDTH, HEIGHT, 33);
    expect(scene.calls).toEqual(['detect', 'locate', 'locate']);
    // 102.4 crop pixels are 400 frame pixels: the same region again.
    expect(scene.regions[1].size).toBeCloseTo(1000, 2);
    expect(scene.regions[1].x).toBeCloseTo(360, 2);
  });

  it('runs the detector again when time runs backwards', async () => {
    await pipeline.process('', WIDTH, HEIGHT, 1000);
    await pipeline.process('', WIDTH, HEIGHT, 0);
    await pipeline.process('', WIDTH, HEIGHT, 33);
    expect(scene.calls).toEqual(['detect', 'locate', 'detect', 'locate', 'locate']);
    expect(scene.masks.map(({ isSmoothed }) => isSmoothed)).toEqual([false, false, true]);
  });

  it('gives a new visibility a weight of 0.1', async () => {
    await pipeline.process('', WIDTH, HEIGHT, 0);
    scene.person.visibility = -30;
    const { landmarks } = await pipeline.process('', WIDTH, HEIGHT, 33);
    expect(landmarks[3]).toBeCloseTo(0.9 / (1 + Math.exp(-3)), 5);
  });

  it('reports score 0 for a lost person and runs the detector in the same and in the next frame', async () => {
    await pipeline.process('', WIDTH, HEIGHT, 0);
    scene.score[0] = 0.4;
    expect((await pipeline.process('', WIDTH, HEIGHT, 33)).score).toBe(0);
    scene.score[0] = 0.9;
    scene.person.visibility = -30;
    const { score, landmarks } = await pipeline.process('', WIDTH, HEIGHT, 66);
    expect(score).toBeGreaterThan(0);
    expect(landmarks[3]).toBeCloseTo(0, 5);
    // In the frame in which the person is lost, the detector runs, and the landmark model still finds no pose.
    expect(scene.calls).toEqual(['detect', 'locate', 'locate', 'detect', 'locate', 'detect', 'locate']);
  });

  it('does not run the landmark model when the detector finds nobody', async () => {
    scene.scores.fill(-20);
    expect((await pipeline.process('', WIDTH, HEIGHT, 0)).score).toBe(0);
    expect(scene.calls).toEqual(['detect']);
  });

  it('runs the detector now and then, and again when it finds the person rotated', async () => {
    let timeMs = 0;
    for (; scene.calls.filter((call) => call === 'detect').length < 2; timeMs += 100)
      await pipeline.process('', WIDTH, HEIGHT, timeMs);
    expect(timeMs).toBeGreaterThan(400);
    await pipeline.process('', WIDTH, HEIGHT, timeMs);
    // The detector agreed: no further search.
    expect(scene.calls.filter((call) => call === 'detect').length).toBe(2);
    // Its second point now lies to the right of the first: a phone turned by 90°.
    scene.boxes.set([(0.5 + 400 / 1280 - 6.5 / 7) * 224, (0.5 - 6.5 / 7) * 224], 2253 * BOX_VALUES + 6);
    for (; scene.calls.filter((call) => call === 'detect').length < 4; timeMs += 100)
      await pipeline.process('', WIDTH, HEIGHT, timeMs);
    expect(scene.calls.slice(-3)).toEqual(['detect', 'detect', 'locate']);
    expect(scene.regions.at(-1)?.rotation).toBeCloseTo(Math.PI / 2, 4);
  });

  it('forgets the track when reset() is called while a frame is in progress', async () => {
    const processing = pipeline.process('', WIDTH, HEIGHT, 0);
    pipeline.reset();
    await processing;
    await pipeline.process('', WIDTH, HEIGHT, 33);
    expect(scene.calls).toEqual(['detect', 'locate', 'detect', 'locate']);
  });

  it('runs the detector again when the frame changes its size', async () => {
    await pipeline.process('', WIDTH, HEIGHT, 0);
    await pipeline.process('', HEIGHT, WIDTH, 33);
    expect(scene.calls).toEqual(['detect', 'locate', 'detect', 'locate']);
  });
});
