import type { Bone, Vector3 } from 'three';
import { type BVH, BVHLoader } from 'three/addons/loaders/BVHLoader.js';

/** A joint of a BVH file and its motion. Lengths are in the file's unit, directions in the file's axes. */
export interface BvhJoint {
  /** As written in the file. */
  name: string;
  /** Index of the parent joint; −1 for the root. */
  parent: number;
  /** Vector from the parent joint to this one at rest; for the root, from the file's origin. */
  offset: Vector3;
  /** For each frame, the same vector in the parent joint's space (the parent's rotation is not applied): 3 × frames. */
  positions: Float32Array;
  /** For each frame, the rotation relative to the parent joint, 4 × frames: quaternions x, y, z, w. */
  rotations: Float32Array;
}

/** The content of a BVH file. */
export interface BvhClip {
  /** Parents before children. The end sites of the file are left out. */
  joints: BvhJoint[];
  /** Number of frames, at least 1. */
  frames: number;
  /** Time from one frame to the next, seconds, more than 0. */
  frameSeconds: number;
}

/**
 * Matches the blanks that `parseBvh` replaces by line breaks: those before each brace and keyword, and after each
 * brace. `BVHLoader` needs these breaks; the format does not.
 */
const NEEDED_BREAKS =
  /\s+(?=(?:[{}]|ROOT|JOINT|OFFSET|CHANNELS|End\s+Site|MOTION|Frames:|Frame\s+Time:)\s)|(?<=[{}])\s+/g;

/**
 * Parses the text of a BVH file (Biovision Hierarchy: a tree of joints and its motion) with three.js's `BVHLoader`.
 * Throws `TypeError` with the reason if the text is not a BVH file. The checks are here because the loader only writes
 * most errors to the console and continues.
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

/**
 * Checks one CHANNELS line: `count` is its number, `names` the rest. Throws `TypeError` for an unknown channel, and for
 * another number of channels than `count`.
 */
function checkChannels(count: string, names: string): void {
  const channels = names === '' ? [] : names.split(/\s+/);
  const unknown = channels.find((name) => !/^[XYZ](position|rotation)$/.test(name));
  if (unknown !== undefined) throw new TypeError(`BVH: "${unknown}" is not the name of a channel.`);
  if (channels.length !== Number(count))
    throw new TypeError(`BVH: CHANNELS announces ${count} names, but ${channels.length} follow.`);
}

/** Parses a file in which each brace and keyword begins a line. Throws `TypeError` where the loader throws. */
function load(lines: string): BVH {
  try {
    return new BVHLoader().parse(lines);
  } catch (cause) {
    throw new TypeError('BVH: the file ends too early, or a line of it is out of place.', { cause });
  }
}
