import { loadWebGpuNetworks } from './load-webgpu-networks.ts';
import { serveTracking } from './serve-tracking.ts';

// Program of the `webgpu` engine's worker: a classic one, bundled into assets/runtime, because LiteRT comes by importScripts.
serveTracking(loadWebGpuNetworks);
