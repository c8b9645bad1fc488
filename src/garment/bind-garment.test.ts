import { expect, it } from 'vitest';
import { bindGarment } from './bind-garment.ts';
import { makeTube, makeTubeGarment, makeTubeMannequin } from './make-tube.test-helper.ts';

it('lets the page run while it binds, and binds two garments at once like one after the other', async () => {
  const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
  // Well off the body, where the search for the skin is long.
  const [wide, narrow] = [makeTube(0.3, 0.8, 1.5), makeTube(0.28, 0.8, 1.5)].map((tube) => makeTubeGarment([tube]));
  const alone = [await bindGarment(wide, mannequin), await bindGarment(narrow, mannequin)];
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const together = await Promise.all([bindGarment(wide, mannequin), bindGarment(narrow, mannequin)]);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
  expect(together).toEqual(alone);
});
