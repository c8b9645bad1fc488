import { beforeEach, describe, expect, it } from 'vitest';
import { BOX_VALUES } from './decode-detections.ts';
import { PosePipeline } from './pose-pipeline.ts';
import { createStubNetworks, HEIGHT, WIDTH } from './stub-networks.test-helper.ts';

/** Logit with which the detector sees a person whose face is hidden. */
const HIDDEN_LOGIT = -1;

describe('PosePipeline, hidden faces', () => {
  let stub: ReturnType<typeof createStubNetworks>;
  let pipeline: PosePipeline<string>;
  const process = (timeMs: number) => pipeline.process('', WIDTH, HEIGHT, timeMs);
  const count = (name: string): number => stub.calls.filter((call) => call === name).length;
  beforeEach(() => {
    stub = createStubNetworks();
    pipeline = new PosePipeline<string>(stub.models);
    stub.scores[2253] = HIDDEN_LOGIT;
    stub.person.visibility = 5;
  });

  it('finds a person in the first frame: where the detector comes nearest, and once more where the pose predicts', async () => {
    const { score } = await process(0);
    expect(score).toBeCloseTo(0.9, 6);
    expect(stub.calls).toEqual(['detect', 'locate', 'locate']);
    // The detector's best guess has its hips in the middle and a circle of 400 px.
    expect(stub.regions[0].size).toBeCloseTo(1000, 2);
    await process(33);
    expect(stub.calls.slice(3)).toEqual(['locate']);
  });

  it('finds a person in the first frame who is only in another region of the round', async () => {
    stub.scene.shows = ({ x, y }) => x === WIDTH / 2 && y === 0.75 * HEIGHT;
    expect((await process(0)).score).toBeGreaterThan(0);
    // In a photo the predicted region is centred on the hips that the pose found: in the middle of the region.
    expect(stub.regions.at(-1)?.y).toBeCloseTo(0.75 * HEIGHT, 3);
  });

  it('tries all regions in the first frame without a person, and one a frame after it', async () => {
    stub.score[0] = 0.2;
    expect((await process(0)).score).toBe(0);
    expect(count('locate')).toBeGreaterThanOrEqual(4);
    expect(stub.masks).toEqual([]);
    for (let i = 1; i <= 6; i++) {
      const before = count('locate');
      expect((await process(33 * i)).score).toBe(0);
      expect(count('locate')).toBe(before + 1);
      expect(count('detect')).toBe(i + 1);
    }
  });

  it('tries all regions again in the first frame after reset()', async () => {
    stub.score[0] = 0.2;
    await process(0);
    const round = count('locate');
    await process(33);
    pipeline.reset();
    await process(66);
    expect(count('locate')).toBe(2 * round + 1);
  });

  it('finds a person who comes later in two frames, one run of the landmark model in each', async () => {
    stub.score[0] = 0.2;
    await process(0);
    stub.score[0] = 0.9;
    expect((await process(33)).score).toBe(0);
    expect((await process(66)).score).toBeGreaterThan(0);
    expect(stub.calls.slice(-4)).toEqual(['detect', 'locate', 'detect', 'locate']);
  });

  it('does not take a trunk without arms and face for a person, by whichever way it is found', async () => {
    stub.person.visibility = -3;
    expect((await process(0)).score).toBe(0);
    stub.scores[2253] = 0.5;
    expect((await process(33)).score).toBe(0);
  });

  it('stays with the person when the detector finds a smaller face elsewhere, and follows a nearer one', async () => {
    const place = (x: number, y: number, radius: number): void => {
      const anchor = 6.5 / 7;
      const toBox = (px: number): number => ((px + (HEIGHT - WIDTH) / 2) / HEIGHT - anchor) * 224;
      stub.boxes.set([toBox(x), (y / HEIGHT - anchor) * 224], 2253 * BOX_VALUES + 4);
      stub.boxes.set([toBox(x), ((y - radius) / HEIGHT - anchor) * 224], 2253 * BOX_VALUES + 6);
    };
    let timeMs = 0;
    const runFor = async (durationMs: number): Promise<void> => {
      for (const end = timeMs + durationMs; timeMs < end; timeMs += 50) await process(timeMs);
    };
    await runFor(200);
    const { x, size } = stub.regions.at(-1) ?? { x: 0, size: 0 };
    stub.scores[2253] = 5;
    place(650, 300, 80);
    await runFor(2000);
    expect(stub.regions.at(-1)?.x).toBeCloseTo(x, 3);
    expect(stub.regions.at(-1)?.size).toBeCloseTo(size, 3);
    place(100, 640, 600);
    await runFor(2000);
    expect(stub.regions.at(-1)?.x).toBeCloseTo(100, 0);
  });
});
