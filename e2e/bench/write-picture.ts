import { mkdir, writeFile } from 'node:fs/promises';

const FOLDER = 'e2e/output/bench';

/** Writes a PNG file of `npm run bench -- fit --sheet`. Spaces in the name become hyphens. */
export async function writePicture(name: string, picture: Uint8Array): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${FOLDER}/fit-${name.replaceAll(' ', '-')}.png`, picture);
}
