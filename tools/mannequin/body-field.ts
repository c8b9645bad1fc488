import { type Part, partDistance } from './part.ts';

/** Polynomial smooth minimum of width k (Quilez): equal to min beyond k. */
function smoothMin(a: number, b: number, k: number): number {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
}

/** Distance of a part or the nearer of it and its mirror image. */
export function sideDistance(part: Part, x: number, y: number, z: number): number {
  return partDistance(part, part.side === 'both' ? Math.abs(x) : x, y, z);
}

/** Beyond this far from a part nothing of it is felt; metres. */
const FAR = 0.12;

/** Axis-aligned bounds of a part, grown by FAR: [minX, minY, minZ, maxX, maxY, maxZ]. */
function boundsOf(part: Part): number[] {
  const bounds = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  const last = part.sections.length - 1;
  part.sections.forEach((s, i) => {
    const ats = [
      s.along,
      ...(i === 0 ? [s.along - part.capStart] : []),
      ...(i === last ? [s.along + part.capEnd] : []),
    ];
    for (const at of ats)
      for (const u of [s.centreU + s.out, s.centreU - s.in])
        for (const v of [s.centreV + s.front, s.centreV - s.back]) {
          for (let k = 0; k < 3; k++) {
            const c = part.origin[k]! + at * part.axis[k]! + u * part.u[k]! + v * part.v[k]!;
            bounds[k] = Math.min(bounds[k]!, c - FAR);
            bounds[k + 3] = Math.max(bounds[k + 3]!, c + FAR);
          }
        }
  });
  return bounds;
}

/** Signed distance field of a whole body: the parts in order, each blended with what came before. */
export function createBodyField(parts: readonly Part[]): (x: number, y: number, z: number) => number {
  const bounds = parts.map(boundsOf);
  return (x, y, z) => {
    let d = FAR;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      const b = bounds[i]!;
      const mirrored = part.side === 'both' ? Math.abs(x) : x;
      if (mirrored < b[0]! || mirrored > b[3]! || y < b[1]! || y > b[4]! || z < b[2]! || z > b[5]!) continue;
      const own = partDistance(part, mirrored, y, z);
      if (part.blend < 0) d = -smoothMin(-d, own, -part.blend);
      else d = smoothMin(d, own, part.blend);
      // Near the plane of symmetry a pair meets its own mirror image as well (thighs, buttocks).
      if (part.side === 'both' && mirrored < 0.05 && part.blend > 0) {
        const other = partDistance(part, -mirrored, y, z);
        d = smoothMin(d, other, Math.min(part.blend, 0.01));
      }
    }
    return d;
  };
}
