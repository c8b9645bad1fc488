import { loadWasmNetworks } from './load-wasm-networks.ts';
import { serveTracking } from './serve-tracking.ts';

// Script of the worker of the `wasm` engine. It is bundled into assets/runtime as a classic worker, because LiteRT
// loads itself by importScripts.
serveTracking(loadWasmNetworks);
