import { loadWasmNetworks } from './load-wasm-networks.ts';
import { serveTracking } from './serve-tracking.ts';

// Program of the `wasm` engine's worker: a classic one, bundled into assets/runtime, because LiteRT comes by importScripts.
serveTracking(loadWasmNetworks);
