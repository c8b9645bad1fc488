import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { makeGlb } from '../garment/make-glb.test-helper.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';
import { prepareGarment } from './prepare-garment.ts';

const mannequin = await readCommittedMannequin();

it('refuses a file that holds the mannequin, and takes a garment', async () => {
  const body = Uint8Array.from(await readFile(new URL('../../assets/mannequin.glb', import.meta.url)));
  await expect(prepareGarment(body, mannequin)).rejects.toMatchObject({
    code: 'garment-invalid',
    message: 'the file holds the mannequin itself: export the garment without the body',
  });
  const garment = new Uint8Array(await makeGlb({ manifest: { kind: 'top', sizes: { M: {} } } }));
  await expect(prepareGarment(garment, mannequin, { compress: false })).resolves.toMatchObject({ warnings: [] });
});
