/**
 * Selects the meshes of a garment file that are the garment. Files also hold the avatar that the garment was made on,
 * helpers of the tool that wrote them, the ground of a scene, and copies of the same mesh.
 *
 * A mesh is left out, with a warning that names it, if others remain and it
 * 1. shows the same primitive as another mesh, at the same place or without that one's skin;
 * 2. is a part of a person: it covers head and hands (or head and feet), it hangs on the head or the hands alone, or it
 *    has a head's top and reaches beyond all other meshes at both ends;
 * 3. is flat and larger in its plane than all others together (ground, backdrop);
 * 4. has no skin, where others have one, and lies apart from them.
 */
import type { Primitive } from '@gltf-transform/core';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { type BoundingBox, boundingBox, sidesOf } from './bounding-box.ts';
import type { FilePart, FileParts } from './read-file-parts.ts';
import type { BoneMap } from './rig.ts';

/** Least share of a mesh's weights on a part of the body for the mesh to cover that part. */
const COVER_SHARE = 0.01;
/** Least share of a mesh's weights on one part of the body for the mesh to belong to it alone. */
const ALONE_SHARE = 0.9;
/** Cloth that may hang on the head or the hands alone. */
const HEAD_CLOTH = /hood|collar|scarf|cowl|tie|glove|cuff/i;
/** A mesh is flat if its thinnest side is less than this share of its longest. */
const FLAT = 0.02;
/** A mesh lies apart if its bounding box is further than this share of the garment's longest side from the garment's. */
const APART = 0.05;
/** Share of a person's height that its head's top takes, and that a body must reach beyond clothes at each end. */
const TOP_SHARE = 0.03;
const BEYOND_SHARE = 0.04;
/** Largest distance of a head's highest point from the middle of its top, as a share of half the top's width. */
const CROWN = 0.5;

/** By part of the body: the bones that carry it. */
const bodyParts: Record<'head' | 'hands' | 'feet', readonly BoneName[]> = {
  head: ['head'],
  hands: ['leftHand', 'rightHand'],
  feet: ['leftFoot', 'rightFoot', 'leftToes', 'rightToes'],
};

/**
 * Returns the meshes of a file that are the garment, with their primitives (rules above), and appends a sentence for
 * each other mesh to `warnings`. If no mesh would remain, all do.
 *
 * @param file Space and unit of the file. Not changed.
 * @param map The bones of the file's rig; null if it has none, or none that are known.
 */
export function keepCloth({ parts, primitives, rig }: FileParts, map: BoneMap | null, warnings: string[]): FileParts {
  const reasons = new Map<FilePart, string>();
  const rest = (): FilePart[] => parts.filter((part) => !reasons.has(part));
  const leaveOut = (isLeftOut: (part: FilePart, others: FilePart[]) => boolean, reason: string): void => {
    // All decisions of a rule are made on the same meshes.
    const candidates = rest();
    const found = candidates.filter((part) => {
      const others = candidates.filter((other) => other !== part);
      return others.length > 0 && isLeftOut(part, others);
    });
    if (found.length < candidates.length) for (const part of found) reasons.set(part, reason);
  };
  const boxes = new Map(parts.map((part) => [part, boundingBox([part])]));
  const primitiveOf = new Map(parts.map((part, p) => [part, primitives[p]]));

  leaveOut((part, others) => isCopy(part, others, primitiveOf), 'is a copy of another mesh');
  if (map) leaveOut((part) => isOnPerson(part, map), 'is part of a person, not of the garment');
  leaveOut((part, others) => isPerson(part, boundingBox(others)), 'is a person, not a garment');
  leaveOut((part, others) => isGround(boxes.get(part)!, boundingBox(others)), 'is flat and larger than the garment');
  leaveOut((part, others) => {
    const skinned = others.filter((other) => other.joints);
    return !part.joints && skinned.length > 0 && isApart(boxes.get(part)!, boundingBox(skinned));
  }, 'lies apart from the garment and has no skin');

  if (rest().length === 0) return { parts, primitives, rig };
  for (const [{ name }, reason] of reasons) warnings.push(`mesh ${name} ${reason}: left out`);
  return { parts: rest(), primitives: primitives.filter((_, p) => !reasons.has(parts[p])), rig };
}

/** Rule 1. Of two meshes at the same place the first stays. */
function isCopy(part: FilePart, others: readonly FilePart[], primitiveOf: ReadonlyMap<FilePart, Primitive>): boolean {
  return others.some((other) => {
    if (primitiveOf.get(other) !== primitiveOf.get(part)) return false;
    if (!part.joints !== !other.joints) return !part.joints;
    return (
      others.indexOf(other) === 0 && part.positions.every((value, i) => Math.abs(value - other.positions[i]) < 1e-6)
    );
  });
}

/** Rule 2 for a mesh with bones. */
function isOnPerson({ joints, skinWeights, name }: FilePart, { bones }: BoneMap): boolean {
  if (!joints) return false;
  const shares = { head: 0, hands: 0, feet: 0 };
  let total = 0;
  joints.forEach((joint, k) => {
    total += skinWeights[k];
    for (const [part, of] of Object.entries(bodyParts))
      if (of.some((bone) => boneIndex[bone] === bones[joint])) shares[part as keyof typeof shares] += skinWeights[k];
  });
  const covers = (part: keyof typeof shares, least: number): boolean => shares[part] > least * total;
  if (covers('head', COVER_SHARE) && (covers('hands', COVER_SHARE) || covers('feet', COVER_SHARE))) return true;
  return (covers('head', ALONE_SHARE) || covers('hands', ALONE_SHARE)) && !HEAD_CLOTH.test(name);
}

/**
 * Rule 2 for a mesh without bones, y or z up: its highest point is in the middle of its top, as that of a head is (a
 * collar is a ring), and it reaches beyond the others (`garment`) above and below.
 */
function isPerson({ positions }: FilePart, garment: BoundingBox): boolean {
  const own = boundingBox([{ positions }]);
  return [1, 2].some((up) => {
    const height = own.high[up] - own.low[up];
    const beyond = BEYOND_SHARE * height;
    if (own.high[up] < garment.high[up] + beyond || own.low[up] > garment.low[up] - beyond) return false;
    const top: number[] = [];
    let crown = 0;
    for (let i = 0; i < positions.length; i += 3) {
      if (positions[i + up] > own.high[up] - TOP_SHARE * height) top.push(i);
      if (positions[i + up] > positions[crown + up]) crown = i;
    }
    const across = up === 1 ? [0, 2] : [0, 1];
    return across.every((a) => {
      const values = top.map((i) => positions[i + a]);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return Math.abs(positions[crown + a] - (low + high) / 2) <= CROWN * ((high - low) / 2);
    });
  });
}

/** Rule 3: `box` is flat and larger than `garment` in its plane. */
function isGround(box: BoundingBox, garment: BoundingBox): boolean {
  const sides = sidesOf(box);
  const others = sidesOf(garment);
  const flat = sides.indexOf(Math.min(...sides));
  return sides[flat] < FLAT * Math.max(...sides) && sides.every((side, a) => a === flat || side > others[a]);
}

/** Rule 4. */
function isApart(box: BoundingBox, garment: BoundingBox): boolean {
  const gap = APART * Math.max(...sidesOf(garment));
  return [0, 1, 2].some((a) => box.low[a] > garment.high[a] + gap || box.high[a] < garment.low[a] - gap);
}
