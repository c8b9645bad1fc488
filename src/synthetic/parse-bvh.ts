import type { Bone, Vector3 } from 'three';
import { type BVH, BVHLoader } from 'three/addons/loaders/BVHLoader.js';

/** A joint of a BVH file and its motion, in the file's units and axes. */
export interface BvhJoint {
  name: string;
  /** Index of the parent joint; −1 for the root. */
  parent: number;
  /** From the parent joint at rest. */
  offset: Vector3;
  /** From the parent joint in each frame, before the parent's rotation: 3 × frames. */
  positions: Float32Array;
  /** Rotation relative to the parent joint in each frame, 4 × frames: quaternions x, y, z, w. */
  rotations: Float32Array;
}

/** The content of a BVH file. */
export interface BvhClip {
  /** Parents before children. */
  joints: BvhJoint[];
  frames: number;
  frameSeconds: number;
}

/** Line breaks that `BVHLoader` needs: each brace and each keyword begins a line. Files need not have them. */
const NEEDED_BREAKS =
  /\s+(?=(?:[{}]|ROOT|JOINT|OFFSET|CHANNELS|End\s+Site|MOTION|Frames:|Frame\s+Time:)\s)|(?<=[{}])\s+/g;

/**
 * Reads the text of a Biovision Hierarchy with three.js's `BVHLoader`. Throws `TypeError` with the reason for a text
 * that is none: the loader itself writes most reasons to the console and goes on.
 */
export function parseBvh(text: string): BvhClip {
  if (!/^\s*HIERARCHY\s/.test(text)) throw new TypeError('BVH: the file does not begin with "HIERARCHY".');
  const lines = text.replace(NEEDED_BREAKS, '\n');
  for (const [, count, names] of lines.matchAll(/^\s*CHANNELS[^\S\n]+(\S+)(.*)/gm)) checkChannels(count, names.trim());
  const [, frameCount, frameTime] = /^Frames:\s*(\S+)\s+Frame\s+Time:\s*(\S+)/m.exec(lines) ?? [];
  const frames = Number(frameCount);
  const frameSeconds = Number(frameTime);
  if (!(Number.isInteger(frames) && frames >= 1 && frameSeconds > 0))
    throw new TypeError('BVH: "Frames:" and "Frame Time:" must be followed by numbers above 0.');

  const { skeleton, clip } = load(lines);
  const bones = skeleton.bones.filter(({ name }) => name !== 'ENDSITE');
  return {
    joints: bones.map(({ name, parent, position }, j) => {
      // The clip has two tracks for each joint, in the order of the joints.
      const [positions, rotations] = clip.tracks.slice(2 * j, 2 * j + 2).map(({ values }) => Float32Array.from(values));
      for (const values of [position.toArray(), positions, rotations])
        if (!values.every(Number.isFinite)) throw new TypeError(`BVH: a value of the joint "${name}" is not a number.`);
      return { name, parent: bones.indexOf(parent as Bone), offset: position, positions, rotations };
    }),
    frames,
    frameSeconds,
  };
}

function checkChannels(count: string, names: string): void {
  const channels = names === '' ? [] : names.split(/\s+/);
  const unknown = channels.find((name) => !/^[XYZ](position|rotation)$/.test(name));
  if (unknown !== undefined) throw new TypeError(`BVH: "${unknown}" is not the name of a channel.`);
  if (channels.length !== Number(count))
    throw new TypeError(`BVH: CHANNELS announces ${count} names, but ${channels.length} follow.`);
}

function load(lines: string): BVH {
  try {
    return new BVHLoader().parse(lines);
  } catch (cause) {
    throw new TypeError('BVH: the file ends too early, or a line of it is out of place.', { cause });
  }
}
