import { describe, expect, it, vi } from 'vitest';
import type { Frame } from '../capture/frame-source.ts';
import type { FittingSession } from './fitting-session.ts';
import { createStubs, open, Picture, StubSource, settings, until } from './open-session.test-helper.ts';

describe("FittingSession: the page's sources", () => {
  it('a source that ends without a picture is source-unreadable', async () => {
    const { session, tracker } = open({ source: new StubSource(0) });
    await session.start();
    expect(session.state).toMatchObject({
      status: 'error',
      error: { code: 'source-unreadable', message: expect.stringContaining('no picture') as unknown },
    });
    expect(tracker.closed).toBe(false);
  });

  const faults: [string, (target: Frame) => Promise<Frame | null>][] = [
    ['rejects with a plain error', () => Promise.reject(new Error('on purpose'))],
    [
      'throws',
      () => {
        throw new Error('on purpose');
      },
    ],
    [
      'gives a closed bitmap',
      async (target) =>
        Object.assign(target, { image: { width: 0, height: 0, close() {} }, width: 4, height: 3, timeMs: 1 }),
    ],
    [
      'gives a canvas',
      async (target) => Object.assign(target, { image: { width: 4, height: 3 }, width: 4, height: 3, timeMs: 1 }),
    ],
    ['gives no image', async (target) => Object.assign(target, { width: 4, height: 3, timeMs: 1 })],
    [
      'gives a size of 0',
      async (target) => Object.assign(target, { image: new Picture(), width: 0, height: 3, timeMs: 1 }),
    ],
    [
      'gives a size of NaN',
      async (target) => Object.assign(target, { image: new Picture(), width: 4, height: NaN, timeMs: 1 }),
    ],
    [
      'gives the size of another image',
      async (target) => Object.assign(target, { image: new Picture(), width: 8, height: 6, timeMs: 1 }),
    ],
  ];
  for (const [what, next] of faults) {
    it(`a FrameSource that ${what} is source-unreadable; tracker and models stay loaded`, async () => {
      const source = new StubSource();
      source.next = next;
      const { session, tracker, stage } = open({ source });
      await session.start();
      expect(session.state).toMatchObject({ status: 'error', error: { code: 'source-unreadable' } });
      expect([tracker.closed, stage.disposed, source.closed]).toEqual([false, false, true]);
    });
  }

  for (const [what, leave] of [
    ['the room is taken down', (session: FittingSession) => session.dispose()],
    ['it is replaced', (session: FittingSession) => session.configure(settings({ source: new StubSource() }))],
  ] as const) {
    it(`a FrameSource is closed when ${what} while it loads`, async () => {
      const stubs = createStubs();
      stubs.tracker.load = () => new Promise(() => undefined);
      const source = new StubSource();
      const { session } = open({ source }, stubs);
      void session.start();
      await until(() => stubs.stage.onContextChange !== null);
      leave(session);
      expect(source.closed).toBe(true);
      session.dispose();
    });
  }

  it('a source that throws in close() stops nothing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const source = new StubSource();
    source.close = () => {
      source.closed = true;
      throw new Error('on purpose');
    };
    const { session } = open({ source });
    await session.start();
    session.stop();
    expect(warn).toHaveBeenCalled();
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.dispose();
    warn.mockRestore();
  });
});
