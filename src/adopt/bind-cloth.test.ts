import { expect, it } from 'vitest';
import { makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { bindCloth } from './bind-cloth.ts';

it('lets the page run, and binds two garments at the same time as it binds one after the other', async () => {
  const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
  // The search for the skin takes longest far from the body.
  const [wide, narrow] = [0.3, 0.28].map((radius) => makeTubeGarment([makeTube(radius, 0.8, 1.5)]).parts);
  const wearer = { mannequin, madeOn: null };
  const alone = [await bindCloth(wide, 'top', wearer), await bindCloth(narrow, 'top', wearer)];
  let timerCalls = 0;
  const timer = setInterval(() => timerCalls++, 0);
  const together = await Promise.all([bindCloth(wide, 'top', wearer), bindCloth(narrow, 'top', wearer)]);
  clearInterval(timer);
  expect(timerCalls).toBeGreaterThan(2);
  expect(together).toEqual(alone);
});
