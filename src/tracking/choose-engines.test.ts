import { describe, expect, it, vi } from 'vitest';
import { chooseEngines } from './choose-engines.ts';

describe('chooseEngines', () => {
  const gpu = async (): Promise<boolean> => true;
  const none = async (): Promise<boolean> => false;

  it('auto is webgpu on a GPU, else wasm; mediapipe is the last', async () => {
    expect(await chooseEngines('auto', gpu)).toEqual(['webgpu', 'wasm', 'mediapipe']);
    expect(await chooseEngines('auto', none)).toEqual(['wasm', 'mediapipe']);
  });

  it('a named engine is the only one, except that wasm follows webgpu', async () => {
    const asked = vi.fn(none);
    expect(await chooseEngines('webgpu', asked)).toEqual(['webgpu', 'wasm']);
    expect(await chooseEngines('wasm', asked)).toEqual(['wasm']);
    expect(await chooseEngines('mediapipe', asked)).toEqual(['mediapipe']);
    expect(asked).not.toHaveBeenCalled();
  });
});
