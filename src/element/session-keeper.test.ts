import type { ReactiveController } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FittingSession } from '../session/fitting-session.ts';
import { type FittingStatus, IDLE_STATE } from '../session/state.ts';
import { type SessionHost, SessionKeeper } from './session-keeper.ts';

/** Status that every session of a test has. */
let status: FittingStatus = 'idle';

beforeEach(() => {
  status = 'idle';
  vi.stubGlobal('document', { baseURI: 'https://shop.test/' });
  vi.spyOn(FittingSession.prototype, 'state', 'get').mockImplementation(() => ({ ...IDLE_STATE, status }));
  vi.spyOn(FittingSession.prototype, 'start').mockResolvedValue();
  vi.spyOn(FittingSession.prototype, 'dispose');
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function make({ autostart = false } = {}) {
  let controller: ReactiveController | null = null;
  const host = Object.assign(new EventTarget(), {
    source: null,
    garment: null,
    size: null,
    facing: 'user',
    engine: 'auto',
    model: 'auto',
    segmentation: 'pose',
    assets: '/assets',
    stature: null,
    ownClothes: 'hide',
    tracker: null,
    autostart,
    isConnected: false,
    querySelectorAll: () => [],
    requestUpdate: vi.fn(),
    addController: (added: ReactiveController) => {
      controller = added;
    },
  });
  const keeper = new SessionKeeper(host as unknown as SessionHost);
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return {
    keeper,
    settle,
    connect() {
      host.isConnected = true;
      (controller as ReactiveController | null)?.hostConnected?.();
    },
    disconnect() {
      host.isConnected = false;
      (controller as ReactiveController | null)?.hostDisconnected?.();
    },
  };
}

describe('SessionKeeper', () => {
  it('makes no session until something asks for it, and then one', async () => {
    const { keeper, connect, settle } = make();
    connect();
    await settle();
    keeper.configure();
    keeper.stop();
    expect(keeper.session).toBe(null);
    expect(keeper.open()).toBe(keeper.open());
    expect(FittingSession.prototype.start).not.toHaveBeenCalled();
  });

  it('starts with autostart, after the children are there, and only while it is in a document', async () => {
    const { connect, disconnect, settle } = make({ autostart: true });
    connect();
    disconnect();
    await settle();
    expect(FittingSession.prototype.start).not.toHaveBeenCalled();
    connect();
    expect(FittingSession.prototype.start).not.toHaveBeenCalled();
    await settle();
    expect(FittingSession.prototype.start).toHaveBeenCalledOnce();
  });

  it('start() rejects outside a document', async () => {
    await expect(make().keeper.start()).rejects.toThrow(/into the document/);
  });

  it('disposes of the session when the element is removed; a running one starts again on return', async () => {
    const { keeper, connect, disconnect, settle } = make();
    connect();
    await keeper.start();
    status = 'tracking';
    disconnect();
    await settle();
    expect(keeper.session).toBe(null);
    expect(FittingSession.prototype.dispose).toHaveBeenCalledOnce();
    connect();
    await settle();
    expect(keeper.session).not.toBe(null);
    expect(FittingSession.prototype.start).toHaveBeenCalledTimes(2);
  });

  for (const last of ['idle', 'error'] as const) {
    it(`does not start on return when the status at the removal was ${last}`, async () => {
      const { keeper, connect, disconnect, settle } = make();
      connect();
      await keeper.start();
      status = last;
      disconnect();
      await settle();
      connect();
      await settle();
      expect(FittingSession.prototype.start).toHaveBeenCalledOnce();
    });
  }

  it('keeps the session when the element is moved within one task', async () => {
    const { keeper, connect, disconnect, settle } = make({ autostart: true });
    connect();
    await settle();
    const { session } = keeper;
    status = 'tracking';
    disconnect();
    connect();
    await settle();
    expect(keeper.session).toBe(session);
    expect(FittingSession.prototype.dispose).not.toHaveBeenCalled();
    expect(FittingSession.prototype.start).toHaveBeenCalledOnce();
  });
});
