import { expect, it } from 'vitest';
import { isFullAffordable } from './is-full-affordable.ts';

function over(connection?: object): Navigator {
  return { connection } as unknown as Navigator;
}

it('isFullAffordable: false when the browser saves data or the connection is slow; true when unknown', () => {
  expect(isFullAffordable(over())).toBe(true);
  expect(isFullAffordable(over({}))).toBe(true);
  expect(isFullAffordable(over({ saveData: false, effectiveType: '4g' }))).toBe(true);
  expect(isFullAffordable(over({ saveData: true, effectiveType: '4g' }))).toBe(false);
  for (const effectiveType of ['slow-2g', '2g', '3g'])
    expect(isFullAffordable(over({ saveData: false, effectiveType }))).toBe(false);
});
