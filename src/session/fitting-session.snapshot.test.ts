import { describe, expect, it } from 'vitest';
import { open } from './open-session.test-helper.ts';

describe('FittingSession: snapshot and measure', () => {
  it('snapshot accepts null as options, and rejects unknown layers and types', async () => {
    const { session } = open();
    await session.start();
    expect(await session.snapshot(null)).toBeInstanceOf(Blob);
    await expect(session.snapshot({ layers: 'foo' as 'scene' })).rejects.toThrow(/scene, garment, frame/);
    await expect(session.snapshot({ type: 'image/gif' })).rejects.toThrow(RangeError);
    session.dispose();
  });

  it('before the first picture snapshot and measure reject, with advice in the message', async () => {
    const { session } = open();
    await expect(session.snapshot()).rejects.toThrow(/track/);
    await expect(session.measure()).rejects.toThrow(/tracking/);
  });
});
