import { describe, expect, it } from 'vitest';
import { IDLE_STATE, nextState } from '../session/state.ts';
import type { WardrobeEntry } from '../session/wardrobe.ts';
import { messagesFor } from './messages.ts';
import { statusText } from './render-controls.ts';

const words = messagesFor('en');
function entry(status: WardrobeEntry['status']): WardrobeEntry {
  return { id: 'tee', status, sizes: [], colors: [], swatches: [], size: null, color: null, error: null };
}
function say(...statuses: WardrobeEntry['status'][]): string {
  return statusText({
    state: nextState(IDLE_STATE, { status: 'tracking' }),
    words,
    wardrobe: statuses.map(entry),
    hasPicture: true,
    notice: '',
  });
}

describe('statusText', () => {
  it('says that it is worn only when something is', () => {
    expect(say('ready')).toBe(words.tracking);
    expect(say('failed', 'ready')).toBe(words.tracking);
    expect(say('failed')).toBe('');
    expect(say()).toBe('');
    expect(say('failed', 'loading')).toBe(words.preparing);
  });
});
