import { describe, expect, it } from 'vitest';
import { garment, open, request, StubSource, settings, until } from './open-session.test-helper.ts';

describe('FittingSession: garments', () => {
  it('garments that change during loading are worn', async () => {
    const source = new StubSource();
    const { session, stage } = open({ source });
    const started = session.start();
    session.configure(settings({ source, garments: [request('coat', { size: 'L' })] }));
    await started;
    await until(() => stage.worn.length === 1 && session.state.status === 'tracking');
    expect(stage.worn[0]).toMatchObject({ id: 'coat', size: 'L' });
    session.dispose();
  });

  it('a broken garment stops nothing else; its error disappears when it is taken off', async () => {
    const garments = [request('broken'), request('tee'), request('coat')];
    const source = new StubSource();
    const { session, errors, stage } = open({ garments, source });
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(errors).toEqual(['garment-invalid']);
    expect(session.state.error?.code).toBe('garment-invalid');
    expect(stage.worn.map(({ id }) => id)).toEqual(['tee', 'coat']);
    expect(session.wardrobe.map(({ status }) => status)).toEqual(['failed', 'ready', 'ready']);
    session.configure(settings({ garments: garments.slice(1), source }));
    expect(session.state.error).toBe(null);
    expect(session.state.status).toBe('tracking');
    session.dispose();
  });

  it('a garment whose src is no URL is garment-invalid and named by its id; other garments are worn', async () => {
    const { session, stage } = open({ garments: [request('tee'), request('bad', { src: 'http://[' })] });
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(session.state.error).toMatchObject({
      code: 'garment-invalid',
      message: expect.stringContaining('"bad"') as unknown,
    });
    expect(stage.worn.map(({ id }) => id)).toEqual(['tee']);
    session.dispose();
  });

  it('start() fetches failed garments again, also during a run, and reports a new failure', async () => {
    const { session, errors, stages, stage } = open({ garments: [request('broken')] });
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(errors).toEqual(['garment-invalid']);
    await session.start();
    await until(() => errors.length === 2);
    session.stop();
    session.configure(settings({ source: new StubSource(), garments: [request('broken')] }));
    await session.start();
    expect(errors.length).toBe(3);
    stages.loadGarment = async (url) => garment(url);
    await session.start();
    await until(() => stage.worn.length === 1);
    expect(session.state.error).toBe(null);
    session.dispose();
  });
});
