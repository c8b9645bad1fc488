/**
 * Draws a contact sheet of the mannequin, a picture with views of it side by side, and writes it as PNG.
 *
 *   node tools/run.mjs tools/mannequin/look.ts OUTPUT.png [SHEET] [GLB]
 *
 * SHEET: `views` (the base body from all sides), `presets` (all presets, two views each), `people` (eight adults drawn
 * from the population, seeds 1 to 8, two views each), `poses` (the base body in four poses, two views each), or a body
 * in eighteen poses: a preset's name, `heavy`, `thin`, `short` or `tall`.
 *
 * 1. Read the mannequin.
 * 2. List the sheet's tiles: which mesh, seen how, where on the picture.
 * 3. Draw them and write the picture.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { drawPerson } from '../../src/mannequin/draw-person.ts';
import { BONE_COUNT, type BoneName, boneIndex, morphNames } from '../../src/mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../../src/mannequin/pose-mannequin.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { skinVertices } from '../../src/mannequin/skin-vertices.ts';
import { smoothNormals } from '../../src/mannequin/smooth-normals.ts';
import { createRaster, encodePng } from '../raster/encode-png.ts';
import { drawMesh, type Mesh, type View } from './draw-mesh.ts';

/** A view of a mesh in a cell of the sheet. `wire`: with the edges of the triangles. */
interface Cell extends View {
  mesh: Mesh;
  column: number;
  row: number;
  wire?: boolean;
}

/** A contact sheet. */
interface Sheet {
  /** Size of a cell, pixels. */
  width: number;
  height: number;
  cells: Cell[];
}

/** Rotations of bones: degrees about x, y, z (model axes), the vector's length being the angle. */
type BoneRotations = Partial<Record<BoneName, [number, number, number]>>;

const [output = 'mannequin.png', sheetName = 'views', glb = 'assets/mannequin.glb'] = process.argv.slice(2);
const mannequin = await readMannequin(Uint8Array.from(await readFile(glb)).buffer);
/** Cells of the sheets but that of one body in many poses, pixels. */
const LARGE = { width: 560, height: 900 };
/** Grey value, 0 to 255. */
const BACKGROUND = 236;

/** Returns the mesh of a body in a pose. `shape`: the base body by default. */
function poseBody(
  rotations: BoneRotations,
  shape: { positions: Float32Array; joints: Float32Array } = mannequin,
): Mesh {
  const local = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
  for (const [bone, [x, y, z]] of Object.entries(rotations) as [BoneName, [number, number, number]][]) {
    const degrees = Math.hypot(x, y, z);
    const half = (degrees * Math.PI) / 360;
    const sin = Math.sin(half);
    local.set([(sin * x) / degrees, (sin * y) / degrees, (sin * z) / degrees, Math.cos(half)], 4 * boneIndex[bone]);
  }
  const pose = poseMannequin(
    shape.joints,
    local,
    { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
    createMannequinPose(),
  );
  const { indices } = mannequin;
  const target = new Float32Array(mannequin.positions.length);
  const positions = skinVertices({ ...mannequin, positions: shape.positions }, shape.joints, pose, target);
  return { positions, indices, normals: smoothNormals(positions, indices, new Float32Array(positions.length)) };
}

/** Morph weights of a preset, or of a body beyond the presets: girths or lengths at the limits of the fit. */
function weightsOf(name: string): ArrayLike<number> {
  const preset = mannequin.presets[name];
  if (preset) return preset;
  const girth = { heavy: 2.5, thin: -2 }[name];
  const length = { short: -2, tall: 2 }[name];
  if (girth === undefined && length === undefined)
    throw new Error(
      `look.ts knows no sheet "${name}": name views, presets, people, poses, heavy, thin, short, tall or one of ` +
        `${Object.keys(mannequin.presets).join(', ')}`,
    );
  const girths = ['chest', 'waist', 'hip', 'belly', 'thigh', 'upperArm'];
  return morphNames.map((morph) => {
    if (/Length/.test(morph)) return length ?? 0;
    return girths.includes(morph) ? (girth ?? 0) : 0;
  });
}

/** Returns the shape of the body that `weightsOf` knows by this name. */
function shapeBody(name: string) {
  return shapeMannequin(mannequin, weightsOf(name), createMannequinShape(mannequin));
}

/** Returns the sheet `views`: the base body from four sides, and its head, shoulders and hand. */
function views(): Sheet {
  const mesh = mannequin;
  const centre = [0, 0.85, 0] as const;
  return {
    ...LARGE,
    cells: [
      ...[0, 90, 180, 40].map((turnDegrees, column) => ({
        mesh,
        turnDegrees,
        centre,
        heightMetres: 1.8,
        column,
        row: 0,
      })),
      { mesh, turnDegrees: 0, centre: [0, 1.5, 0], heightMetres: 0.5, column: 0, row: 1 },
      { mesh, turnDegrees: 90, centre: [0, 1.5, 0], heightMetres: 0.5, column: 1, row: 1 },
      { mesh, turnDegrees: 35, centre: [0, 1.3, 0], heightMetres: 0.8, column: 2, row: 1 },
      { mesh, turnDegrees: 60, centre: [0.5, 0.88, 0], heightMetres: 0.4, column: 3, row: 1, wire: true },
    ],
  };
}

/** Returns the sheet `presets`. */
function presets(): Sheet {
  return standing(Object.values(mannequin.presets));
}

/** Returns the sheet `people`. */
function people(): Sheet {
  return standing(Array.from({ length: 8 }, (_, i) => drawPerson(i + 1)));
}

/** Returns a sheet of bodies with the given morph weights, each from the front and from the side. */
function standing(bodies: readonly ArrayLike<number>[]): Sheet {
  const cells = bodies.flatMap((weights, column) => {
    const mesh = { ...shapeMannequin(mannequin, weights, createMannequinShape(mannequin)), indices: mannequin.indices };
    const view = { mesh, centre: [0, 0.95, 0] as const, heightMetres: 2, column };
    return [
      { ...view, turnDegrees: 0, row: 0 },
      { ...view, turnDegrees: 60, row: 1 },
    ];
  });
  return { ...LARGE, cells };
}

/** Returns the sheet `poses`: arms raised, elbows bent, seated, arms asymmetric. */
function poses(): Sheet {
  const poses = [
    poseBody({
      leftUpperArm: [0, 0, 120],
      rightUpperArm: [0, 0, -120],
      leftShoulder: [0, 0, 12],
      rightShoulder: [0, 0, -12],
    }),
    poseBody({
      leftLowerArm: [0, -100, 0],
      rightLowerArm: [-60, 60, 0],
      leftUpperArm: [0, 0, -35],
      rightUpperArm: [0, 0, 35],
    }),
    poseBody({
      leftUpperLeg: [-95, 0, 0],
      rightUpperLeg: [-95, 0, 0],
      leftLowerLeg: [100, 0, 0],
      rightLowerLeg: [100, 0, 0],
      spine: [20, 0, 0],
      leftUpperArm: [-50, -60, 0],
      rightUpperArm: [-50, 60, 0],
    }),
    poseBody({ leftUpperArm: [0, 0, 45], rightUpperArm: [0, -70, -40], chest: [0, 30, 0], head: [10, 30, 0] }),
  ];
  const cells = poses.flatMap((mesh, column) => {
    const seated = column === 2;
    return [
      { mesh, turnDegrees: 20, centre: [0, 1.15, 0] as const, heightMetres: 1.7, column, row: 0 },
      {
        mesh,
        turnDegrees: seated ? 75 : 160,
        centre: [0, seated ? 0.8 : 1.25, 0] as const,
        heightMetres: seated ? 1.2 : 1,
        column,
        row: 1,
      },
    ];
  });
  return { ...LARGE, cells };
}

/** Returns the sheet of one body in eighteen poses. `name`: as in `weightsOf`. */
function bodyInPoses(name: string): Sheet {
  const shape = shapeBody(name);
  const down: BoneRotations = { leftUpperArm: [0, 0, -38], rightUpperArm: [0, 0, 38] };
  const axis = Math.SQRT1_2;
  /** About the left arm's axis in the rest pose. */
  const twistLeftArm = (degrees: number): [number, number, number] => [axis * degrees, -axis * degrees, 0];
  const bendLeftElbow = (degrees: number): [number, number, number] => [axis * -degrees, axis * -degrees, 0];
  const sitting: BoneRotations = {
    leftUpperLeg: [-90, 0, 0],
    rightUpperLeg: [-90, 0, 0],
    leftLowerLeg: [90, 0, 0],
    rightLowerLeg: [90, 0, 0],
  };
  /** Rotations, and degrees from which the pose is seen. */
  const poses: [BoneRotations, number][] = [
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
        leftLowerArm: bendLeftElbow(95),
        rightLowerArm: [-67, 67, 0],
      },
      20,
    ],
    [{ ...down, leftLowerArm: bendLeftElbow(30), rightLowerArm: [-64, 64, 0] }, 40],
    [{ ...down, leftLowerArm: bendLeftElbow(130), rightLowerArm: [-92, 92, 0] }, 320],
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
        leftLowerArmTwist: twistLeftArm(60),
        leftHand: twistLeftArm(90),
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
  const cells = poses.map(([rotations, turnDegrees], i) => {
    const seated = i >= 8 && i <= 10;
    const armsRaised = i === 3 || i === 4;
    return {
      mesh: poseBody(rotations, shape),
      turnDegrees,
      centre: [0, seated ? 0.9 : armsRaised ? 1.3 : 1.12, 0] as const,
      heightMetres: i === 12 ? 2.1 : 1.6,
      column: i % 6,
      row: Math.floor(i / 6),
    };
  });
  return { width: 400, height: 620, cells };
}

const sheets: Record<string, () => Sheet> = { views, presets, people, poses };
const { width, height, cells } = (sheets[sheetName] ?? (() => bodyInPoses(sheetName)))();
const columns = 1 + Math.max(...cells.map(({ column }) => column));
const rows = 1 + Math.max(...cells.map(({ row }) => row));
const picture = createRaster(width * columns, height * rows, 3, BACKGROUND);
for (const { mesh, column, row, wire, ...view } of cells)
  drawMesh(picture, mesh, view, { left: column * width, top: row * height, width, height, wire });
await writeFile(output, encodePng(picture));
