import { expect, it } from 'vitest';
import { createSkinTones } from './create-skin-tones.ts';

it('goes from light to dark in even steps, and gets redder and yellower from the lightest to the middle', () => {
  const tones = createSkinTones();
  const step = tones[1].luminance - tones[0].luminance;
  for (let i = 1; i < tones.length; i++) expect(tones[i].luminance - tones[i - 1].luminance).toBeCloseTo(step);
  expect(step).toBeLessThan(0);
  const middle = tones[tones.length >> 1];
  expect(middle.red).toBeGreaterThan(tones[0].red);
  expect(middle.blue).toBeLessThan(tones[0].blue);
});

it('reflects more red than green and more green than blue in every tone', () => {
  for (const { red, blue } of createSkinTones()) {
    expect(red).toBeGreaterThan(0.2);
    expect(blue).toBeLessThan(-0.1);
  }
});
