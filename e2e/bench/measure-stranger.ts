// Measures bodies that this project did not make, as a tape measures the mannequin (the project's parametric body).
import { NodeIO, type Primitive } from '@gltf-transform/core';
import { findBones } from '../../src/adopt/find-bones.ts';
import { readFileRig } from '../../src/adopt/read-file-rig.ts';
import { weldVertices } from '../../src/adopt/weld-vertices.ts';
import { LEVEL_TRUNK_METRES, TRUNK_LEVELS } from '../../src/body/girth-levels.ts';
import { type BoneName, boneIndex, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { tapeAround } from '../../tools/mannequin/tape.ts';
import { trunkOutline } from '../../tools/mannequin/trunk-outline.ts';
import type { Tapes } from './measure-shape.ts';

/** The hip's tape lies at the largest girth within this distance of its height, metres. */
const HIP_RANGE = 0.04;
/** An arm that leaves the trunk is cut off so far beyond the shoulder joint, metres. */
const BEYOND_SHOULDER = 0.012;

/** Returns the largest primitive of a mesh: the skin. The others are eyes. */
function skinOf(primitives: readonly Primitive[]): Primitive {
  return primitives.reduce((a, b) => ((a.getIndices()?.getCount() ?? 0) >= (b.getIndices()?.getCount() ?? 0) ? a : b));
}

/**
 * Measures the body of another maker in the GLB file at `path`: its height (`stature`), and by slicing its mesh the
 * girths of a tape (`truth`), centimetres. The slices are at the heights of the girths of `mannequin`, in proportion
 * between hip joints and shoulder joints. `shoulder` is NaN: it would need hanging arms. The rest pose is upright,
 * faces +z, in metres, arms held away.
 */
export async function measureStranger(path: string, mannequin: Mannequin): Promise<{ stature: number; truth: Tapes }> {
  const document = await new NodeIO().read(path);
  const nodes = document.getRoot().listNodes();
  const node = nodes.find((each) => each.getMesh());
  const skin = skinOf(node?.getMesh()?.listPrimitives() ?? []);
  const positions = Float32Array.from(skin.getAttribute('POSITION')?.getArray() ?? []);
  const indices = Uint32Array.from(skin.getIndices()?.getArray() ?? []);
  // Slices follow edges from triangle to triangle, also across the seams of textures.
  const { welded, count } = weldVertices(positions, indices);
  const mesh = { positions: new Float32Array(3 * count), indices: indices.map((i) => welded[i]) };
  welded.forEach((w, v) => mesh.positions.set(positions.subarray(3 * v, 3 * v + 3), 3 * w));
  const { rig } = readFileRig(nodes);
  const map = findBones(rig);
  if (!map) throw new Error(`${path}: the skeleton is not like a person's`);
  const jointOf = (bone: BoneName, axis: number): number => rig.positions[3 * map.joints[boneIndex[bone]] + axis];
  const onMannequin = (bone: BoneName): number => mannequin.joints[3 * boneIndex[bone] + 1];
  /** Height of a girth of the mannequin over its hip joints, metres. */
  const overHip = (name: keyof typeof TRUNK_LEVELS): number => {
    const level = TRUNK_LEVELS[name];
    return level * (level < 0 ? LEVEL_TRUNK_METRES : onMannequin('upperChest') - onMannequin('leftUpperLeg'));
  };
  const hip = jointOf('leftUpperLeg', 1);
  const scale = (jointOf('leftUpperArm', 1) - hip) / (onMannequin('leftUpperArm') - onMannequin('leftUpperLeg'));
  const maxX = Math.abs(jointOf('leftUpperArm', 0)) + BEYOND_SHOULDER;
  /** Returns the girth at a height over the hip joints, metres of the mannequin. */
  const girth = (height: number): number => 100 * tapeAround(trunkOutline(mesh, hip + scale * height, maxX));
  const hipGirths = [-1, -0.5, 0, 0.5, 1].map((share) => girth(overHip('hip') + share * HIP_RANGE));
  let [low, high] = [Infinity, -Infinity];
  for (let i = 1; i < positions.length; i += 3)
    [low, high] = [Math.min(low, positions[i]), Math.max(high, positions[i])];
  return {
    stature: 100 * (high - low),
    truth: {
      chest: girth(overHip('chest')),
      waist: girth(overHip('waist')),
      hip: Math.max(...hipGirths),
      shoulder: NaN,
    },
  };
}
