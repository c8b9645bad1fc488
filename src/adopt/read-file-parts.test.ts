import { expect, it } from 'vitest';
import { makeGlb } from '../garment/make-glb.test-helper.ts';
import { readGlb } from '../garment/read-glb.ts';
import { readDocument } from './read-document.ts';
import { readFileParts } from './read-file-parts.ts';

it('reads skin weights that sum to 1: those below 0 as 0, and weight 1 for the first joint where all are 0', async () => {
  const document = await readDocument(readGlb(new Uint8Array(await makeGlb())));
  const weights = document.getRoot().listMeshes()[0].listPrimitives()[0].getAttribute('WEIGHTS_0')!;
  weights.setElement(0, [3, -2, 1, 0]);
  weights.setElement(1, [0, 0, 0, 0]);
  weights.setElement(2, [-1, 0, -1, 0]);
  const { parts } = await readFileParts(document);
  expect([...parts[0].skinWeights.subarray(0, 12)]).toEqual([0.75, 0, 0.25, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
});
