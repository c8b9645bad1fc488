import { readFile } from 'node:fs/promises';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';

/** Reads the bytes of `assets/mannequin.glb`, the body that this repository ships. */
export async function committedBytes(): Promise<ArrayBuffer> {
  const file = await readFile(new URL('../../assets/mannequin.glb', import.meta.url));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
}

/** Reads the mannequin from `assets/mannequin.glb`: its mesh, bones, morphs and presets. */
export async function committedMannequin(): Promise<Mannequin> {
  return readMannequin(await committedBytes());
}
