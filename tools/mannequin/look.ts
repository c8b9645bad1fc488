/** Draws a contact sheet of the mannequin. Usage: node tools/run.mjs tools/mannequin/look.ts OUTPUT.png [views | presets | poses | SHAPE] [GLB]; SHAPE is a preset's name, heavy, thin, short or tall: that body in every pose */
import { readFile, writeFile } from 'node:fs/promises';
import { BONE_COUNT, type BoneName, boneIndex, morphNames } from '../../src/mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../../src/mannequin/pose-mannequin.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { skinVertices } from '../../src/mannequin/skin-vertices.ts';
import { smoothNormals } from '../../src/mannequin/smooth-normals.ts';
import { createPicture, drawMesh, encodePng } from './raster.ts';

const [output = 'mannequin.png', sheet = 'views', glb = 'assets/mannequin.glb'] = process.argv.slice(2);
const file = await readFile(glb);
const m = readMannequin(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer);
const W = 560;
const H = 900;

type Turns = Partial<Record<BoneName, [number, number, number]>>;

/** The body posed: bone → degrees about x, y, z (model axes). */
function posed(turns: Turns, shape: { positions: Float32Array; joints: Float32Array } = m) {
  const local = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
  for (const [bone, [x, y, z]] of Object.entries(turns) as [BoneName, [number, number, number]][]) {
    const length = Math.hypot(x, y, z);
    const half = (length * Math.PI) / 360;
    local.set(
      [(Math.sin(half) * x) / length, (Math.sin(half) * y) / length, (Math.sin(half) * z) / length, Math.cos(half)],
      4 * boneIndex[bone],
    );
  }
  const pose = poseMannequin(
    shape.joints,
    local,
    { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
    createMannequinPose(),
  );
  const positions = skinVertices(
    shape.positions,
    m.skinIndices,
    m.skinWeights,
    shape.joints,
    pose,
    new Float32Array(m.positions.length),
  );
  return {
    positions,
    indices: m.indices,
    normals: smoothNormals(positions, m.indices, new Float32Array(positions.length)),
  };
}

/** A preset, or a body further out than any: girths 2.5 times and lengths as far as the bounds of the fit go. */
function weightsOf(name: string): ArrayLike<number> {
  if (m.presets[name]) return m.presets[name];
  const girths = { heavy: 2.5, thin: -2 }[name];
  const lengths = { short: -2, tall: 2 }[name];
  if (girths === undefined && lengths === undefined) throw new Error(`${name} is neither a sheet nor a shape`);
  return morphNames.map((morph) =>
    /Length/.test(morph)
      ? (lengths ?? 0)
      : ['chest', 'waist', 'hip', 'belly', 'thigh', 'upperArm'].includes(morph)
        ? (girths ?? 0)
        : 0,
  );
}

if (sheet === 'views') {
  const picture = createPicture(W * 4, H * 2);
  [0, 90, 180, 40].forEach((turn, i) =>
    drawMesh(picture, m, { turn, centre: [0, 0.85, 0], height: 1.8 }, i * W, 0, W, H),
  );
  drawMesh(picture, m, { turn: 0, centre: [0, 1.5, 0], height: 0.5 }, 0, H, W, H);
  drawMesh(picture, m, { turn: 90, centre: [0, 1.5, 0], height: 0.5 }, W, H, W, H);
  drawMesh(picture, m, { turn: 35, centre: [0, 1.3, 0], height: 0.8 }, 2 * W, H, W, H);
  drawMesh(picture, m, { turn: 60, centre: [0.5, 0.88, 0], height: 0.4 }, 3 * W, H, W, H, true);
  await writeFile(output, encodePng(picture));
} else if (sheet === 'presets') {
  const names = Object.keys(m.presets);
  const picture = createPicture(W * names.length, H * 2);
  names.forEach((name, i) => {
    const shape = shapeMannequin(m, m.presets[name]!, createMannequinShape(m));
    const mesh = { ...shape, indices: m.indices };
    drawMesh(picture, mesh, { turn: 0, centre: [0, 0.95, 0], height: 2 }, i * W, 0, W, H);
    drawMesh(picture, mesh, { turn: 60, centre: [0, 0.95, 0], height: 2 }, i * W, H, W, H);
  });
  await writeFile(output, encodePng(picture));
} else if (sheet !== 'poses') {
  const shape = shapeMannequin(m, weightsOf(sheet), createMannequinShape(m));
  const down: Turns = { leftUpperArm: [0, 0, -38], rightUpperArm: [0, 0, 38] };
  const axis = Math.SQRT1_2;
  /** Degrees about the left arm's own axis in the rest pose. */
  const about = (degrees: number): [number, number, number] => [axis * degrees, -axis * degrees, 0];
  const bent = (degrees: number): [number, number, number] => [axis * -degrees, axis * -degrees, 0];
  const sitting: Turns = {
    leftUpperLeg: [-90, 0, 0],
    rightUpperLeg: [-90, 0, 0],
    leftLowerLeg: [90, 0, 0],
    rightLowerLeg: [90, 0, 0],
  };
  const poses: [Turns, number][] = [
    [down, 0],
    [down, 90],
    [down, 180],
    [
      { leftUpperArm: [0, 0, 115], rightUpperArm: [0, 0, -115], leftShoulder: [0, 0, 20], rightShoulder: [0, 0, -20] },
      15,
    ],
    [
      { leftUpperArm: [0, 0, 115], rightUpperArm: [0, 0, -115], leftShoulder: [0, 0, 20], rightShoulder: [0, 0, -20] },
      165,
    ],
    [
      {
        leftUpperArm: [-30, -75, -30],
        rightUpperArm: [-30, 75, 30],
        leftLowerArm: bent(95),
        rightLowerArm: [-67, 67, 0],
      },
      20,
    ],
    [{ ...down, leftLowerArm: bent(30), rightLowerArm: [-64, 64, 0] }, 40],
    [{ ...down, leftLowerArm: bent(130), rightLowerArm: [-92, 92, 0] }, 320],
    [{ ...sitting, leftUpperArm: [-20, 0, -38], rightUpperArm: [-20, 0, 38] }, 60],
    [sitting, 130],
    [
      {
        leftUpperLeg: [-110, 10, 10],
        rightUpperLeg: [-110, -10, -10],
        leftLowerLeg: [130, 0, 0],
        rightLowerLeg: [130, 0, 0],
        spine: [20, 0, 0],
        hips: [15, 0, 0],
      },
      50,
    ],
    [{ ...down, neck: [0, 24, 0], head: [0, 36, 0] }, 0],
    [
      {
        leftLowerArmTwist: about(60),
        leftHand: about(90),
        rightLowerArmTwist: [axis * -80, axis * -80, 0],
        rightHand: [axis * -80, axis * -80, 0],
      },
      0,
    ],
    [{ leftUpperArm: [0, 0, 45], rightUpperArm: [0, -85, -30] }, 10],
    [{ leftUpperArm: [0, 0, 45], rightUpperArm: [0, -85, -30] }, 170],
    [{ ...down, leftShoulder: [0, 0, 25] }, 0],
    [{ ...down, spine: [14, 0, 0], chest: [13, 0, 0], upperChest: [13, 0, 0] }, 70],
    [{ ...down, spine: [0, 14, 0], chest: [0, 13, 0], upperChest: [0, 13, 0] }, 0],
  ];
  const w = 400;
  const h = 620;
  const picture = createPicture(w * 6, h * 3);
  poses.forEach(([turns, turn], i) => {
    const mesh = posed(turns, shape);
    const seated = i >= 8 && i <= 10;
    drawMesh(
      picture,
      mesh,
      { turn, centre: [0, seated ? 0.9 : i === 3 || i === 4 ? 1.3 : 1.12, 0], height: i === 12 ? 2.1 : 1.6 },
      (i % 6) * w,
      Math.floor(i / 6) * h,
      w,
      h,
    );
  });
  await writeFile(output, encodePng(picture));
} else {
  const poses = [
    posed({
      leftUpperArm: [0, 0, 120],
      rightUpperArm: [0, 0, -120],
      leftShoulder: [0, 0, 12],
      rightShoulder: [0, 0, -12],
    }),
    posed({
      leftLowerArm: [0, -100, 0],
      rightLowerArm: [-60, 60, 0],
      leftUpperArm: [0, 0, -35],
      rightUpperArm: [0, 0, 35],
    }),
    posed({
      leftUpperLeg: [-95, 0, 0],
      rightUpperLeg: [-95, 0, 0],
      leftLowerLeg: [100, 0, 0],
      rightLowerLeg: [100, 0, 0],
      spine: [20, 0, 0],
      leftUpperArm: [-50, -60, 0],
      rightUpperArm: [-50, 60, 0],
    }),
    posed({ leftUpperArm: [0, 0, 45], rightUpperArm: [0, -70, -40], chest: [0, 30, 0], head: [10, 30, 0] }),
  ];
  const picture = createPicture(W * 4, H * 2);
  poses.forEach((mesh, i) => {
    drawMesh(picture, mesh, { turn: 20, centre: [0, 1.15, 0], height: 1.7 }, i * W, 0, W, H);
    drawMesh(
      picture,
      mesh,
      { turn: i === 2 ? 75 : 160, centre: [0, i === 2 ? 0.8 : 1.25, 0], height: i === 2 ? 1.2 : 1.0 },
      i * W,
      H,
      W,
      H,
    );
  });
  await writeFile(output, encodePng(picture));
}
