import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WardrobeEntry } from '../session/wardrobe-entry.ts';
import type { KnownGarment } from './fitting-room-events.ts';
import { WardrobeTeller } from './wardrobe-teller.ts';

/** A room with two garments, one with a label. */
class StubRoom extends EventTarget {
  querySelectorAll(): object[] {
    const garment = (id: string, attributes: Record<string, string>): object => ({
      id,
      querySelectorAll: () => [],
      hasAttribute: (name: string) => name in attributes,
      getAttribute: (name: string) => attributes[name] ?? null,
    });
    return [garment('tee', { src: 'tee.glb', label: 'Logo tee' }), garment('coat', { src: 'coat.glb' })];
  }
}

function entry(id: string, change: Partial<WardrobeEntry> = {}): WardrobeEntry {
  return {
    id,
    status: 'ready',
    sizes: ['S', 'M'],
    colors: [],
    swatches: [],
    size: 'M',
    color: null,
    error: null,
    ...change,
  };
}

describe('WardrobeTeller', () => {
  beforeEach(() => void vi.stubGlobal('document', { baseURI: 'https://shop.test/' }));
  afterEach(() => void vi.unstubAllGlobals());

  it('tells the page once of every change, with frozen entries that have labels', () => {
    const room = new StubRoom();
    const told: (readonly KnownGarment[])[] = [];
    room.addEventListener('wardrobe-change', (event) => told.push((event as CustomEvent).detail.wardrobe));
    const teller = new WardrobeTeller(room as unknown as Element);
    teller.tell([]);
    expect([teller.list, told]).toEqual([[], []]);

    const entries = [entry('coat', { status: 'loading', sizes: [], size: null }), entry('tee')];
    teller.tell(entries);
    teller.tell(entries);
    expect(told).toEqual([
      [
        { ...entries[0], label: 'coat' },
        { ...entries[1], label: 'Logo tee' },
      ],
    ]);
    expect(teller.list).toBe(told[0]);
    expect([Object.isFrozen(told[0]), told[0].every(Object.isFrozen)]).toEqual([true, true]);

    teller.tell([]);
    expect(told[1]).toEqual([]);
  });
});
