import type { Pattern } from '../pattern.ts';
import { sizeTable } from '../size-table.ts';
import { draftTop, type TopForm, type TopMeasures, type WaistMeasures } from './draft-top.ts';
import { sewTop } from './sew-top.ts';
import { tapeTop } from './tape-top.ts';

/**
 * Size 42, metres, for a bust of 96 cm, a waist of 80 and a hip of 103: a semi-fitted jersey, 4 cm over the bust, close
 * at the waist, free over the hip.
 */
const BASE_MEASURES: TopMeasures & WaistMeasures = {
  chest: 1.0,
  waist: 0.93,
  hem: 1.07,
  length: 0.63,
  waistDepth: 0.405,
  acrossShoulder: 0.385,
  shoulderDrop: 0.042,
  armholeDepth: 0.236,
  neckWidth: 0.186,
  neckDropFront: 0.125,
  neckDropBack: 0.026,
  sleeve: 0.165,
  sleeveOpening: 0.31,
  capHeight: 0.095,
  ribWidth: 0.015,
};

/** Change from one size to the next, metres: 4 cm in girth, as in German and French charts for women. */
const GRADING: TopMeasures & WaistMeasures = {
  chest: 0.04,
  waist: 0.04,
  hem: 0.04,
  length: 0.008,
  waistDepth: 0.004,
  acrossShoulder: 0.01,
  shoulderDrop: 0.0005,
  armholeDepth: 0.005,
  neckWidth: 0.002,
  neckDropFront: 0.002,
  neckDropBack: 0,
  sleeve: 0.003,
  sleeveOpening: 0.011,
  capHeight: 0.0015,
  ribWidth: 0,
};

/** The front is longer than the back above the underarm, for the bust. */
const form: TopForm = {
  sleeveHem: 'matched',
  front: { balance: 0.026, scoop: 0.026, neckRoundness: 0.62 },
  back: { balance: -0.006, scoop: 0.012, neckRoundness: 0.75 },
};

/** A women's T-shirt of single jersey: semi-fitted, with a wide round neck, a shaped waist and short sleeves. */
export const womensTee: Pattern = {
  ...sewTop,
  rules: [
    ...sewTop.rules,
    { smaller: 'armholeDepth', larger: 'waistDepth' },
    { smaller: 'waistDepth', larger: 'length' },
    { smaller: 'waist', larger: 'hem' },
  ],
  id: 'womens-tee',
  kind: 'top',
  wearer: 'women',
  layer: 1,
  // No lengths: the size's shape is added to the base size's, which hangs from the same joints.
  body: { preset: 'female-50', grading: { chest: 4, waist: 4, hip: 4, upperArm: 1.1 } },
  fabric: {
    cloth: 'jersey',
    bands: 'rib',
    stretch: 25,
    weight: 150,
    // Single jersey with elastane.
    drape: { weight: 0.15, stretch: 200, pullToPush: 6, bend: 5e-6 },
  },
  colors: [
    { name: 'white', factor: [0.83, 0.83, 0.85], picture: 'light' },
    { name: 'black', factor: [0.62, 0.6, 0.58], picture: 'dark' },
    { name: 'rose', factor: [0.62, 0.3, 0.29], picture: 'light' },
    { name: 'petrol', factor: [0.06, 0.2, 0.24], picture: 'light' },
  ],
  sizes: sizeTable(['34', '36', '38', '40', '42', '44', '46', '48'], '42', BASE_MEASURES, GRADING),
  baseSize: '42',
  publish: ({ chest, waist, hem, length, sleeve }) => ({ chest, waist, hip: hem, length, sleeve }),
  tapes: tapeTop(form),
  spacing: 0.0145,
  draft: (measures) => draftTop(measures as unknown as TopMeasures & WaistMeasures, form),
  levelHems: { edges: ['front.hem', 'back.hem'], from: ({ armholeDepth }) => -armholeDepth },
};
