import { BONE_COUNT, type BoneName, boneIndex, type MorphName } from '../../src/mannequin/mannequin.ts';
import { type Part, type Section, section, type Vector } from './part.ts';

/** How far each measure is away from the base body: 1 is the stored displacement of the morph. */
export type BodyChange = Partial<Record<MorphName, number>>;

export interface BodyParts {
  parts: Part[];
  /** 3 × BONE_COUNT, metres. */
  joints: Float64Array;
  /** Place of the wrist, elbow, knee … along the limbs' axes, for the skin weights. */
  arm: { origin: Vector; axis: Vector; elbow: number; wrist: number; stretch: number };
  leg: { origin: Vector; axis: Vector; knee: number; ankle: number };
}

/** What a morph weight of 1 does: lengths and breadths in metres, girths as growth of the section (1 = doubled). */
export const morphExtent: Record<MorphName, number> = {
  trunkLength: 0.045,
  neckLength: 0.02,
  upperArmLength: 0.03,
  lowerArmLength: 0.028,
  upperLegLength: 0.04,
  lowerLegLength: 0.04,
  shoulderBreadth: 0.02,
  hipBreadth: 0.015,
  headSize: 0.06,
  chest: 0.14,
  bust: 0.35,
  waist: 0.2,
  hip: 0.12,
  belly: 0.05,
  upperArm: 0.2,
  lowerArm: 0.16,
  thigh: 0.15,
  calf: 0.13,
  neck: 0.15,
};

/** 1 at the middle, falling smoothly to 0 at `middle` ± `reach`. */
function bell(y: number, middle: number, below: number, above: number): number {
  const x = (y - middle) / (y < middle ? below : above);
  return Math.abs(x) >= 1 ? 0 : (1 - x * x) ** 2;
}

const X = 0;
const Y = 1;
const Z = 2;
function normal(v: Vector): Vector {
  const l = Math.hypot(v[X], v[Y], v[Z]);
  return [v[X] / l, v[Y] / l, v[Z] / l];
}
function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Widens a section by a factor each way. */
function grow(s: Section, sideways: number, front: number, back = front): Section {
  return { ...s, out: s.out * sideways, in: s.in * sideways, front: s.front * front, back: s.back * back };
}

/** Heights of the base body, metres: joints that the lengths are measured between. */
const base = { ankle: 0.078, knee: 0.473, hip: 0.888, shoulder: 1.319, neck: 1.437, head: 1.545, top: 1.692 };

/** How far down the leg the thigh turns in its socket, of the base body's leg: the trochanters lie where ANSUR's do, over its crotch. */
const HIP_JOINT = 0.018;

/** An ellipsoid as a part along y. */
function ellipsoid(
  name: string,
  at: Vector,
  w: number,
  h: number,
  d: number | [number, number],
  blend: number,
  side: Part['side'],
): Part {
  return {
    name,
    origin: at,
    axis: [0, 1, 0],
    u: [1, 0, 0],
    v: [0, 0, 1],
    sections: [section(0, w, d)],
    capStart: h,
    capEnd: h,
    blend,
    side,
  };
}

/** The body as parts, changed by `change`. The figures are means of ANSUR II women and men, fitted by eye and tape. */
export function createBodyParts(change: BodyChange = {}): BodyParts {
  const by = (name: MorphName): number => (change[name] ?? 0) * morphExtent[name];
  const ankleY = base.ankle;
  const kneeY = base.knee + by('lowerLegLength');
  const hipY = base.hip + by('lowerLegLength') + by('upperLegLength');
  const trunkScale = (base.shoulder - base.hip + by('trunkLength')) / (base.shoulder - base.hip);
  /** Height on the trunk, from the base body's. It stretches between hips and shoulders: of ANSUR's people a longer trunk has its nape no higher over the acromion. */
  const up = (y: number): number =>
    hipY +
    Math.min(y - base.hip, 0) +
    Math.min(Math.max(y - base.hip, 0), base.shoulder - base.hip) * trunkScale +
    Math.max(y - base.shoulder, 0);
  const neckY = up(base.neck);
  const neckScale = (base.head - base.neck + by('neckLength')) / (base.head - base.neck);
  const headY = neckY + (base.head - base.neck) * neckScale;
  const broader = by('shoulderBreadth');
  const hipOut = by('hipBreadth');
  const head = 1 + by('headSize');

  const trunkSection = (y: number, w: number, front: number, back: number, power: number, v = 0): Section => {
    const chest = 1 + by('chest') * bell(y, 1.25, 0.16, 0.17);
    const waist = 1 + by('waist') * bell(y, 1.03, 0.13, 0.15);
    const hips = 1 + by('hip') * bell(y, 0.87, 0.25, 0.14);
    const sides = chest * waist * hips;
    const wide = w + broader * bell(y, 1.37, 0.2, 0.07) * 0.8 + hipOut * bell(y, 0.88, 0.2, 0.16);
    const depth = 1 + (sides - 1) * 1.0;
    return {
      ...section(
        up(y),
        wide * sides,
        [front * depth + by('belly') * bell(y, 1.0, 0.12, 0.15), back * (1 + (sides - 1) * 0.8)],
        v,
        power,
      ),
      u: 0,
    };
  };
  const trunk: Part = {
    name: 'trunk',
    origin: [0, 0, 0],
    axis: [0, 1, 0],
    u: [1, 0, 0],
    v: [0, 0, 1],
    capStart: 0.045,
    capEnd: 0.02,
    blend: 0.02,
    side: 'centre',
    sections: [
      trunkSection(0.885, 0.158, 0.107, 0.105, 2.5),
      trunkSection(0.905, 0.163, 0.113, 0.106, 2.5),
      trunkSection(0.94, 0.165, 0.121, 0.104, 2.35),
      trunkSection(0.98, 0.161, 0.126, 0.1, 2.4),
      trunkSection(1.018, 0.1575, 0.127, 0.097, 2.5),
      trunkSection(1.07, 0.151, 0.121, 0.096, 2.5),
      trunkSection(1.13, 0.149, 0.117, 0.103, 2.5),
      trunkSection(1.18, 0.154, 0.116, 0.113, 2.55),
      trunkSection(1.231, 0.163, 0.115, 0.122, 2.6),
      trunkSection(1.284, 0.165, 0.104, 0.127, 2.5),
      trunkSection(1.33, 0.15, 0.08, 0.118, 2.4),
      trunkSection(1.36, 0.122, 0.057, 0.103, 2.3),
      trunkSection(1.39, 0.074, 0.03, 0.084, 2.1),
      trunkSection(1.415, 0.046, 0.012, 0.068, 2),
    ],
  };

  const neckGrow = 1 + by('neck');
  const neckPart: Part = {
    name: 'neck',
    origin: [0, neckY - 0.05, -0.036],
    axis: normal([0, 0.108 * neckScale + 0.05, 0.045]),
    u: [1, 0, 0],
    v: [0, 0, 1],
    capStart: 0.03,
    capEnd: 0.03,
    blend: 0.025,
    side: 'centre',
    sections: [
      section(0.0, 0.06, [0.06, 0.056], 0, 2),
      section(0.05, 0.056, [0.057, 0.055], 0, 2),
      section(0.05 + 0.05 * neckScale, 0.0545, [0.056, 0.055], 0, 2),
      section(0.05 + 0.1 * neckScale, 0.0555, [0.052, 0.056], 0, 2),
    ].map((s) => grow(s, neckGrow, neckGrow)),
  };
  neckPart.v = cross(neckPart.u, neckPart.axis).map((c) => c) as unknown as Vector;

  // Head: everything relative to the head joint, scaled as one.
  const H = (x: number, y: number, z: number): Vector => [x * head, headY + (y - base.head) * head, z * head];
  const headEllipsoid = (
    name: string,
    at: Vector,
    w: number,
    h: number,
    d: number | [number, number],
    blend: number,
    side: Part['side'] = 'both',
  ): Part =>
    ellipsoid(
      name,
      H(...at),
      w * head,
      h * head,
      typeof d === 'number' ? d * head : [d[0] * head, d[1] * head],
      blend,
      side,
    );
  const along = (y: number): number => (y - base.head) * head;
  const face: Part = {
    name: 'face',
    origin: H(0, base.head, 0.03),
    axis: [0, 1, 0],
    u: [1, 0, 0],
    v: [0, 0, 1],
    capStart: 0.014 * head,
    capEnd: 0.04 * head,
    blend: 0.03,
    side: 'centre',
    sections: [
      section(along(1.488), 0.029, [0.055, 0.045], 0, 2.2),
      section(along(1.505), 0.047, [0.0585, 0.065], 0, 2.35),
      section(along(1.53), 0.058, [0.0585, 0.075], 0, 2.35),
      section(along(1.56), 0.064, [0.0585, 0.08], 0, 2.2),
      section(along(1.59), 0.066, [0.061, 0.08], 0, 2.2),
      section(along(1.63), 0.066, [0.062, 0.08], 0, 2.2),
    ].map((s) => grow(s, head, head)),
  };
  const nose: Part = {
    name: 'nose',
    origin: H(0, 1.59, 0.086),
    axis: normal([0, -0.045, 0.0165]),
    u: [1, 0, 0],
    v: normal([0, 0.0165, 0.045]),
    capStart: 0.012 * head,
    capEnd: 0.009 * head,
    blend: 0.012,
    side: 'centre',
    sections: [
      section(0, 0.007, 0.006),
      section(0.02, 0.008, 0.008),
      section(0.032, 0.0105, 0.0095),
      section(0.041, 0.013, [0.0085, 0.012]),
    ].map((s) => grow({ ...s, at: s.at * head }, head, head)),
  };

  // Arms, 45° down.
  const r = Math.SQRT1_2;
  const shoulder: Vector = [0.176 + broader, up(base.shoulder), -0.028];
  const armAxis: Vector = [r, -r, 0];
  const upperArm = 0.276 + by('upperArmLength');
  const lowerArm = 0.254 + by('lowerArmLength');
  /** Place along the arm from the base body's. */
  const arm = (at: number): number =>
    at <= 0
      ? at
      : at < 0.276
        ? (at * upperArm) / 0.276
        : at < 0.53
          ? upperArm + ((at - 0.276) * lowerArm) / 0.254
          : upperArm + lowerArm + at - 0.53;
  const armSection = (
    at: number,
    out: number,
    inner: number,
    front: number,
    back: number,
    v = 0,
    power = 2,
  ): Section => {
    const g = (1 + by('upperArm') * bell(at, 0.1, 0.22, 0.22)) * (1 + by('lowerArm') * bell(at, 0.37, 0.18, 0.32));
    return grow(section(arm(at), [out, inner], [front, back], v, power), g, g);
  };
  const armPart: Part = {
    name: 'arm',
    origin: shoulder,
    axis: armAxis,
    u: [r, r, 0],
    v: [0, 0, 1],
    capStart: 0.05,
    capEnd: 0.02,
    blend: 0.06,
    side: 'both',
    sections: [
      armSection(0.0, 0.049, 0.05, 0.055, 0.055),
      armSection(0.06, 0.0505, 0.049, 0.054, 0.054),
      armSection(0.12, 0.0475, 0.047, 0.051, 0.05),
      armSection(0.18, 0.0445, 0.0445, 0.049, 0.046),
      armSection(0.235, 0.04, 0.04, 0.043, 0.042),
      armSection(0.276, 0.039, 0.0395, 0.0415, 0.0415),
      armSection(0.325, 0.044, 0.044, 0.0465, 0.0445),
      armSection(0.375, 0.042, 0.042, 0.0455, 0.0435),
      armSection(0.44, 0.033, 0.034, 0.0385, 0.0375),
      armSection(0.5, 0.025, 0.025, 0.0325, 0.0325),
      armSection(0.53, 0.0215, 0.0215, 0.0305, 0.0305),
      armSection(0.56, 0.0185, 0.0185, 0.033, 0.031, 0.002, 2.2),
      armSection(0.6, 0.016, 0.0165, 0.041, 0.039, 0.002, 2.4),
      armSection(0.63, 0.0145, 0.015, 0.041, 0.04, 0.002, 2.5),
      armSection(0.665, 0.0115, 0.0125, 0.037, 0.037, 0.002, 2.5),
      armSection(0.7, 0.009, 0.0105, 0.03, 0.032, 0.001, 2.4),
    ],
  };
  const thumbAxis = normal([r * 0.8 - 0.12 * r, -r * 0.8 - 0.12 * r, 0.52]);
  const onArm = (at: number, u: number, v: number): Vector => {
    const t = arm(at);
    return [shoulder[X] + t * r + u * r, shoulder[Y] - t * r + u * r, shoulder[Z] + v];
  };
  const thumbU = normal(cross([0, 0, 1], thumbAxis));
  const thumb: Part = {
    name: 'thumb',
    origin: onArm(0.56, -0.004, 0.02),
    axis: thumbAxis,
    u: thumbU,
    v: cross(thumbAxis, thumbU),
    capStart: 0.015,
    capEnd: 0.013,
    blend: 0.016,
    side: 'both',
    sections: [section(0, 0.013, 0.016), section(0.035, 0.0115, 0.0125), section(0.07, 0.009, 0.01)],
  };
  // From the neck to the top of the shoulder: trapezius and collar bone.
  const yokeFrom: Vector = [0.048, neckY - 0.03, -0.041];
  const yokeTo: Vector = [shoulder[X] - 0.01, shoulder[Y] + 0.022, shoulder[Z] - 0.004];
  const yokeSpan = Math.hypot(yokeTo[X] - yokeFrom[X], yokeTo[Y] - yokeFrom[Y], yokeTo[Z] - yokeFrom[Z]);
  const yokeAxis = normal([yokeTo[X] - yokeFrom[X], yokeTo[Y] - yokeFrom[Y], yokeTo[Z] - yokeFrom[Z]]);
  const yokeU = normal(cross([0, 0, 1], yokeAxis));
  const yoke: Part = {
    name: 'yoke',
    origin: yokeFrom,
    axis: yokeAxis,
    u: yokeU,
    v: cross(yokeAxis, yokeU),
    capStart: 0.03,
    capEnd: 0.045,
    blend: 0.04,
    side: 'both',
    sections: [section(0, 0.026, 0.03), section(yokeSpan * 0.5, 0.038, 0.041), section(yokeSpan, 0.033, 0.038)],
  };

  // Legs.
  const legFrom: Vector = [0.09 + hipOut, hipY, -0.005];
  const legTo: Vector = [0.112 + hipOut * 0.5, ankleY, -0.022];
  const legAxis = normal([legTo[X] - legFrom[X], legTo[Y] - legFrom[Y], legTo[Z] - legFrom[Z]]);
  const legU = normal(cross([0, 0, 1], legAxis).map((c) => -c) as unknown as Vector);
  const legU2: Vector = legU[X] < 0 ? [-legU[X], -legU[Y], -legU[Z]] : legU;
  const legV0 = cross(legU2, legAxis);
  const legV: Vector = legV0[Z] < 0 ? [-legV0[X], -legV0[Y], -legV0[Z]] : legV0;
  const baseLeg = base.hip - base.ankle;
  const legLength = Math.hypot(legTo[X] - legFrom[X], legTo[Y] - legFrom[Y], legTo[Z] - legFrom[Z]);
  const knee = (legLength * (hipY - kneeY)) / (hipY - ankleY);
  const leg = (at: number): number =>
    at <= 0 ? at : at < 0.415 ? (at * knee) / 0.415 : knee + ((at - 0.415) * (legLength - knee)) / (baseLeg - 0.415);
  const legSection = (at: number, out: number, inner: number, front: number, back: number, v = 0): Section => {
    const g = (1 + by('thigh') * bell(at, 0.1, 0.4, 0.42)) * (1 + by('calf') * bell(at, 0.54, 0.22, 0.38));
    const h = 1 + by('hip') * bell(at, 0, 0.1, 0.14) * 0.6;
    return grow(section(leg(at), [out * h, inner], [front, back * h], v, 2.25), g, g);
  };
  const legPart: Part = {
    name: 'leg',
    origin: legFrom,
    axis: legAxis,
    u: legU2,
    v: legV,
    capStart: 0.08,
    capEnd: 0.03,
    blend: 0.035,
    side: 'both',
    sections: [
      legSection(0.0, 0.074, 0.054, 0.09, 0.094),
      legSection(0.05, 0.083, 0.061, 0.101, 0.106),
      legSection(0.1, 0.0875, 0.074, 0.107, 0.11),
      legSection(0.2, 0.081, 0.078, 0.095, 0.09),
      legSection(0.3, 0.073, 0.071, 0.081, 0.074),
      legSection(0.37, 0.0635, 0.0615, 0.07, 0.064),
      legSection(0.415, 0.056, 0.055, 0.063, 0.055),
      legSection(0.46, 0.053, 0.053, 0.054, 0.06),
      legSection(0.53, 0.0585, 0.0575, 0.052, 0.074),
      legSection(0.6, 0.052, 0.05, 0.046, 0.066),
      legSection(0.68, 0.041, 0.04, 0.041, 0.046),
      legSection(0.745, 0.034, 0.034, 0.036, 0.037),
      legSection(0.785, 0.033, 0.033, 0.036, 0.037),
      legSection(0.81, 0.034, 0.034, 0.037, 0.04),
    ],
  };
  // Toes a little outwards.
  const toeOut = 0.13;
  const footOrigin: Vector = [legTo[X] - 0.006, 0, -0.085];
  const footPart: Part = {
    name: 'foot',
    origin: footOrigin,
    axis: [Math.sin(toeOut), 0, Math.cos(toeOut)],
    u: [Math.cos(toeOut), 0, -Math.sin(toeOut)],
    v: [0, 1, 0],
    capStart: 0.034,
    capEnd: 0.024,
    blend: 0.03,
    side: 'both',
    sections: [
      section(0.035, 0.032, [0.045, 0.035], 0.035, 2.4),
      section(0.075, 0.033, [0.055, 0.031], 0.031, 2.4),
      section(0.12, 0.037, [0.045, 0.026], 0.026, 2.4),
      section(0.165, [0.046, 0.044], [0.029, 0.02], 0.02, 2.4),
      section(0.2, [0.045, 0.046], [0.02, 0.016], 0.016, 2.4),
      section(0.235, [0.034, 0.04], [0.014, 0.013], 0.013, 2.3),
    ],
  };

  const hipGrow = 1 + by('hip');
  const bust = 1 + by('bust');
  const parts: Part[] = [
    trunk,
    ellipsoid(
      'bust',
      [0.082 * (1 + by('chest') * 0.6), up(1.222), 0.072 * (1 + by('chest'))],
      0.066 * Math.sqrt(bust),
      0.064 * Math.sqrt(bust),
      0.047 * bust,
      0.05,
      'both',
    ),
    legPart,
    ellipsoid(
      'buttock',
      [0.073 + hipOut * 0.8, up(0.868), -0.058 * hipGrow],
      0.074 * hipGrow,
      0.088,
      0.07 * hipGrow,
      0.05,
      'both',
    ),
    yoke,
    armPart,
    thumb,
    neckPart,
    headEllipsoid('cranium', [0, 1.5975, -0.003], 0.0735, 0.0945, [0.09, 0.095], 0.03, 'centre'),
    face,
    headEllipsoid('brow', [0.026, 1.607, 0.08], 0.026, 0.008, 0.014, 0.02),
    headEllipsoid('cheek', [0.033, 1.548, 0.06], 0.024, 0.03, 0.025, 0.03),
    headEllipsoid('socket', [0.032, 1.5875, 0.107], 0.018, 0.012, 0.018, -0.016),
    nose,
    headEllipsoid('nostril', [0.011, 1.5455, 0.096], 0.007, 0.007, 0.01, 0.008),
    headEllipsoid('eye', [0.0315, 1.5865, 0.0775], 0.0145, 0.0115, 0.0135, 0.004),
    headEllipsoid('chin', [0, 1.4895, 0.075], 0.018, 0.013, 0.012, 0.03, 'centre'),
    headEllipsoid('upperLip', [0, 1.5225, 0.0825], 0.022, 0.005, 0.009, 0.012, 'centre'),
    headEllipsoid('lowerLip', [0, 1.5135, 0.0815], 0.018, 0.005, 0.0085, 0.01, 'centre'),
    headEllipsoid('ear', [0.0755, 1.567, -0.012], 0.009, 0.031, 0.017, 0.008),
    footPart,
  ];

  const joints = new Float64Array(3 * BONE_COUNT);
  const put = (bone: BoneName, p: Vector): void => {
    joints.set(p, 3 * boneIndex[bone]);
  };
  const pair = (bone: string, p: Vector): void => {
    put(`left${bone}` as BoneName, p);
    put(`right${bone}` as BoneName, [-p[X], p[Y], p[Z]]);
  };
  put('hips', [0, up(0.93), -0.01]);
  put('spine', [0, up(1.02), -0.02]);
  put('chest', [0, up(1.14), -0.03]);
  put('upperChest', [0, up(1.27), -0.035]);
  put('neck', [0, neckY, -0.035]);
  put('head', [0, headY, 0.0]);
  pair('Shoulder', [0.03, neckY - 0.035, -0.01]);
  pair('UpperArm', shoulder);
  pair('UpperArmTwist', onArm(0.138, 0, 0));
  pair('LowerArm', onArm(0.276, 0, 0));
  pair('LowerArmTwist', onArm(0.403, 0, 0));
  pair('Hand', onArm(0.53, 0, 0));
  const onLeg = (at: number): Vector => {
    const t = leg(at);
    return [legFrom[X] + t * legAxis[X], legFrom[Y] + t * legAxis[Y], legFrom[Z] + t * legAxis[Z]];
  };
  pair('UpperLeg', onLeg(HIP_JOINT));
  pair('UpperLegTwist', onLeg(0.2075));
  pair('LowerLeg', onLeg(0.415));
  pair('Foot', legTo);
  pair('Toes', [footOrigin[X] + 0.185 * Math.sin(toeOut), 0.018, footOrigin[Z] + 0.185 * Math.cos(toeOut)]);
  return {
    parts,
    joints,
    arm: { origin: shoulder, axis: armAxis, elbow: upperArm, wrist: upperArm + lowerArm, stretch: upperArm / 0.276 },
    leg: { origin: onLeg(HIP_JOINT), axis: legAxis, knee: knee - leg(HIP_JOINT), ankle: legLength - leg(HIP_JOINT) },
  };
}
