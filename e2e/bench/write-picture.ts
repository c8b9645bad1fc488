import { mkdir, writeFile } from 'node:fs/promises';

/** Folder of the pictures. */
const FOLDER = 'e2e/output/bench';

/** Writes `picture`, the bytes of a PNG file, for `npm run bench -- fit --sheet`. Spaces in the name become hyphens. */
export async function writePicture(name: string, picture: Uint8Array): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${FOLDER}/fit-${name.replaceAll(' ', '-')}.png`, picture);
}
