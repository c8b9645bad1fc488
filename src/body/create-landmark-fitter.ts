// The step of the body solve that settles the placed landmarks of trunk and limbs: one weighted least-squares fit by
// Gauss-Newton. The site of a landmark is the point of the mannequin (the body model) that it marks.
//
// Parameters: the 12 landmarks from shoulders to ankles (x, y, z each), the middle of the hips, and small rotations of
// pelvis and chest. Residuals, each with its standard deviation:
// 1. a landmark from its image ray, the more certain the more visible it is, and from the depth that the tracker says;
// 2. the length of each bone of the limbs from the mannequin's in the shopper's shape;
// 3. hips from their sites on the pelvis, and shoulders from theirs on the chest, which is joined to the pelvis;
// 4. the chest's rotation from the pelvis's.
//
// `npm run bench -- fit --without fit-landmarks` and `-- worn --without fit-landmarks` print what it is worth.
// Rejected: the rotations of the frame before as a further residual; joints of people who turn are further off then.
import { Quaternion, Vector3 } from 'three';
import { boneIndex } from '../mannequin/mannequin.ts';
import { alignBases } from '../math/align-bases.ts';
import { LeastSquares } from '../math/least-squares.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { between, middleOf, read } from './points.ts';
import type { PoseState } from './pose-state.ts';
import type { PoseStep } from './pose-step.ts';
import { armElevation, raisedShoulder } from './raised-shoulder.ts';

/** A landmark that is fitted. Deviations in metres. */
interface Point {
  /** Its index, 0 to 32. */
  landmark: number;
  /** Of a wholly visible landmark from its site, across the view. */
  acrossMetres: number;
  /** Of the tracker's depth. */
  depthMetres: number;
  /** Landmarks that go with it in depth, and are not fitted. */
  carried: readonly number[];
}

/**
 * Landmarks of shoulders lie about 1.5 cm from their sites, those of elbows and wrists 1 cm, of knees and ankles 2 cm.
 */
const SHOULDER_METRES = 0.015;
const ARM_METRES = 0.01;
const LEG_METRES = 0.02;
/**
 * Hips are seen less well than other joints: 1.5 cm too high on rendered women, up to 4.5 cm too low on men, under
 * clothes that hang over them, and from the side. A larger error makes strangers' trunks as long as the mannequin's; a
 * smaller one misplaces people in loose clothes.
 */
const HIP_METRES = 0.025;
/** The tracker's depth, after the trunk was straightened: of the trunk, and of elbows, wrists, knees and ankles. */
const TRUNK_DEPTH_METRES = 0.03;
const LIMB_DEPTH_METRES = 0.08;
/**
 * The distance of two landmarks on one bone: about 2 cm of each landmark, and 2–3 cm by which bones differ from those
 * that the shape expects. With 0.012 a bone that is drawn 5 % short leans by 9 cm.
 */
const BONE_METRES = 0.04;
/** Shoulders move on the chest, hips hardly on the pelvis. */
const SHOULDER_SITE_METRES = 0.02;
const HIP_SITE_METRES = 0.01;
/** The bend and twist of the spine, radians about each axis: enough for a bow, and for hips that are not seen. */
const SPINE_RADIANS = 0.2;
/** Smallest visibility that counts: a landmark that is not visible still shows roughly where the trunk is. */
const MIN_VISIBILITY = 0.05;
/** Rounds of Gauss-Newton: a third changes the joints' mean error by less than 0.1 mm. */
const ROUNDS = 2;
/** Share of each diagonal element of the normal matrix that is added to it, against landmarks that coincide. */
const DAMPING = 1e-3;

const HEAD = Array.from({ length: at.leftShoulder }, (_, i) => i);
const limb = (landmark: number, acrossMetres: number, carried: readonly number[] = []): Point => ({
  landmark,
  acrossMetres,
  depthMetres: LIMB_DEPTH_METRES,
  carried,
});
const ofTrunk = (landmark: number, acrossMetres: number): Point => ({
  landmark,
  acrossMetres,
  depthMetres: TRUNK_DEPTH_METRES,
  carried: [],
});
const POINTS: readonly Point[] = [
  ofTrunk(at.leftShoulder, SHOULDER_METRES),
  ofTrunk(at.rightShoulder, SHOULDER_METRES),
  ofTrunk(at.leftHip, HIP_METRES),
  ofTrunk(at.rightHip, HIP_METRES),
  limb(at.leftElbow, ARM_METRES),
  limb(at.rightElbow, ARM_METRES),
  // Wrist, little finger, index finger and thumb; ankle, heel and tip of the foot.
  limb(at.leftWrist, ARM_METRES, [at.leftPinky, at.leftIndex, at.leftIndex + 2]),
  limb(at.rightWrist, ARM_METRES, [at.rightPinky, at.rightIndex, at.rightIndex + 2]),
  limb(at.leftKnee, LEG_METRES),
  limb(at.rightKnee, LEG_METRES),
  limb(at.leftAnkle, LEG_METRES, [at.leftHeel, at.leftFootIndex]),
  limb(at.rightAnkle, LEG_METRES, [at.rightHeel, at.rightFootIndex]),
];
const [LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP] = [0, 1, 2, 3];
/** Bones by their ends, as indices into `POINTS`. */
const BONES: readonly (readonly [from: number, to: number])[] = [
  [LEFT_SHOULDER, 4],
  [RIGHT_SHOULDER, 5],
  [4, 6],
  [5, 7],
  [LEFT_HIP, 8],
  [RIGHT_HIP, 9],
  [8, 10],
  [9, 11],
];
/** First parameters of the middle of the hips, and of the rotations of pelvis and chest. Point i begins at 3 × i. */
const MIDDLE = 3 * POINTS.length;
const PELVIS = MIDDLE + 3;
const CHEST = PELVIS + 3;
const PARAMETERS = CHEST + 3;
/** Larger rotations in one round are cut, radians. */
const MAX_ROTATION = 0.5;

type Fitted = 'placed' | 'rest' | 'rays' | 'visibility' | 'world' | 'translation';

/**
 * Creates the step.
 *
 * - `placed`, changed: 3 × 33 landmarks, camera space (+x right, +y up, +z towards the viewer), metres. Hands, feet and
 *   head go with wrists, ankles and shoulders in depth.
 * - `rest`: the mannequin's joints and landmark sites in its rest pose and the shopper's shape, model space, metres.
 * - `rays`: 2 × 33, x and y of the landmarks' image points on the plane z = −1. `visibility`: 33 values, 0..1.
 * - `world` (3 × 33) and `translation`: their z added give the depths that the tracker says, metres in camera space.
 */
export function createLandmarkFitter(): PoseStep<Fitted> {
  const squares = new LeastSquares(PARAMETERS);
  const { step } = squares;
  /** The estimate: points, middle of the hips, and rotations from the rest pose; camera space, metres. */
  const points = new Float64Array(3 * POINTS.length);
  const middle = new Vector3();
  const pelvis = new Quaternion();
  const chest = new Quaternion();
  /**
   * In the rest pose, the shoulders as high as the arms raise them: sites by index into `POINTS`, and their middles.
   */
  const sites = [new Vector3(), new Vector3(), new Vector3(), new Vector3()] as const;
  const restHips = new Vector3();
  /** The joint of pelvis and chest. */
  const waist = new Vector3();
  // Scratch.
  const a = new Vector3();
  const b = new Vector3();
  const c = new Vector3();
  const d = new Vector3();
  const rotation = new Quaternion();

  /** Starts the estimate at the placed landmarks. Returns false if those of the trunk coincide. */
  function begin({ placed, rest }: Pick<PoseState, 'placed' | 'rest'>): boolean {
    for (let i = 0; i < POINTS.length; i++)
      for (let k = 0; k < 3; k++) points[3 * i + k] = placed[3 * POINTS[i].landmark + k];
    middleOf(placed, at.leftHip, at.rightHip, middle);
    middleOf(placed, at.leftShoulder, at.rightShoulder, a).sub(middle);
    raisedShoulder('left', armElevation('left', placed, a), rest, sites[LEFT_SHOULDER]);
    raisedShoulder('right', armElevation('right', placed, a), rest, sites[RIGHT_SHOULDER]);
    read(rest.sites, at.leftHip, sites[LEFT_HIP]);
    read(rest.sites, at.rightHip, sites[RIGHT_HIP]);
    middleOf(rest.sites, at.leftHip, at.rightHip, restHips);
    read(rest.joints, boneIndex.chest, waist);
    b.addVectors(sites[LEFT_SHOULDER], sites[RIGHT_SHOULDER]).multiplyScalar(0.5).sub(restHips);
    c.subVectors(sites[LEFT_SHOULDER], sites[RIGHT_SHOULDER]);
    between(placed, at.rightShoulder, at.leftShoulder, d);
    if (!alignBases(b, c, a, d, chest)) return false;
    c.subVectors(sites[LEFT_HIP], sites[RIGHT_HIP]);
    between(placed, at.rightHip, at.leftHip, d);
    return alignBases(b, c, a, d, pelvis);
  }

  /** Residuals 1. */
  function addLandmarks({ rays, visibility, world, translation }: Pick<PoseState, Fitted>): void {
    for (let i = 0; i < POINTS.length; i++) {
      const { landmark, acrossMetres, depthMetres } = POINTS[i];
      const z = points[3 * i + 2];
      for (let k = 0; k < 2; k++) {
        const ray = rays[2 * landmark + k];
        squares.derive(3 * i + k, 1);
        squares.derive(3 * i + 2, ray);
        squares.add(points[3 * i + k] + ray * z, acrossMetres / Math.max(MIN_VISIBILITY, visibility[landmark]));
      }
      squares.derive(3 * i + 2, 1);
      squares.add(z - translation.z - world[3 * landmark + 2], depthMetres);
    }
  }

  /** Residuals 2. `restSites`: 3 × 33, metres. */
  function addBones(restSites: ArrayLike<number>): void {
    for (let bone = 0; bone < BONES.length; bone++) {
      const [from, to] = BONES[bone];
      const expected = between(restSites, POINTS[from].landmark, POINTS[to].landmark, a).length();
      const length = between(points, from, to, a).length();
      if (!(length > 0)) continue;
      a.divideScalar(length);
      for (let k = 0; k < 3; k++) {
        squares.derive(3 * to + k, a.getComponent(k));
        squares.derive(3 * from + k, -a.getComponent(k));
      }
      squares.add(length - expected, BONE_METRES);
    }
  }

  /** Sets the derivatives of component k of −(δ × v), where δ is the rotation that begins at `parameter`. */
  function deriveRotation(parameter: number, v: Vector3, k: number): void {
    const [next, last] = [(k + 1) % 3, (k + 2) % 3];
    squares.derive(parameter + next, -v.getComponent(last));
    squares.derive(parameter + last, v.getComponent(next));
  }

  /** Residuals 3. */
  function addSites(): void {
    for (let i = LEFT_SHOULDER; i <= RIGHT_HIP; i++) {
      const isShoulder = i <= RIGHT_SHOULDER;
      // The part of the way from the middle of the hips that turns with the pelvis, and the part that turns with the
      // chest.
      b.copy(isShoulder ? waist : sites[i])
        .sub(restHips)
        .applyQuaternion(pelvis);
      c.subVectors(sites[i], waist).applyQuaternion(chest);
      read(points, i, a).sub(middle).sub(b);
      if (isShoulder) a.sub(c);
      for (let k = 0; k < 3; k++) {
        squares.derive(3 * i + k, 1);
        squares.derive(MIDDLE + k, -1);
        deriveRotation(PELVIS, b, k);
        if (isShoulder) deriveRotation(CHEST, c, k);
        squares.add(a.getComponent(k), isShoulder ? SHOULDER_SITE_METRES : HIP_SITE_METRES);
      }
    }
  }

  /** Residuals 4. */
  function addSpine(): void {
    rotation.copy(pelvis).invert().premultiply(chest);
    const sign = rotation.w < 0 ? -2 : 2;
    // The rotation's axis times 2 sin(angle / 2): the angle, as far as spines bend.
    a.set(rotation.x, rotation.y, rotation.z).multiplyScalar(sign);
    for (let k = 0; k < 3; k++) {
      squares.derive(CHEST + k, 1);
      squares.derive(PELVIS + k, -1);
      squares.add(a.getComponent(k), SPINE_RADIANS);
    }
  }

  /** Rotates `target` by the solved change, a rotation vector in radians that begins at `parameter`. */
  function rotate(target: Quaternion, parameter: number): void {
    const angle = a.fromArray(step, parameter).length();
    if (!(angle > 0)) return;
    target.premultiply(rotation.setFromAxisAngle(a.divideScalar(angle), Math.min(MAX_ROTATION, angle))).normalize();
  }

  /** Moves a landmark along its ray, by `nearerMetres` in depth; never to less than half its distance. */
  function moveInDepth(placed: Float64Array, landmark: number, nearerMetres: number): void {
    const z = placed[3 * landmark + 2];
    const scale = Math.max(0.5, (z + nearerMetres) / z);
    for (let k = 0; k < 3; k++) placed[3 * landmark + k] *= scale;
  }

  /** Writes the estimate to the placed landmarks. */
  function end(placed: Float64Array): void {
    let nearerMetres = 0;
    for (let i = 0; i < POINTS.length; i++) {
      const { landmark, carried } = POINTS[i];
      const moved = points[3 * i + 2] - placed[3 * landmark + 2];
      if (i <= RIGHT_SHOULDER) nearerMetres += moved / 2;
      for (let k = 0; k < 3; k++) placed[3 * landmark + k] = points[3 * i + k];
      for (let other = 0; other < carried.length; other++) moveInDepth(placed, carried[other], moved);
    }
    for (let i = 0; i < HEAD.length; i++) moveInDepth(placed, HEAD[i], nearerMetres);
  }

  return {
    name: 'fit-landmarks',
    apply(state) {
      if (!begin(state)) return;
      for (let round = 0; round < ROUNDS; round++) {
        squares.clear();
        addLandmarks(state);
        addBones(state.rest.sites);
        addSites();
        addSpine();
        if (!squares.solve(DAMPING)) return;
        for (let i = 0; i < points.length; i++) points[i] += step[i];
        for (let k = 0; k < 3; k++) middle.setComponent(k, middle.getComponent(k) + step[MIDDLE + k]);
        rotate(pelvis, PELVIS);
        rotate(chest, CHEST);
      }
      end(state.placed);
    },
  };
}
