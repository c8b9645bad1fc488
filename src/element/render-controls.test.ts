import { describe, expect, it } from 'vitest';
import { IDLE_STATE, nextState } from '../session/state.ts';
import type { WardrobeEntry } from '../session/wardrobe-entry.ts';
import { messagesFor } from './messages.ts';
import { loadingText, statusText } from './render-controls.ts';

const words = messagesFor('en');
function entry(status: WardrobeEntry['status']): WardrobeEntry {
  return { id: 'tee', label: 'Tee', status, sizes: [], colors: [], swatches: [], size: null, color: null, error: null };
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

describe('loadingText', () => {
  it('tells megabytes in the language’s own figures, and the time that is left once it is known', () => {
    const loading = { loaded: 3_140_000, total: 7_800_000, secondsLeft: null };
    expect(loadingText(words, loading)).toBe('3.1 of 7.8 MB');
    expect(loadingText(messagesFor('de-AT'), { ...loading, secondsLeft: 11.2 })).toBe('3,1 von 7,8 MB, noch etwa 12 s');
    expect(loadingText(messagesFor('fr'), { ...loading, secondsLeft: 0 })).toBe('3,1 sur 7,8 Mo, encore 0 s environ');
  });
});
