/** Draws a contact sheet of the mannequin. Usage: node tools/run.mjs tools/mannequin/look.ts OUTPUT.png [views | presets | poses] [GLB] */
import { readFile, writeFile } from 'node:fs/promises';
import { BONE_COUNT, boneIndex, type BoneName } from '../../src/mannequin/mannequin.ts';
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

/** The body posed: bone → degrees about x, y, z (model axes). */
const posed = (turns: Partial<Record<BoneName, [number, number, number]>>) => {
  const local = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
  for (const [bone, [x, y, z]] of Object.entries(turns) as [BoneName, [number, number, number]][]) {
    const length = Math.hypot(x, y, z);
    const half = (length * Math.PI) / 360;
    local.set([(Math.sin(half) * x) / length, (Math.sin(half) * y) / length, (Math.sin(half) * z) / length, Math.cos(half)], 4 * boneIndex[bone]);
  }
  const pose = poseMannequin(m.joints, local, { translation: [0, 0, 0], rotation: [0, 0, 0, 1] }, createMannequinPose());
  const positions = skinVertices(m.positions, m.skinIndices, m.skinWeights, m.joints, pose, new Float32Array(m.positions.length));
  return { positions, indices: m.indices, normals: smoothNormals(positions, m.indices, new Float32Array(positions.length)) };
};

if (sheet === 'views') {
  const picture = createPicture(W * 4, H * 2);
  [0, 90, 180, 40].forEach((turn, i) => drawMesh(picture, m, { turn, centre: [0, 0.85, 0], height: 1.8 }, i * W, 0, W, H));
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
} else {
  const poses = [
    posed({ leftUpperArm: [0, 0, 120], rightUpperArm: [0, 0, -120], leftShoulder: [0, 0, 12], rightShoulder: [0, 0, -12] }),
    posed({ leftLowerArm: [0, -100, 0], rightLowerArm: [-60, 60, 0], leftUpperArm: [0, 0, -35], rightUpperArm: [0, 0, 35] }),
    posed({ leftUpperLeg: [-95, 0, 0], rightUpperLeg: [-95, 0, 0], leftLowerLeg: [100, 0, 0], rightLowerLeg: [100, 0, 0], spine: [20, 0, 0], leftUpperArm: [-50, -60, 0], rightUpperArm: [-50, 60, 0] }),
    posed({ leftUpperArm: [0, 0, 45], rightUpperArm: [0, -70, -40], chest: [0, 30, 0], head: [10, 30, 0] }),
  ];
  const picture = createPicture(W * 4, H * 2);
  poses.forEach((mesh, i) => {
    drawMesh(picture, mesh, { turn: 20, centre: [0, 1.15, 0], height: 1.7 }, i * W, 0, W, H);
    drawMesh(picture, mesh, { turn: i === 2 ? 75 : 160, centre: [0, i === 2 ? 0.8 : 1.25, 0], height: i === 2 ? 1.2 : 1.0 }, i * W, H, W, H);
  });
  await writeFile(output, encodePng(picture));
}
