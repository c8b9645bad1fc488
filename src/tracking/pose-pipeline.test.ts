import { beforeEach, describe, expect, it } from 'vitest';
import { BOX_VALUES } from './decode-detections.ts';
import { PosePipeline } from './pose-pipeline.ts';
import { createStubNetworks, HEIGHT, WIDTH } from './stub-networks.test-helper.ts';

describe('PosePipeline', () => {
  let scene: ReturnType<typeof createStubNetworks>;
  let pipeline: PosePipeline<string>;
  beforeEach(() => {
    scene = createStubNetworks();
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
    scene.person.visibility = 1;
    const { score, landmarks } = await pipeline.process('', WIDTH, HEIGHT, 66);
    expect(score).toBeGreaterThan(0);
    expect(landmarks[3]).toBeCloseTo(1 / (1 + Math.exp(-1)), 5);
    // In the frame in which the person is lost, the detector runs, and the landmark model finds no pose where the
    // detector does, nor in one further region.
    expect(scene.calls).toEqual(['detect', 'locate', 'locate', 'detect', 'locate', 'locate', 'detect', 'locate']);
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
