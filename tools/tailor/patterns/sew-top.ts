import type { Pattern } from '../pattern.ts';

/** Distances of the visible stitches from their seams, metres: from the back's shoulder seam, and from the armholes. */
const SHOULDER_STITCHES = 0.003;
const ARMHOLE_STITCHES = 0.004;

/**
 * How the outlines of `draftTop` become a top: front and back cut on the fold, the sleeve cut twice, a rib at the neck.
 * The knit rib is two layers of a heavier knit, so it bends little.
 */
export const sewTop: Pick<
  Pattern,
  'rules' | 'pieces' | 'bands' | 'seams' | 'rings' | 'hemStitches' | 'bandStitches' | 'texture'
> = {
  rules: [
    { smaller: 'neckWidth', larger: 'acrossShoulder' },
    { smaller: 'shoulderDrop', larger: 'armholeDepth' },
    { smaller: 'armholeDepth', larger: 'length' },
    { smaller: 'neckDropBack', larger: 'neckDropFront' },
    { smaller: 'neckDropFront', larger: 'length' },
    { smaller: 'acrossShoulder', larger: 'chest' },
    { smaller: 'capHeight', larger: 'sleeve' },
    { smaller: 'capHeight', larger: 'armholeDepth' },
  ],
  pieces: [
    { name: 'front', outline: 'front', isCutOnFold: true, twin: 'front', isInsideUp: false, wornOn: 'front' },
    { name: 'back', outline: 'back', isCutOnFold: true, twin: 'back', isInsideUp: true, wornOn: 'back' },
    {
      name: 'sleeveLeft',
      outline: 'sleeve',
      isCutOnFold: false,
      twin: 'sleeveRight',
      isInsideUp: true,
      wornOn: 'leftArm',
    },
    {
      name: 'sleeveRight',
      outline: 'sleeve',
      isCutOnFold: false,
      twin: 'sleeveLeft',
      isInsideUp: false,
      wornOn: 'rightArm',
    },
  ],
  bands: [
    {
      name: 'rib',
      along: ['front.neck', '-back.neck'],
      twin: 'rib',
      isInsideUp: true,
      width: 'ribWidth',
      sewnLength: 0.96,
      freeLength: 0.82,
      stiffness: 12,
      isAtNeck: true,
    },
  ],
  seams: ['Left', 'Right'].flatMap((side): Pattern['seams'] => [
    {
      edges: [`front.shoulder${side}`, `back.shoulder${side}`],
      stitches: [{ edge: `back.shoulder${side}`, inset: SHOULDER_STITCHES }],
    },
    { edges: [`front.side${side}`, `back.side${side}`] },
    {
      edges: [`front.armhole${side}`, `sleeve${side}.capFront`],
      stitches: [{ edge: `front.armhole${side}`, inset: ARMHOLE_STITCHES }],
    },
    {
      edges: [`back.armhole${side}`, `-sleeve${side}.capBack`],
      stitches: [{ edge: `back.armhole${side}`, inset: ARMHOLE_STITCHES }],
    },
    { edges: [`sleeve${side}.underFront`, `-sleeve${side}.underBack`] },
  ]),
  rings: ['Left', 'Right'].map((side) => [`front.armhole${side}`, `-back.armhole${side}`]),
  // A double needle, a quarter inch apart.
  hemStitches: [0.0175, 0.0238],
  bandStitches: 0.0035,
  texture: [
    ['front', 'back'],
    ['sleeveLeft', 'sleeveRight'],
  ],
};
