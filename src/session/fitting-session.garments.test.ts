import { describe, expect, it } from 'vitest';
import { garment, open, request, StubSource, settings, until } from './open-session.test-helper.ts';

describe('FittingSession: garments', () => {
  it('garments changed while it loads are the ones worn', async () => {
    const source = new StubSource();
    const { session, stage } = open({ source });
    const started = session.start();
    session.configure(settings({ source, garments: [request('coat', { size: 'L' })] }));
    await started;
    await until(() => stage.worn.length === 1 && session.state.status === 'tracking');
    expect(stage.worn[0]).toMatchObject({ id: 'coat', size: 'L' });
    session.dispose();
  });

  it('one broken garment stops neither the camera nor the others, and is forgotten when taken off', async () => {
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

  it('a garment whose src is no address is garment-invalid, with its id; the others go on', async () => {
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

  it('garments that failed are fetched again at the next start, also while it runs, and say so again', async () => {
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
