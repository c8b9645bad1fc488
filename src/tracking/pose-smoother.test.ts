import { expect, it } from 'vitest';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { AUXILIARY_COUNT, PoseSmoother } from './pose-smoother.ts';

it('stays behind a person who sways by less than an eighth of the sway, also where it turns back', () => {
  const smoother = new PoseSmoother();
  const points = {
    landmarks: new Float32Array(LANDMARK_COUNT * 3),
    auxiliary: new Float32Array(AUXILIARY_COUNT * 3),
    world: new Float32Array(LANDMARK_COUNT * 3),
  };
  let [worst, worstWorld] = [0, 0];
  for (let frame = 0; frame < 96; frame++) {
    // 0.8 s to and fro: 60 px to both sides of a person of 700 px, and 20 cm.
    const sway = Math.sin((2 * Math.PI * frame) / 24);
    points.landmarks[0] = 60 * sway;
    points.world[0] = 0.2 * sway;
    smoother.smooth(points, 700, (1000 * frame) / 30);
    if (frame <= 24) continue;
    worst = Math.max(worst, Math.abs(points.landmarks[0] / 60 - sway));
    worstWorld = Math.max(worstWorld, Math.abs(points.world[0] / 0.2 - sway));
  }
  expect(worst).toBeLessThan(1 / 8);
  expect(worstWorld).toBeLessThan(1 / 8);
});
