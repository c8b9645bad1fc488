import { expect, test, vi } from 'vitest';
import { LandmarkModels } from './landmark-models.ts';

test('uses another model once it is loaded, and loads each model once', async () => {
  const load = vi.fn(async (model: string) => `the ${model} one`);
  const models = new LandmarkModels('lite', 'first', load);
  expect([models.model, models.network]).toEqual(['lite', 'first']);
  const change = models.use('full');
  expect([models.model, models.network]).toEqual(['lite', 'first']);
  await change;
  expect([models.model, models.network]).toEqual(['full', 'the full one']);
  await models.use('lite');
  expect([models.model, models.network]).toEqual(['lite', 'first']);
  await models.use('full');
  expect(load.mock.calls).toEqual([['full']]);
});

test('loads a model once although it is requested again while it loads', async () => {
  const load = vi.fn(async (model: string) => `the ${model} one`);
  const models = new LandmarkModels('lite', 'first', load);
  await Promise.all([models.use('full'), models.use('lite'), models.use('full')]);
  expect([models.model, models.network]).toEqual(['full', 'the full one']);
  expect(load.mock.calls).toEqual([['full']]);
});

test('keeps the old model when another cannot be loaded, and loads it at the next request', async () => {
  const load = vi.fn().mockRejectedValueOnce(new Error('no network')).mockResolvedValue('heavy at last');
  const models = new LandmarkModels('lite', 'first', load);
  await expect(models.use('heavy')).rejects.toThrow('no network');
  expect([models.model, models.network]).toEqual(['lite', 'first']);
  await models.use('heavy');
  expect([models.model, models.network]).toEqual(['heavy', 'heavy at last']);
});

test('uses the model that was requested last, although an earlier one is loaded later', async () => {
  let arrive = (_: string): void => {};
  const models = new LandmarkModels<string>('lite', 'first', () => new Promise((resolve) => (arrive = resolve)));
  const slow = models.use('heavy');
  await models.use('lite');
  arrive('too late');
  await slow;
  expect([models.model, models.network]).toEqual(['lite', 'first']);
});
