import { readFile } from 'node:fs/promises';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';

/** The bytes of assets/mannequin.glb. */
export const committedBytes = async (): Promise<ArrayBuffer> => {
  const file = await readFile(new URL('../../assets/mannequin.glb', import.meta.url));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
};

/** The mannequin as committed. */
export const committedMannequin = async (): Promise<Mannequin> => readMannequin(await committedBytes());
