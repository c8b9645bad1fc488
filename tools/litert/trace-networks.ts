// Runs networks on LiteRT as the tracking worker does. Prints, as JSON, the SHA-256 of each network's outputs and, if
// it was asked for, which of the WebAssembly's functions ran. A process of its own, because LiteRT starts once in a
// process:
//   node tools/run.mjs tools/litert/trace-networks.ts '{"script": "….js", "wasm": "….wasm", "networks": {…}}'
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createDetectorInput, createLandmarkInput } from '../../src/tracking/litert-input.ts';
import { LiteRtModel } from '../../src/tracking/litert-model.ts';
import { OUTPUT_LENGTHS } from '../../src/tracking/network-files.ts';
import { markFunctions, readMarks } from './mark-functions.ts';
import { openLiteRt } from './open-litert.ts';

/** What to run. */
export interface TraceTask {
  /** Paths of LiteRT's loader and of its WebAssembly. */
  script: string;
  wasm: string;
  /** Paths of .tflite files, by what they find. */
  networks: { detector?: string[]; landmarks?: string[]; selfie?: string[] };
  /** Whether to find out which functions run. */
  isMarked?: boolean;
  /**
   * What XNNPACK (LiteRT's library of kernels) shall believe of this processor: addresses of its record, as `readWat`
   * finds them, and what the record holds there.
   */
  cpu?: { guard: number; flags: number; x86: number; values: { flags: number; x86: number } };
}

/** What the program prints. */
export interface Trace {
  /** SHA-256 of the outputs, by the path of the network. */
  hashes: Record<string, string>;
  /** Indices of the functions that ran, without those that the module imports; empty unless `isMarked`. */
  ran: number[];
}

const { script, wasm, networks, isMarked = false, cpu } = JSON.parse(process.argv.at(-1)!) as TraceTask;
const bytes = readFileSync(wasm);
let instance: WebAssembly.Instance | null = null;
await openLiteRt(script, new Uint8Array(isMarked ? markFunctions(bytes) : bytes), (started) => {
  instance = started;
  if (!cpu) return;
  const memory = Object.values(started.exports).find((each) => each instanceof WebAssembly.Memory);
  const view = new DataView(memory!.buffer);
  view.setUint8(cpu.guard, 1);
  view.setBigUint64(cpu.flags, BigInt(cpu.values.flags), true);
  view.setUint8(cpu.x86, cpu.values.x86);
});
const inputs = { detector: createDetectorInput(), landmarks: createLandmarkInput() };
const hashes: Record<string, string> = {};
for (const kind of ['detector', 'landmarks', 'selfie'] as const) {
  for (const path of networks[kind] ?? []) {
    const network = await LiteRtModel.create(readFileSync(path), OUTPUT_LENGTHS[kind]);
    const input = kind === 'detector' ? inputs.detector : inputs.landmarks;
    const hash = createHash('sha256');
    // Twice, because the first run also prepares.
    for (let k = 0; k < 2; k++) {
      // A picture without meaning: which functions run depends on the network alone.
      input.values.forEach((_, i, values) => (values[i] = input.offset + (input.scale * 255 * (i % 251)) / 250));
      for (const output of await network.run(input)) hash.update(output);
    }
    hashes[path] = hash.digest('hex');
  }
}
const trace: Trace = { hashes, ran: isMarked ? readMarks(instance!) : [] };
process.stdout.write(JSON.stringify(trace), () => process.exit(0));
