import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { trimLiteRt } from '../assets/trim-litert.mjs';
import type { Trace, TraceTask } from './trace-networks.ts';

const LITERT = 'node_modules/@litertjs/core/wasm';
const POSE = 'node_modules/@mediapipe/pose';

/** Runs all networks with a build of LiteRT. */
async function trace(build: string, wasm: string): Promise<Trace> {
  const task: TraceTask = {
    script: `${LITERT}/${build}.js`,
    wasm,
    networks: {
      detector: [`${POSE}/pose_solution_packed_assets.data`],
      landmarks: ['lite', 'full', 'heavy'].map((size) => `${POSE}/pose_landmark_${size}.tflite`),
      selfie: ['node_modules/@mediapipe/selfie_segmentation/selfie_segmentation.tflite'],
    },
  };
  const program = ['tools/run.mjs', 'tools/litert/trace-networks.ts', JSON.stringify(task)];
  const { stdout } = await promisify(execFile)(process.execPath, program);
  return JSON.parse(stdout) as Trace;
}

it.each(['litert_wasm_internal', 'litert_wasm_compat_internal'])(
  '%s: every network has the same outputs, bit for bit, with the trimmed file and with the whole',
  async (build) => {
    const folder = await mkdtemp(join(tmpdir(), 'trimmed-'));
    try {
      const whole = `${LITERT}/${build}.wasm`;
      const trimmed = join(folder, 'trimmed.wasm');
      await writeFile(trimmed, trimLiteRt(await readFile(whole), `${build}.wasm`));
      const expected = await trace(build, whole);
      expect(Object.keys(expected.hashes)).toHaveLength(5);
      expect(await trace(build, trimmed)).toEqual(expected);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
