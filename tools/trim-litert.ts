// Finds out which functions of LiteRT's WebAssembly can run in the tracking worker, and writes their list, by which
// `lay-out-assets.mjs` trims the files that shoppers download. Run it after each change of `@litertjs/core` or of the
// networks; it takes some minutes:
//   node tools/run.mjs tools/trim-litert.ts
//
// For each of LiteRT's builds without threads:
//
// 1. Binaryen's `wasm-dis` writes the module as text, from which `readWat` reads who calls whom.
// 2. All networks run on LiteRT, in a process of their own, for every processor that there may be: XNNPACK, LiteRT's
//    library of kernels, chooses kernels by what it notes of the processor, and the process is given each note that is
//    possible. The functions that ran are noted.
// 3. Kept are these functions, those that the module exports, and what they call by name, directly or through others.
//
// What is not kept is the rest of what can only be called through a table: kernels of other networks and kinds of
// numbers, the GPU, and the treatment of errors that are thrown far from their cause. If such a function is called after
// all, the worker starts again with the whole file (`failover-tracker.ts`).
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readWat } from './litert/read-wat.ts';
import type { Trace, TraceTask } from './litert/trace-networks.ts';

const run = promisify(execFile);
const LITERT = 'node_modules/@litertjs/core';
const BUILDS = ['litert_wasm_internal', 'litert_wasm_compat_internal'];
const MODELS = 'node_modules/@mediapipe';
/** The networks of the tracking worker; the detector's file has a name that does not say so. */
const NETWORKS: TraceTask['networks'] = {
  detector: [`${MODELS}/pose/pose_solution_packed_assets.data`],
  landmarks: ['lite', 'full', 'heavy'].map((size) => `${MODELS}/pose/pose_landmark_${size}.tflite`),
  selfie: [`${MODELS}/selfie_segmentation/selfie_segmentation.tflite`],
};
/**
 * XNNPACK's flags of relaxed SIMD (`xnn_arch_flags`): bits 1 to 5, for blendvps, pshufb, sdot, usdot and fused
 * multiply-add.
 */
const FLAGS = Array.from({ length: 32 }, (_, i) => 2 * i);
/** Output of a process, at most: the text of the marks. */
const MAX_OUTPUT_BYTES = 2 ** 24;

/** Returns `roots` and all that they call, directly or through others. `calls`: the callees of each function. */
function closeOverCalls(calls: readonly number[][], roots: Iterable<number>): Set<number> {
  const found = new Set(roots);
  // The loop also visits what it adds.
  for (const index of found) for (const callee of calls[index]) found.add(callee);
  return found;
}

/** Returns a bit for each function, the lowest bit of a byte first, as base64. */
function toBits(indices: ReadonlySet<number>, count: number): string {
  const bytes = new Uint8Array(Math.ceil(count / 8));
  for (const index of indices) bytes[index >> 3] |= 1 << (index & 7);
  return Buffer.from(bytes).toString('base64');
}

/** Lists the functions to keep of a build, as `lay-out-assets.mjs` reads them. */
async function listFunctions(build: string, folder: string): Promise<{ sha256: string; kept: string }> {
  const wasm = `${LITERT}/wasm/${build}.wasm`;
  const wat = join(folder, `${build}.wat`);
  await run(process.execPath, ['node_modules/binaryen/bin/wasm-dis', wasm, '--all-features', '-o', wat]);
  const { calls, exported, cpu } = readWat(await readFile(wat, 'latin1'));
  const ran = new Set<number>();
  // The build for browsers without relaxed SIMD has no such instruction.
  for (const flags of build.includes('compat') ? [0] : FLAGS) {
    for (const x86 of [0, 1]) {
      const task: TraceTask = {
        script: `${LITERT}/wasm/${build}.js`,
        wasm,
        networks: NETWORKS,
        isMarked: true,
        cpu: { ...cpu, values: { flags, x86 } },
      };
      const program = ['tools/run.mjs', 'tools/litert/trace-networks.ts', JSON.stringify(task)];
      const { stdout } = await run(process.execPath, program, { maxBuffer: MAX_OUTPUT_BYTES });
      const before = ran.size;
      for (const index of (JSON.parse(stdout) as Trace).ran) ran.add(index);
      console.log(`${build}, flags ${flags}, x86 ${x86}: ${ran.size - before} more functions ran`);
    }
  }
  const kept = closeOverCalls(calls, [...ran, ...exported]);
  console.log(`${build}: ${ran.size} functions ran, ${kept.size} of ${calls.length} are kept`);
  const sha256 = createHash('sha256')
    .update(await readFile(wasm))
    .digest('hex');
  return { sha256, kept: toBits(kept, calls.length) };
}

const { version } = JSON.parse(await readFile(`${LITERT}/package.json`, 'utf8')) as { version: string };
const folder = await mkdtemp(join(tmpdir(), 'trim-litert-'));
try {
  const files: Record<string, { sha256: string; kept: string }> = {};
  for (const build of BUILDS) files[`${build}.wasm`] = await listFunctions(build, folder);
  const list = { version, files };
  await writeFile('tools/assets/litert-functions.json', `${JSON.stringify(list, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true });
}
