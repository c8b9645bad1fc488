import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { AuthorWarnings, garmentAttributes } from './author-warnings.ts';
import { FittingGarment } from './fitting-garment.ts';

let warn: MockInstance;
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

function element(localName: string, ...names: string[]): Element {
  return { localName, getAttributeNames: () => names } as unknown as Element;
}

describe('AuthorWarnings', () => {
  it('checkAttributes warns once for an element and name, and names the nearest known attribute', async () => {
    const warnings = new AuthorWarnings(['size', 'no-mirror']);
    const room = element('fitting-room', 'nomirror', 'class');
    warnings.checkAttributes(room);
    warnings.checkAttributes(room);
    warnings.checkAttributes(room, ['nomirror', 'sise']);
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(2));
    expect(warn.mock.calls.map(String)).toEqual([
      expect.stringMatching(/<fitting-room> has no attribute "nomirror".*"no-mirror"/),
      expect.stringMatching(/<fitting-room> has no attribute "sise".*"size"/),
    ]);
  });

  it('checkAttributes knows the attributes of a garment, and warns for each garment', async () => {
    const warnings = new AuthorWarnings(['no-mirror']);
    warnings.checkAttributes(element('fitting-garment', ...garmentAttributes));
    expect(warn).not.toHaveBeenCalled();
    warnings.checkAttributes(element('fitting-garment', 'colour'));
    warnings.checkAttributes(element('fitting-garment', 'colour'));
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(2));
    expect(warn.mock.calls.map(String)).toEqual([
      expect.stringMatching(/<fitting-garment> has no attribute "colour".*"color"/),
      expect.stringMatching(/"color"/),
    ]);
  });

  it('every known attribute of a garment is a property of the element', () => {
    expect(garmentAttributes.filter((name) => name !== 'id' && !(name in FittingGarment.prototype))).toEqual([]);
  });

  it('checkIds tells each fault once; of a garment that is not there the page gets an event', async () => {
    const warnings = new AuthorWarnings([]);
    const room = new EventTarget();
    const told: unknown[] = [];
    room.addEventListener('fitting-error', (event) => told.push((event as CustomEvent).detail));
    warnings.checkIds(room, ['tee', 'tee'], []);
    warnings.checkIds(room, ['tee', 'tee'], ['tea']);
    warnings.checkIds(room, ['tee', 'tee'], ['tea']);
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(2));
    expect(told).toEqual([
      { code: 'garment-unreachable', message: expect.stringMatching(/"tea".*the ids are tee.*first garment is worn/) },
    ]);
  });
});
