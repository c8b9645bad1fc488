import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FittingRoom } from './fitting-room.ts';
import { SessionKeeper } from './session-keeper.ts';

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://shop.test/tee/' });
  if (!customElements.get('test-room')) customElements.define('test-room', class extends FittingRoom {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function make(): FittingRoom {
  return new (customElements.get('test-room') as typeof FittingRoom)();
}

const bad: [keyof FittingRoom, unknown, typeof TypeError | typeof RangeError, RegExp][] = [
  ['source', 42, TypeError, /FrameSource/],
  ['source', {}, TypeError, /FrameSource/],
  ['facing', 'back', RangeError, /user, environment/],
  ['engine', 'foo', RangeError, /webgpu/],
  ['model', 'bar', RangeError, /lite, full, heavy/],
  ['segmentation', 'body', RangeError, /pose, selfie/],
  ['ownClothes', 'erase', RangeError, /hide, show/],
  ['assets', 'http://[', TypeError, /assets/],
  ['stature', 'abc', RangeError, /centimetres/],
  ['stature', 0, RangeError, /centimetres/],
  ['stature', -170, RangeError, /centimetres/],
  ['stature', 1.75, RangeError, /centimetres/],
  ['stature', 261, RangeError, /260/],
  ['stature', NaN, RangeError, /centimetres/],
];

describe('FittingRoom', () => {
  for (const [name, value, kind, words] of bad) {
    it(`${name} = ${String(value)} (${typeof value}) throws ${kind.name} at once and keeps the old value`, () => {
      const room = make();
      const before = room[name];
      const assign = (): void => void Object.assign(room, { [name]: value });
      expect(assign).toThrow(kind);
      expect(assign).toThrow(words);
      expect(room[name]).toBe(before);
    });
  }

  for (const [name, value] of [
    ['facing', 'back'],
    ['engine', 'foo'],
    ['model', 'bar'],
    ['segmentation', 'body'],
    ['assets', 'http://['],
    ['stature', 'abc'],
    ['stature', '0'],
  ] as const) {
    it(`the attribute ${name}="${value}" is ignored with one warning that names the allowed values`, () => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
      const room = make();
      const before = room[name];
      room.attributeChangedCallback(name, null, value);
      expect(room[name]).toBe(before);
      expect(warn).toHaveBeenCalledOnce();
      expect(String(warn.mock.calls[0])).toContain(name);
    });
  }

  it('accepts allowed values as attribute and property; an empty value means the default', () => {
    const warn = vi.spyOn(console, 'warn');
    const room = make();
    room.attributeChangedCallback('stature', null, '172.5');
    expect(room.stature).toBe(172.5);
    room.attributeChangedCallback('stature', '172.5', '');
    expect(room.stature).toBe(null);
    room.attributeChangedCallback('model', null, 'lite');
    room.attributeChangedCallback('model', 'lite', null);
    expect(room.model).toBe('auto');
    room.attributeChangedCallback('segmentation', null, 'selfie');
    expect(room.segmentation).toBe('selfie');
    room.attributeChangedCallback('segmentation', 'selfie', null);
    expect(room.segmentation).toBe('pose');
    room.facing = 'environment';
    room.assets = '../assets';
    room.source = 'mannequin';
    expect([room.facing, room.assets, room.source]).toEqual(['environment', '../assets', 'mannequin']);
    expect(warn).not.toHaveBeenCalled();
  });

  it('render() makes no session', () => {
    vi.stubGlobal('document', { baseURI: 'https://shop.test/tee/', documentElement: { lang: 'de' } });
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    const open = vi.spyOn(SessionKeeper.prototype, 'open');
    const room = make();
    Object.assign(room, { querySelectorAll: () => [], querySelector: () => null, closest: () => null });
    const { values } = (room as unknown as { render(): { values: unknown[] } }).render();
    expect(values).toContain('Du, im Kleidungsstück');
    expect(open).not.toHaveBeenCalled();
  });
});
