import { type BoneName, boneIndex, type LandmarkSite, SHOULDER_FOLLOWS } from '../../src/mannequin/mannequin.ts';
import type { BodyParts } from './body-parts.ts';

/**
 * Returns the places of BlazePose's 33 landmarks on the mannequin (`body`), in BlazePose's order. Each is at an offset
 * from the joint of a bone (metres, rest pose: +x to the body's left, +y up, +z to the front). The offset rotates with
 * that bone, or, for shoulders and hips, with another (`turnsWith`), by a share of its rotation (`follows`, 0 to 1).
 */
export function placeSites(body: BodyParts): LandmarkSite[] {
  const sites: LandmarkSite[] = [];
  const joint = (bone: BoneName, axis: number): number => body.joints[3 * boneIndex[bone] + axis]!;
  const setSite = (
    landmark: number,
    site: { bone: BoneName; turnsWith: BoneName } & Pick<LandmarkSite, 'offset' | 'follows'>,
  ): void => {
    sites[landmark] = { ...site, landmark, bone: boneIndex[site.bone], turnsWith: boneIndex[site.turnsWith] };
  };
  /**
   * Sets a pair of landmarks from the left one's offset. `bone`: `head`, `hips` or a name without `left` or `right`.
   */
  const setPair = (
    [left, right]: [left: number, right: number],
    bone: string,
    offset: [number, number, number],
    { turnsWith = bone, follows = 1 }: { turnsWith?: string; follows?: number } = {},
  ): void => {
    const nameOf = (side: 'left' | 'right', name: string): BoneName =>
      (name === 'head' || name === 'hips' ? name : `${side}${name}`) as BoneName;
    setSite(left, { bone: nameOf('left', bone), turnsWith: nameOf('left', turnsWith), offset, follows });
    setSite(right, {
      bone: nameOf('right', bone),
      turnsWith: nameOf('right', turnsWith),
      offset: [-offset[0], offset[1], offset[2]],
      follows,
    });
  };
  /** Returns a point of the base body's head relative to the head joint. */
  const onHead = (x: number, y: number, z: number): [number, number, number] => [
    x,
    y - joint('head', 1),
    z - joint('head', 2),
  ];
  // Nose and ears are as far forward as the models place them on heads in profile, the mannequin's and other makers'.
  // The models place the hidden ear farther forward than the visible ear.
  setSite(0, { bone: 'head', turnsWith: 'head', offset: onHead(0, 1.56, 0.105), follows: 1 });
  setPair([1, 4], 'head', onHead(0.019, 1.588, 0.087));
  setPair([2, 5], 'head', onHead(0.0315, 1.588, 0.09));
  setPair([3, 6], 'head', onHead(0.044, 1.588, 0.083));
  // Ears are as far apart as the full model places them in pictures of rendered heads. Its world landmarks place
  // everyone's 15 cm apart.
  setPair([7, 8], 'head', onHead(0.061, 1.572, 0.025));
  setPair([9, 10], 'head', onHead(0.023, 1.523, 0.085));
  // Shoulders, hips and knees, outwards and upwards: the mean of where the full model places them on the mannequin, on
  // another maker's rendered man and on a man seen by four cameras. Forward: shoulders and hips by eye on footage,
  // where otherwise the mannequin's trunk is beside that of a woman who is turned aside; knees less, by eye on people
  // in profile.
  setPair([11, 12], 'UpperArm', [-0.003, 0.024, 0.025], { turnsWith: 'Shoulder', follows: SHOULDER_FOLLOWS });
  setPair([13, 14], 'LowerArm', [-0.004, 0.004, 0]);
  setPair([15, 16], 'Hand', [0, 0, 0]);
  /** Returns a point of the left hand from metres along the arm, across it (up and outwards), and to the front. */
  const onHand = (along: number, across: number, front: number): [number, number, number] => [
    along * Math.SQRT1_2 + across * Math.SQRT1_2,
    -along * Math.SQRT1_2 + across * Math.SQRT1_2,
    front,
  ];
  setPair([17, 18], 'Hand', onHand(0.074, 0, -0.03));
  setPair([19, 20], 'Hand', onHand(0.083, 0, 0.022));
  setPair([21, 22], 'Hand', onHand(0.064, -0.01, 0.046));
  setPair([23, 24], 'UpperLeg', [0.007, -0.012, 0.022], { turnsWith: 'hips' });
  setPair([25, 26], 'LowerLeg', [-0.003, 0.004, 0.015]);
  setPair([27, 28], 'Foot', [0, 0.017, 0]);
  setPair([29, 30], 'Foot', [-0.012, -joint('leftFoot', 1) + 0.028, -0.075]);
  setPair([31, 32], 'Toes', [0, 0, 0.035]);
  return sites;
}
