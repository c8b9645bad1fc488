import { type BoneName, boneIndex, type LandmarkSite, SHOULDER_FOLLOWS } from '../../src/mannequin/mannequin.ts';
import type { BodyParts } from './body-parts.ts';

/** The 33 landmarks of BlazePose, by what they mark; the sides alternate left, right from 1 on as the model has them. */
export function placeSites(body: BodyParts): LandmarkSite[] {
  const sites: LandmarkSite[] = [];
  const J = (bone: BoneName, k: number): number => body.joints[3 * boneIndex[bone] + k]!;
  const add = (
    landmark: number,
    bone: BoneName,
    offset: [number, number, number],
    turnsWith: BoneName,
    follows = 1,
  ): void => {
    sites[landmark] = { landmark, bone: boneIndex[bone], offset, turnsWith: boneIndex[turnsWith], follows };
  };
  const pair = (
    left: number,
    right: number,
    bone: string,
    offset: [number, number, number],
    turnsWith = bone,
    follows?: number,
  ): void => {
    const nameOf = (side: 'left' | 'right', name: string): BoneName =>
      (name === 'head' || name === 'hips' ? name : `${side}${name}`) as BoneName;
    add(left, nameOf('left', bone), offset, nameOf('left', turnsWith), follows);
    add(right, nameOf('right', bone), [-offset[0], offset[1], offset[2]], nameOf('right', turnsWith), follows);
  };
  const onHead = (x: number, y: number, z: number): [number, number, number] => [x, y - J('head', 1), z - J('head', 2)];
  // Nose and ears: as far forward as the models have them on heads in profile, the mannequin's and other makers' (the hidden ear is taken
  // to lie ahead of the other).
  add(0, 'head', onHead(0, 1.56, 0.105), 'head');
  pair(1, 4, 'head', onHead(0.019, 1.588, 0.087));
  pair(2, 5, 'head', onHead(0.0315, 1.588, 0.09));
  pair(3, 6, 'head', onHead(0.044, 1.588, 0.083));
  // As far apart as the full model has them in the picture, on rendered heads; its world landmarks have everybody's 15 cm apart.
  pair(7, 8, 'head', onHead(0.061, 1.572, 0.025));
  pair(9, 10, 'head', onHead(0.023, 1.523, 0.085));
  // Outwards and upwards: where the full model has them on the mannequin itself, a rendered man of another maker and one seen by four
  // cameras, on average. Forward: shoulders and hips by eye on footage, where the trunk of a woman turned aside else lies
  // beside the mannequin's; knees less far, with a look at figures in profile.
  pair(11, 12, 'UpperArm', [-0.003, 0.024, 0.025], 'Shoulder', SHOULDER_FOLLOWS);
  pair(13, 14, 'LowerArm', [-0.004, 0.004, 0]);
  pair(15, 16, 'Hand', [0, 0, 0]);
  const r = Math.SQRT1_2;
  const onHand = (along: number, u: number, v: number): [number, number, number] => [
    along * r + u * r,
    -along * r + u * r,
    v,
  ];
  pair(17, 18, 'Hand', onHand(0.074, 0, -0.03));
  pair(19, 20, 'Hand', onHand(0.083, 0, 0.022));
  pair(21, 22, 'Hand', onHand(0.064, -0.01, 0.046));
  pair(23, 24, 'UpperLeg', [0.007, -0.012, 0.022], 'hips');
  pair(25, 26, 'LowerLeg', [-0.003, 0.004, 0.015]);
  pair(27, 28, 'Foot', [0, 0.017, 0]);
  pair(29, 30, 'Foot', [-0.012, -J('leftFoot', 1) + 0.028, -0.075]);
  pair(31, 32, 'Toes', [0, 0, 0.035]);
  return sites;
}
