import type { Pattern } from '../pattern.ts';
import { sizeTable } from '../size-table.ts';
import { draftTop, type TopForm, type TopMeasures } from './draft-top.ts';
import { sewTop } from './sew-top.ts';
import { tapeTop } from './tape-top.ts';

/** Size M, metres: a chest of 110 cm over the base body of 100 cm is what the trade calls a regular fit. */
const BASE_MEASURES: TopMeasures = {
  chest: 1.1,
  hem: 1.12,
  length: 0.67,
  acrossShoulder: 0.43,
  shoulderDrop: 0.047,
  armholeDepth: 0.245,
  neckWidth: 0.164,
  neckDropFront: 0.102,
  neckDropBack: 0.022,
  sleeve: 0.21,
  sleeveOpening: 0.355,
  capHeight: 0.092,
  ribWidth: 0.02,
};

/**
 * Change from one size to the next, metres: 5 cm in girth and 2 cm in length, as in most European charts, less at the
 * neck.
 */
const GRADING: TopMeasures = {
  chest: 0.05,
  hem: 0.05,
  length: 0.02,
  acrossShoulder: 0.018,
  shoulderDrop: 0.001,
  armholeDepth: 0.008,
  neckWidth: 0.004,
  neckDropFront: 0.003,
  neckDropBack: 0,
  sleeve: 0.007,
  sleeveOpening: 0.015,
  capHeight: 0.002,
  ribWidth: 0,
};

/** Forms of the pieces. */
export const teeForm: TopForm = {
  sleeveHem: 'centred',
  front: { balance: 0.034, scoop: 0.022, neckRoundness: 0.6 },
  back: { balance: -0.008, scoop: 0.011, neckRoundness: 0.75 },
};

/** Finished measures by size, metres. */
export const teeSizes = sizeTable(['XS', 'S', 'M', 'L', 'XL', 'XXL'], 'M', BASE_MEASURES, GRADING);

/** A crew-neck T-shirt of single jersey in a regular fit. */
export const tee: Pattern = {
  ...sewTop,
  // The sleeve's hem is centred under its top, and the back's armhole is shorter than the front's.
  seams: sewTop.seams.map((seam) => (seam.edges[0].endsWith('.underFront') ? { ...seam, ease: 0.016 } : seam)),
  id: 'tee',
  kind: 'top',
  wearer: 'all',
  layer: 1,
  body: { preset: null, grading: {} },
  fabric: {
    cloth: 'jersey',
    bands: 'rib',
    stretch: 18,
    weight: 160,
    // Stiffnesses of the order measured for cotton single jersey (Kawabata). Bending is a little stiffer, so that the
    // mesh can carry the folds.
    drape: { weight: 0.16, stretch: 250, pullToPush: 6, bend: 5e-6 },
  },
  colors: [
    // Bleached and brightened cotton: as light as paper, and a little bluish.
    { name: 'white', factor: [0.83, 0.83, 0.85], picture: 'light' },
    { name: 'black', factor: [0.62, 0.6, 0.58], picture: 'dark' },
    { name: 'navy', factor: [0.36, 0.48, 0.92], picture: 'dark' },
    { name: 'sage', factor: [0.3, 0.37, 0.25], picture: 'light' },
    { name: 'clay', factor: [0.37, 0.125, 0.08], picture: 'light' },
  ],
  sizes: teeSizes,
  baseSize: 'M',
  publish: ({ chest, hem, length, sleeve }) => ({ chest, waist: (chest + hem) / 2, hip: hem, length, sleeve }),
  tapes: tapeTop(teeForm),
  // Gives some 10,000 triangles.
  spacing: 0.0145,
  draft: (measures) => draftTop(measures as unknown as TopMeasures, teeForm),
  levelHems: { edges: ['front.hem', 'back.hem'], from: ({ armholeDepth }) => -armholeDepth },
  mark: { piece: 'front', middle: ({ neckDropFront }) => [0, -neckDropFront - 0.1] },
};
