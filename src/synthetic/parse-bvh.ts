/** A joint of a BVH file, parents before children. */
export interface BvhJoint {
  name: string;
  /** Index of the parent; −1 for the root. */
  parent: number;
  /** From the parent at rest, the file's units and axes. */
  offset: [number, number, number];
  /** `Xposition` … `Zrotation`, in the file's order. */
  channels: string[];
}

/** A BVH file as written. Rotations in degrees. */
export interface BvhClip {
  joints: BvhJoint[];
  frames: number;
  frameSeconds: number;
  /** Values of one frame. */
  width: number;
  /** frames × width. */
  values: Float32Array;
}

/** Reads a Biovision Hierarchy. Throws `TypeError` with the reason for what is none. */
export function parseBvh(text: string): BvhClip {
  const words = text.split(/\s+/).filter((word) => word !== '');
  let at = 0;
  const take = (): string => {
    if (at >= words.length) throw new TypeError('BVH: the file ends too early.');
    return words[at++]!;
  };
  const expectWord = (wanted: string): void => {
    const word = take();
    if (word.toLowerCase() !== wanted.toLowerCase()) throw new TypeError(`BVH: "${wanted}" expected, not "${word}".`);
  };
  const takeNumber = (): number => {
    const word = take();
    const value = Number(word);
    if (!Number.isFinite(value)) throw new TypeError(`BVH: a number expected, not "${word}".`);
    return value;
  };

  expectWord('HIERARCHY');
  const joints: BvhJoint[] = [];
  let parent = -1;
  for (let word = take(); word !== 'MOTION'; word = take()) {
    if (word === 'ROOT' || word === 'JOINT') {
      const name = take();
      expectWord('{');
      expectWord('OFFSET');
      const offset: BvhJoint['offset'] = [takeNumber(), takeNumber(), takeNumber()];
      const channels: string[] = [];
      if (words[at] === 'CHANNELS') {
        at++;
        for (let left = takeNumber(); left > 0; left--) {
          const channel = take();
          if (!/^[XYZ](position|rotation)$/.test(channel))
            throw new TypeError(`BVH: no channel is called "${channel}".`);
          channels.push(channel);
        }
      }
      joints.push({ name, parent, offset, channels });
      parent = joints.length - 1;
    } else if (word === 'End') {
      take();
      expectWord('{');
      expectWord('OFFSET');
      for (let k = 0; k < 3; k++) takeNumber();
      expectWord('}');
    } else if (word === '}' && parent >= 0) parent = joints[parent]!.parent;
    else throw new TypeError(`BVH: "${word}" is out of place.`);
  }
  if (joints.length === 0) throw new TypeError('BVH: the file has no joints.');
  expectWord('Frames:');
  const frames = takeNumber();
  expectWord('Frame');
  expectWord('Time:');
  const frameSeconds = takeNumber();
  if (!(Number.isInteger(frames) && frames >= 1 && frameSeconds > 0))
    throw new TypeError('BVH: frames and frame time are more than 0.');
  const width = joints.reduce((sum, { channels }) => sum + channels.length, 0);
  if (words.length - at < frames * width)
    throw new TypeError(`BVH: ${frames} frames have ${frames * width} values, the file has ${words.length - at}.`);
  return { joints, frames, frameSeconds, width, values: Float32Array.from({ length: frames * width }, takeNumber) };
}
