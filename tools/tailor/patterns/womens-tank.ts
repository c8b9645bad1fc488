import type { Pattern } from '../pattern.ts';
import { sizeTable } from '../size-table.ts';
import { draftTop, type TopForm, type TopMeasures, type WaistMeasures } from './draft-top.ts';
import { sewTop } from './sew-top.ts';
import { tapeTop } from './tape-top.ts';

/** Size 42, metres, for a bust of 96 cm: close to the body, with straps of 5 cm and low neck and armholes. */
const BASE_MEASURES: TopMeasures & WaistMeasures = {
  chest: 0.94,
  waist: 0.93,
  hem: 1.08,
  length: 0.63,
  waistDepth: 0.405,
  acrossShoulder: 0.315,
  shoulderDrop: 0.034,
  armholeDepth: 0.232,
  neckWidth: 0.21,
  neckDropFront: 0.185,
  neckDropBack: 0.1,
  // A tank top has none; the draft of tops has a sleeve, which is not cut.
  sleeve: 0.165,
  sleeveOpening: 0.31,
  capHeight: 0.095,
  ribWidth: 0.012,
};

/** Change from one size to the next, metres: 4 cm in girth, as in German and French charts for women. */
const GRADING: TopMeasures & WaistMeasures = {
  chest: 0.04,
  waist: 0.04,
  hem: 0.04,
  length: 0.008,
  waistDepth: 0.004,
  acrossShoulder: 0.006,
  shoulderDrop: 0.0005,
  armholeDepth: 0.005,
  neckWidth: 0.003,
  neckDropFront: 0.003,
  neckDropBack: 0.002,
  sleeve: 0.003,
  sleeveOpening: 0.011,
  capHeight: 0.0015,
  ribWidth: 0,
};

/** Forms of the pieces. */
const form: TopForm = {
  sleeveHem: 'matched',
  front: { balance: 0.022, scoop: 0.034, neckRoundness: 0.7 },
  back: { balance: -0.012, scoop: 0.022, neckRoundness: 0.72 },
};

/** A women's tank top of fine jersey, bound with rib. */
export const womensTank: Pattern = {
  ...sewTop,
  rules: [
    ...sewTop.rules,
    { smaller: 'armholeDepth', larger: 'waistDepth' },
    { smaller: 'waistDepth', larger: 'length' },
    { smaller: 'waist', larger: 'hem' },
  ],
  id: 'womens-tank',
  kind: 'top',
  wearer: 'women',
  layer: 1,
  body: { preset: 'female-50', grading: { chest: 4, waist: 4, hip: 4, upperArm: 1.1 } },
  fabric: {
    cloth: 'jersey',
    bands: 'rib',
    stretch: 30,
    weight: 145,
    drape: { weight: 0.145, stretch: 180, pullToPush: 6, bend: 5e-6 },
  },
  colors: [
    { name: 'black', factor: [0.62, 0.6, 0.58], picture: 'dark' },
    { name: 'white', factor: [0.83, 0.83, 0.85], picture: 'light' },
    { name: 'sky', factor: [0.28, 0.42, 0.56], picture: 'light' },
  ],
  sizes: sizeTable(['34', '36', '38', '40', '42', '44', '46'], '42', BASE_MEASURES, GRADING),
  baseSize: '42',
  publish: ({ chest, waist, hem, length }) => ({ chest, waist, hip: hem, length }),
  // The strap is narrower than a triangle of the simulated cloth, so no tape can follow the length over it.
  tapes: tapeTop(form).filter(({ name }) => name !== 'length'),
  spacing: 0.0145,
  draft(measures) {
    const { front, back } = draftTop(measures as unknown as TopMeasures & WaistMeasures, form);
    return { front, back };
  },
  pieces: sewTop.pieces.filter(({ wornOn }) => wornOn === 'front' || wornOn === 'back'),
  bands: [
    ...sewTop.bands,
    ...['Left', 'Right'].map((side) => ({
      ...sewTop.bands[0],
      name: `binding${side}`,
      along: [`front.armhole${side}`, `-back.armhole${side}`],
      twin: side === 'Left' ? 'bindingRight' : 'bindingLeft',
      isInsideUp: side === 'Left',
      isAtNeck: false,
    })),
  ],
  seams: sewTop.seams.filter(({ edges }) => !edges.some((edge) => edge.includes('sleeve'))),
  texture: [['front', 'back']],
  levelHems: { edges: ['front.hem', 'back.hem'], from: ({ armholeDepth }) => -armholeDepth },
};
