import { describe, expect, it } from 'vitest';
import { FittingRoom } from '../../src/element/fitting-room.ts';
import { describeElement } from './describe-element.ts';

interface Named {
  name: string;
  description?: string;
}

/** The description of an element of this repository, from its source. */
function read(
  file: string,
  className: string,
): Record<'attributes' | 'members' | 'events' | 'slots' | 'cssParts', Named[]> {
  const { declarations } = describeElement(`src/element/${file}.ts`, className, 'dist/define.js');
  return (declarations as ReturnType<typeof read>[])[0];
}

describe('describeElement', () => {
  it('names exactly the attributes that the room observes', () => {
    const { attributes } = read('fitting-room', 'FittingRoom');
    expect(attributes.map(({ name }) => name).sort()).toEqual([...FittingRoom.observedAttributes].sort());
  });

  it('describes each attribute, event, slot and part of the room', () => {
    const { attributes, events, slots, cssParts } = read('fitting-room', 'FittingRoom');
    const items = [...attributes, ...events, ...slots, ...cssParts];
    expect(items.length).toBeGreaterThan(40);
    expect(items.filter(({ description }) => !description)).toEqual([]);
    expect(events.map(({ name }) => name)).toContain('fitting-error');
    expect(slots.map(({ name }) => name)).toContain('');
  });

  it('lists public properties and methods, and no private or inherited ones', () => {
    const names = read('fitting-room', 'FittingRoom').members.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['state', 'tracked', 'start', 'snapshot', 'ownClothes']));
    expect(names).not.toContain('render');
    expect(names).not.toContain('styles');
  });

  it('describes the garment', () => {
    const { attributes, members } = read('fitting-garment', 'FittingGarment');
    expect(attributes.map(({ name }) => name)).toContain('color');
    expect(members.map(({ name }) => name)).toContain('color');
  });

  it('refuses a class that is not there', () => {
    expect(() => read('fitting-room', 'FittingRooms')).toThrow('declares no class');
  });
});
