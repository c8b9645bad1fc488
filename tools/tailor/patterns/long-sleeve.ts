import type { Pattern } from '../pattern.ts';
import { sizeTable } from '../size-table.ts';
import { draftTop, type TopForm, type TopMeasures } from './draft-top.ts';
import { sewTop } from './sew-top.ts';
import { tapeTop } from './tape-top.ts';

/** Size M, metres, for a chest of 100 cm: a regular fit that ends below the hip, with sleeves to the wrist. */
const BASE_MEASURES: TopMeasures = {
  chest: 1.1,
  hem: 1.08,
  length: 0.69,
  acrossShoulder: 0.45,
  shoulderDrop: 0.048,
  armholeDepth: 0.26,
  neckWidth: 0.178,
  neckDropFront: 0.11,
  neckDropBack: 0.022,
  sleeve: 0.58,
  sleeveOpening: 0.205,
  capHeight: 0.11,
  ribWidth: 0.022,
};

/** Change from one size to the next, metres: 6 cm in girth, as in most European charts for men. */
const GRADING: TopMeasures = {
  chest: 0.06,
  hem: 0.06,
  length: 0.018,
  acrossShoulder: 0.018,
  shoulderDrop: 0.001,
  armholeDepth: 0.008,
  neckWidth: 0.004,
  neckDropFront: 0.003,
  neckDropBack: 0,
  sleeve: 0.01,
  sleeveOpening: 0.008,
  capHeight: 0.002,
  ribWidth: 0,
};

/** Forms of the pieces. */
const form: TopForm = {
  sleeveHem: 'matched',
  front: { balance: 0.024, scoop: 0.022, neckRoundness: 0.6 },
  back: { balance: -0.004, scoop: 0.012, neckRoundness: 0.75 },
};

/** A men's long-sleeved T-shirt of heavy jersey. */
export const longSleeve: Pattern = {
  ...sewTop,
  id: 'long-sleeve',
  kind: 'top',
  wearer: 'men',
  layer: 1,
  body: { preset: 'male-50', grading: { chest: 6, waist: 6, hip: 5, upperArm: 1.2 } },
  fabric: {
    cloth: 'jersey',
    bands: 'rib',
    stretch: 18,
    weight: 200,
    drape: { weight: 0.2, stretch: 280, pullToPush: 6, bend: 8e-6 },
  },
  colors: [
    { name: 'charcoal', factor: [0.42, 0.44, 0.48], picture: 'dark' },
    { name: 'white', factor: [0.83, 0.83, 0.85], picture: 'light' },
    { name: 'rust', factor: [0.42, 0.13, 0.06], picture: 'light' },
    { name: 'forest', factor: [0.07, 0.15, 0.1], picture: 'light' },
  ],
  sizes: sizeTable(['S', 'M', 'L', 'XL', 'XXL'], 'M', BASE_MEASURES, GRADING),
  baseSize: 'M',
  publish: ({ chest, hem, length, sleeve }) => ({ chest, waist: (chest + hem) / 2, hip: hem, length, sleeve }),
  tapes: tapeTop(form),
  spacing: 0.0155,
  draft: (measures) => draftTop(measures as unknown as TopMeasures, form),
  levelHems: { edges: ['front.hem', 'back.hem'], from: ({ armholeDepth }) => -armholeDepth },
};
