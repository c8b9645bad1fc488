import { describe, expect, it } from 'vitest';
import { IDLE_STATE, nextState } from '../session/state.ts';
import type { WardrobeEntry } from '../session/wardrobe.ts';
import { messagesFor } from './messages.ts';
import { statusText } from './render-controls.ts';

const words = messagesFor('en');
function entry(status: WardrobeEntry['status']): WardrobeEntry {
  return { id: 'tee', status, sizes: [], colors: [], swatches: [], size: null, color: null, error: null };
}
function statusFor(...statuses: WardrobeEntry['status'][]): string {
  return statusText({
    state: nextState(IDLE_STATE, { status: 'tracking' }),
    words,
    wardrobe: statuses.map(entry),
    hasPicture: true,
    notice: '',
  });
}

describe('statusText', () => {
  it('tells that a garment is worn only when one is loaded', () => {
    expect(statusFor('ready')).toBe(words.tracking);
    expect(statusFor('failed', 'ready')).toBe(words.tracking);
    expect(statusFor('failed')).toBe('');
    expect(statusFor()).toBe('');
    expect(statusFor('failed', 'loading')).toBe(words.preparing);
  });
});
