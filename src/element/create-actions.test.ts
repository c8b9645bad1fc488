import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WardrobeEntry } from '../session/wardrobe-entry.ts';
import { type ActionsHost, createActions } from './create-actions.ts';

beforeEach(() => vi.stubGlobal('CSS', { escape: (text: string) => text }));
afterEach(() => vi.unstubAllGlobals());

/** A room with one garment `tee`; `worn` is what is known of the garment once it is loaded. */
function make(attributes: Record<string, string> = {}, worn: Partial<WardrobeEntry>[] = []) {
  const garment = {
    getAttribute: (name: string) => attributes[name] ?? null,
    hasAttribute: (name: string) => name in attributes,
    setAttribute: (name: string, value: string) => {
      attributes[name] = value;
    },
  };
  const room = Object.assign(new EventTarget(), {
    source: null as unknown,
    garment: null as string | null,
    size: 'M' as string | null,
    facing: 'user',
    start: vi.fn(async () => undefined),
    querySelector: (selector: string) => (selector.includes('"tee"') ? garment : null),
  });
  const events: unknown[] = [];
  for (const type of ['garment-change', 'size-change'])
    room.addEventListener(type, (event) => events.push([type, (event as CustomEvent).detail]));
  const actions = createActions(room as unknown as ActionsHost, {
    takePicture: () => undefined,
    wardrobe: () => worn as WardrobeEntry[],
    togglePrivacy: async () => undefined,
  });
  return { actions, room, attributes, events };
}

describe('createActions', () => {
  it('wear() sets the garment of the room and reports its size and colour', () => {
    const { actions, room, events } = make({ color: 'navy' });
    actions.wear('tee');
    expect(room.garment).toBe('tee');
    expect(events).toEqual([['garment-change', { garment: 'tee', size: 'M', color: 'navy' }]]);
  });

  it('wear() reports the size and colour that are worn, when the garment is loaded', () => {
    const { actions, events } = make({ color: 'nay', size: 'XXL' }, [{ id: 'tee', size: 'XL', color: 'white' }]);
    actions.wear('tee');
    expect(events).toEqual([['garment-change', { garment: 'tee', size: 'XL', color: 'white' }]]);
  });

  it('pickSize() sets the size of the room, or of a garment that has its own', () => {
    const shared = make();
    shared.actions.pickSize('tee', 'L');
    expect([shared.room.size, shared.attributes.size]).toEqual(['L', undefined]);
    expect(shared.events).toEqual([['size-change', { garment: 'tee', size: 'L' }]]);
    const separate = make({ size: 'S' });
    separate.actions.pickSize('tee', 'L');
    expect([separate.room.size, separate.attributes.size]).toEqual(['M', 'L']);
  });

  it('pickColor() sets the colour of the garment and reports it', () => {
    const { actions, attributes, events } = make({ size: 'S' });
    actions.pickColor('tee', 'sage');
    expect(attributes.color).toBe('sage');
    expect(events).toEqual([['garment-change', { garment: 'tee', size: 'S', color: 'sage' }]]);
  });

  it('flip() changes the camera, and another source starts at once', () => {
    const { actions, room } = make();
    actions.flip();
    expect(room.facing).toBe('environment');
    actions.useMannequin();
    expect([room.source, room.start.mock.calls.length]).toEqual(['mannequin', 1]);
  });
});
