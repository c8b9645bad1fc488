import type { Field } from './marching-tetrahedra.ts';
import { type Part, partDistance } from './part.ts';

/** Beyond this distance a part has no influence, metres. The field is at most this large. */
const MAX_DISTANCE_METRES = 0.12;
/** Up to this distance from x = 0, metres, a part on the left also blends with its mirror image (thighs, buttocks). */
const MIDDLE_METRES = 0.05;
/** Largest width of that blend, metres. */
const MIDDLE_BLEND_METRES = 0.01;

/** Returns a smooth minimum (Quilez's polynomial), which is the exact minimum if a and b differ by more than `k`. */
function smoothMin(a: number, b: number, k: number): number {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
}

/**
 * Returns the signed distance of (x, y, z) from a part of the body, metres, negative inside; if the part is a pair,
 * from that on the point's side (x > 0 is the body's left).
 */
export function sideDistance(part: Part, x: number, y: number, z: number): number {
  return partDistance(part, part.side === 'both' ? Math.abs(x) : x, y, z);
}

/** Returns the box around a part's influence, metres: minimum x, y, z, then maximum. */
function boundsOf(part: Part): number[] {
  const bounds = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  const last = part.sections.length - 1;
  part.sections.forEach((section, i) => {
    const places = [section.along];
    if (i === 0) places.push(section.along - part.capStart);
    if (i === last) places.push(section.along + part.capEnd);
    for (const along of places)
      for (const u of [section.centreU + section.out, section.centreU - section.in])
        for (const v of [section.centreV + section.front, section.centreV - section.back]) {
          for (let k = 0; k < 3; k++) {
            const c = part.origin[k]! + along * part.axis[k]! + u * part.u[k]! + v * part.v[k]!;
            bounds[k] = Math.min(bounds[k]!, c - MAX_DISTANCE_METRES);
            bounds[k + 3] = Math.max(bounds[k + 3]!, c + MAX_DISTANCE_METRES);
          }
        }
  });
  return bounds;
}

/**
 * Returns the signed distance field of a whole body: a function of a point (x, y, z, metres) whose value is negative
 * inside, metres. The parts (trunk, arm, …: tubes of cross-sections) are blended in order: each is joined to, or carved
 * out of, the parts before it.
 */
export function createBodyField(parts: readonly Part[]): Field {
  const bounds = parts.map(boundsOf);
  return (x, y, z) => {
    let distance = MAX_DISTANCE_METRES;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      const box = bounds[i]!;
      const sideX = part.side === 'both' ? Math.abs(x) : x;
      if (sideX < box[0]! || sideX > box[3]! || y < box[1]! || y > box[4]! || z < box[2]! || z > box[5]!) continue;
      const toPart = partDistance(part, sideX, y, z);
      if (part.blend < 0) distance = -smoothMin(-distance, toPart, -part.blend);
      else distance = smoothMin(distance, toPart, part.blend);
      if (part.side === 'both' && sideX < MIDDLE_METRES && part.blend > 0) {
        const toMirrorImage = partDistance(part, -sideX, y, z);
        distance = smoothMin(distance, toMirrorImage, Math.min(part.blend, MIDDLE_BLEND_METRES));
      }
    }
    return distance;
  };
}
