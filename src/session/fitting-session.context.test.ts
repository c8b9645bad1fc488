import { describe, expect, it } from 'vitest';
import { createStubs, open, StubSource, settings, until } from './open-session.test-helper.ts';

describe('FittingSession: a lost GPU', () => {
  it('context-lost: shows no frame and reports the error; continues when the GPU is back', async () => {
    const { session, stage, drawn, errors } = open();
    await session.start();
    await until(() => session.state.status === 'tracking');
    stage.onContextChange?.(true);
    expect(session.state).toMatchObject({ status: 'error', error: { code: 'context-lost' } });
    expect(errors).toEqual(['context-lost']);
    const count = drawn.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(drawn.length).toBe(count);
    stage.onContextChange?.(false);
    await until(() => session.state.status === 'tracking' && drawn.length > count + 2);
    expect(session.state.error).toBe(null);
    session.dispose();
    expect(stage.disposed).toBe(true);
  });

  it('context-lost: a start before the GPU is back makes a new stage', async () => {
    const { session, stage } = open();
    await session.start();
    await until(() => session.state.status === 'tracking');
    stage.onContextChange?.(true);
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(stage.disposed).toBe(true);
    session.dispose();
  });

  it('context-lost during loading: the error stays; frames come when the GPU is back', async () => {
    const stubs = createStubs();
    let finish = (): void => {};
    stubs.tracker.load = () => new Promise((resolve) => (finish = resolve));
    stubs.stages.openAnySource = async () => new StubSource();
    const { session, statuses, stage } = open({ source: 'camera' }, stubs);
    void session.start();
    await until(() => stage.onContextChange !== null);
    stage.onContextChange?.(true);
    finish();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(session.state).toMatchObject({ status: 'error', error: { code: 'context-lost' } });
    stage.onContextChange?.(false);
    await until(() => session.state.status === 'tracking');
    expect(statuses).toEqual(['loading', 'asking', 'loading', 'error', 'loading', 'searching', 'tracking']);
    session.dispose();
  });

  it('context-lost while paused: paused again when the GPU is back', async () => {
    const { session, stage, drawn } = open();
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.pause();
    const count = drawn.length;
    stage.onContextChange?.(true);
    expect(session.state.status).toBe('error');
    stage.onContextChange?.(false);
    expect(session.state).toMatchObject({ status: 'paused', error: null });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(drawn.length).toBe(count);
    await session.start();
    await until(() => drawn.length > count + 2);
    expect(session.state.status).toBe('tracking');
    session.dispose();
  });
});
