import type { DistanceGrid } from './distance-grid.ts';
import { levelHem } from './level-hem.ts';
import { pieceNames, type SewnTee } from './sew-tee.ts';
import { surfaceNormals } from './surface-normals.ts';
import { type Atlas, layoutAtlas } from './tee-atlas.ts';
import { baseTeeSize, type TeeSize } from './tee-measures.ts';

/** Half the thickness of a hem and of the rib, metres: jersey folded double, rib knit folded double. */
const hemInset = 0.0013,
  ribInset = 0.0014,
  ribOutset = 0.0008;
/** What the finished shirt keeps from the body everywhere, metres. */
const finishedClearance = 0.0042;

/** How far inside the draped sheet the finished shirt reaches, per particle: where something is turned in, its thickness. */
function innerDepth(tee: SewnTee): Float64Array {
  const depth = new Float64Array(tee.particles);
  const rib = pieceNames.indexOf('rib');
  for (let t = 0; t < tee.triangles.length; t++) {
    const vertex = tee.triangles[t],
      inset = tee.pieceOf[vertex] === rib ? ribInset : tee.hemOf[Math.floor(t / 3)] ? hemInset : 0;
    depth[tee.particleOf[vertex]] = Math.max(depth[tee.particleOf[vertex]], inset);
  }
  return depth;
}

/** The mesh as written to the file: the outside first (same vertices as the sewn pieces), then what is turned in at hems and rib. */
export interface FinishedTee {
  /** Texture coordinates, 2 × vertices, origin top left. */
  uvs: Float32Array;
  atlas: Atlas;
  /** The particle that each vertex follows, for skin weights. */
  particleOf: Int32Array;
  /** Triangles of the jersey and of the rib. */
  jersey: number[];
  rib: number[];
  /** Per size: 3 × vertices. */
  positions: Record<TeeSize, Float32Array>;
  normals: Record<TeeSize, Float32Array>;
}

/** Where a vertex lies relative to the draped sheet: along the sheet's normal, and along its free edge's outward direction. */
interface Offset {
  particle: number;
  along: number;
  beyond: number;
  u: number;
  v: number;
  island: string;
  roll: number;
}

/** Gives the draped sheets thickness where one sees it, texture coordinates and normals. */
export function finishTee(tee: SewnTee, draped: Record<TeeSize, Float64Array>): FinishedTee {
  const atlas = layoutAtlas(tee);
  const vertices: Offset[] = [],
    jersey: number[] = [],
    ribTriangles: number[] = [];
  const rib = pieceNames.indexOf('rib'),
    flat = tee.flat[baseTeeSize];
  const ribWidth = flat[2 * (tee.starts[rib + 1] - 1) + 1];
  for (let i = 0; i < tee.pieceOf.length; i++) {
    const inRib = tee.pieceOf[i] === rib;
    const along = inRib ? ribOutset * Math.min(1, (flat[2 * i + 1] / ribWidth) * 2) : 0; // flush with the jersey at the seam
    vertices.push({
      particle: tee.particleOf[i],
      along,
      beyond: 0,
      u: flat[2 * i],
      v: flat[2 * i + 1],
      island: pieceNames[tee.pieceOf[i]],
      roll: 0,
    });
  }
  for (let t = 0; t < tee.triangles.length; t += 3)
    (tee.pieceOf[tee.triangles[t]] === rib ? ribTriangles : jersey).push(
      tee.triangles[t],
      tee.triangles[t + 1],
      tee.triangles[t + 2],
    );
  const turnIn = (
    name: string,
    edge: readonly number[],
    triangles: readonly number[],
    inset: number,
    outset: number,
    target: number[],
  ): void => {
    const island = `${name}.inside`;
    const copies = new Map<number, number>();
    const add = (i: number, along: number, beyond: number, v: number, roll: number): number =>
      vertices.push({ particle: tee.particleOf[i], along, beyond, u: flat[2 * i], v, island, roll }) - 1;
    const inner = (i: number): number => {
      if (!copies.has(i)) copies.set(i, add(i, -inset, 0, flat[2 * i + 1], Math.PI));
      return copies.get(i)!;
    };
    for (let t = 0; t < triangles.length; t += 3)
      target.push(inner(triangles[t]), inner(triangles[t + 2]), inner(triangles[t + 1]));
    // Round the free edge: outside, the very edge, inside.
    const away = name === 'rib' ? 1 : -1;
    const outer = edge.map((i) => add(i, outset, 0, flat[2 * i + 1] + away * 0.002, 0));
    const lip = edge.map((i) =>
      add(i, (outset - inset) / 2, (outset + inset) * 0.6 + 0.0003, flat[2 * i + 1] + away * 0.001, Math.PI / 2),
    );
    const strip = (one: readonly number[], two: readonly number[]): void => {
      for (let k = 0; k + 1 < edge.length; k++) {
        const quad = [one[k], one[k + 1], two[k + 1], one[k], two[k + 1], two[k]];
        if (flips) quad.reverse();
        target.push(...quad);
      }
    };
    const flips = runsAlong(triangles, edge);
    strip(outer, lip);
    strip(lip, edge.map(inner));
  };
  for (const name of pieceNames) {
    const triangles: number[] = [];
    for (let t = 0; t < tee.triangles.length; t += 3) {
      if (pieceNames[tee.pieceOf[tee.triangles[t]]] === name && (name === 'rib' || tee.hemOf[t / 3]))
        triangles.push(tee.triangles[t], tee.triangles[t + 1], tee.triangles[t + 2]);
    }
    if (name === 'rib') turnIn(name, tee.edges['rib.free'], triangles, ribInset, ribOutset, ribTriangles);
    else turnIn(name, tee.edges[`${name}.hem`], triangles, hemInset, 0, jersey);
  }
  const uvs = new Float32Array(2 * vertices.length);
  vertices.forEach(({ island, u, v }, i) => uvs.set(atlas.place(island, u, v), 2 * i));
  const shapes = Object.entries(draped).map(([size, positions]) => [size, thicken(tee, vertices, positions)] as const);
  return {
    uvs,
    atlas,
    particleOf: Int32Array.from(vertices, ({ particle }) => particle),
    jersey,
    rib: ribTriangles,
    positions: Object.fromEntries(shapes.map(([size, { positions }]) => [size, positions])) as Record<
      TeeSize,
      Float32Array
    >,
    normals: Object.fromEntries(shapes.map(([size, { normals }]) => [size, normals])) as Record<TeeSize, Float32Array>,
  };
}

/** Whether the triangles of a piece run along its edge in the edge's direction; a strip beyond the edge must then run against it. */
function runsAlong(triangles: readonly number[], edge: readonly number[]): boolean {
  for (let t = 0; t < triangles.length; t++) {
    if (triangles[t] === edge[0] && triangles[t % 3 === 2 ? t - 2 : t + 1] === edge[1]) return true;
  }
  return false;
}

function thicken(
  tee: SewnTee,
  vertices: readonly Offset[],
  sheet: Float64Array,
): { positions: Float32Array; normals: Float32Array } {
  const normals = surfaceNormals(
    sheet,
    tee.triangles.map((i) => tee.particleOf[i]),
  );
  const beyond = outwardAtEdges(tee, sheet, normals);
  const outPositions = new Float32Array(3 * vertices.length),
    outNormals = new Float32Array(3 * vertices.length);
  vertices.forEach((vertex, i) => {
    const p = 3 * vertex.particle;
    const c = Math.cos(vertex.roll),
      s = Math.sin(vertex.roll);
    for (let k = 0; k < 3; k++) {
      outPositions[3 * i + k] = sheet[p + k] + vertex.along * normals[p + k] + vertex.beyond * beyond[p + k];
      outNormals[3 * i + k] = c * normals[p + k] + s * beyond[p + k];
    }
    const n = Math.hypot(outNormals[3 * i], outNormals[3 * i + 1], outNormals[3 * i + 2]) || 1;
    for (let k = 0; k < 3; k++) outNormals[3 * i + k] /= n;
  });
  return { positions: outPositions, normals: outNormals };
}

/** Unit directions in the sheet, out over its free edges; zero elsewhere. */
function outwardAtEdges(tee: SewnTee, sheet: Float64Array, normals: Float64Array): Float64Array {
  const out = new Float64Array(sheet.length);
  const count = new Map<number, number>();
  for (let t = 0; t < tee.triangles.length; t++) {
    const a = tee.particleOf[tee.triangles[t]],
      b = tee.particleOf[tee.triangles[t % 3 === 2 ? t - 2 : t + 1]];
    const key = Math.min(a, b) * tee.particles + Math.max(a, b);
    count.set(key, count.has(key) ? 0 : b * tee.particles + a); // 0 once a second triangle shares the side
  }
  for (const value of count.values()) {
    if (value === 0) continue;
    const b = 3 * Math.floor(value / tee.particles),
      a = 3 * (value % tee.particles);
    const dx = sheet[b] - sheet[a],
      dy = sheet[b + 1] - sheet[a + 1],
      dz = sheet[b + 2] - sheet[a + 2];
    for (const p of [a, b]) {
      // along the edge × normal points out of an anticlockwise triangle
      out[p] += dy * normals[p + 2] - dz * normals[p + 1];
      out[p + 1] += dz * normals[p] - dx * normals[p + 2];
      out[p + 2] += dx * normals[p + 1] - dy * normals[p];
    }
  }
  for (let p = 0; p < out.length; p += 3) {
    const n = Math.hypot(out[p], out[p + 1], out[p + 2]);
    if (n > 0) for (let k = 0; k < 3; k++) out[p + k] /= n;
  }
  return out;
}

/** Takes the finest ripples out of a draped sheet, straightens its seams and puts it back outside the body by exact distances. */
export function settleSheet(tee: SewnTee, sheet: Float64Array, body: DistanceGrid): Float64Array {
  const neighbours = particleNeighbours(tee);
  const smooth = smoothRipples(tee, sheet, neighbours);
  const lines = seamLines(tee),
    straightened = straighten(smooth, lines);
  // The cloth beside a seam goes along with it, less with every row.
  const onSeam = new Set(lines.flatMap(({ list }) => list));
  let shift = straightened.map((value, i) => value - smooth[i]);
  for (let pass = 0; pass < 5; pass++) {
    const next = shift.slice();
    for (let i = 0; i < tee.particles; i++) {
      if (onSeam.has(i)) continue;
      for (let k = 0; k < 3; k++)
        next[3 * i + k] = neighbours[i].reduce((sum, j) => sum + shift[3 * j + k], 0) / neighbours[i].length;
    }
    shift = next;
  }
  return keepClear(
    tee,
    levelHem(
      tee,
      evenOut(
        tee,
        smooth.map((value, i) => value + shift[i]),
        onSeam,
      ),
    ),
    body,
  );
}

/** Slides inner particles within the sheet to where the pattern has them among their neighbours (mean value coordinates, Floater 2003), so that grain and print run straight. */
function evenOut(tee: SewnTee, sheet: Float64Array, onSeam: ReadonlySet<number>): Float64Array {
  const triangles = tee.triangles.map((i) => tee.particleOf[i]),
    flat = tee.flat[baseTeeSize],
    free = freeEdges(tee);
  const weights: Map<number, number>[] = Array.from({ length: tee.particles }, () => new Map());
  for (let t = 0; t < tee.triangles.length; t++) {
    const base = t - (t % 3),
      i = tee.triangles[t],
      j = tee.triangles[base + ((t + 1) % 3)],
      k = tee.triangles[base + ((t + 2) % 3)];
    const ux = flat[2 * j] - flat[2 * i],
      uy = flat[2 * j + 1] - flat[2 * i + 1],
      vx = flat[2 * k] - flat[2 * i],
      vy = flat[2 * k + 1] - flat[2 * i + 1];
    const u = Math.hypot(ux, uy),
      v = Math.hypot(vx, vy),
      half = Math.tan(Math.acos(Math.min(1, (ux * vx + uy * vy) / (u * v))) / 2);
    const own = weights[tee.particleOf[i]];
    own.set(tee.particleOf[j], (own.get(tee.particleOf[j]) ?? 0) + half / u);
    own.set(tee.particleOf[k], (own.get(tee.particleOf[k]) ?? 0) + half / v);
  }
  let at = sheet;
  for (let pass = 0; pass < 12; pass++) {
    const next = at.slice(),
      normals = surfaceNormals(at, triangles);
    for (let i = 0; i < tee.particles; i++) {
      if (onSeam.has(i) || free.has(i)) continue;
      const move = [0, 0, 0];
      let total = 0,
        along = 0;
      for (const [j, weight] of weights[i]) {
        total += weight;
        for (let k = 0; k < 3; k++) move[k] += weight * (at[3 * j + k] - at[3 * i + k]);
      }
      for (let k = 0; k < 3; k++) along += (move[k] / total) * normals[3 * i + k];
      for (let k = 0; k < 3; k++) next[3 * i + k] += 0.7 * (move[k] / total - along * normals[3 * i + k]);
    }
    at = next;
  }
  return at;
}

/** λ|μ smoothing along the normals only: in the sheet's own plane, uneven triangles would drift. */
function smoothRipples(tee: SewnTee, sheet: Float64Array, neighbours: readonly number[][]): Float64Array {
  const triangles = tee.triangles.map((i) => tee.particleOf[i]),
    free = freeEdges(tee);
  let at = sheet.slice();
  for (const factor of taubin(5)) {
    const next = at.slice(),
      normals = surfaceNormals(at, triangles);
    for (let i = 0; i < tee.particles; i++) {
      const ring = free.has(i) ? neighbours[i].filter((j) => free.has(j)) : neighbours[i];
      let along = 0;
      for (let k = 0; k < 3; k++)
        along += normals[3 * i + k] * (ring.reduce((sum, j) => sum + at[3 * j + k], 0) / ring.length - at[3 * i + k]);
      for (let k = 0; k < 3; k++) next[3 * i + k] += factor * along * normals[3 * i + k];
    }
    at = next;
  }
  return at;
}

/** Factors of λ|μ smoothing (Taubin 1995), which takes out what is fine and does not shrink what is coarse. */
function taubin(passes: number): number[] {
  return Array.from({ length: passes }, () => [0.5, -0.52]).flat();
}

interface SeamLine {
  list: number[];
  closed: boolean;
}

/** Seams, hems and the rows of the rib as chains of particles. */
function seamLines(tee: SewnTee): SeamLine[] {
  const particles = (list: readonly number[]): number[] => list.map((i) => tee.particleOf[i]);
  const lines: SeamLine[] = [];
  for (const side of ['Left', 'Right']) {
    for (const name of [`front.shoulder${side}`, `front.side${side}`, `sleeve${side}.underFront`])
      lines.push({ list: particles(tee.edges[name]), closed: false });
    lines.push({
      list: particles([
        ...tee.edges[`front.armhole${side}`],
        ...[...tee.edges[`back.armhole${side}`]].reverse().slice(1, -1),
      ]),
      closed: true,
    });
  }
  const rows = tee.edges['rib.first'].length,
    columns = tee.edges['rib.sewn'].length,
    start = tee.edges['rib.sewn'][0];
  for (let row = 0; row < rows; row++)
    lines.push({
      list: particles(Array.from({ length: columns - 1 }, (_, c) => start + row * columns + c)),
      closed: true,
    });
  return lines;
}

/** λ|μ smoothing along chains; their open ends stay. */
function straighten(sheet: Float64Array, lines: readonly SeamLine[]): Float64Array {
  const out = sheet.slice();
  for (const { list, closed } of lines) {
    for (const factor of taubin(14)) {
      const before = list.map((p) => [out[3 * p], out[3 * p + 1], out[3 * p + 2]]);
      list.forEach((p, i) => {
        if (!closed && (i === 0 || i === list.length - 1)) return;
        const a = before[(i + list.length - 1) % list.length],
          b = before[(i + 1) % list.length];
        for (let k = 0; k < 3; k++) out[3 * p + k] += factor * ((a[k] + b[k]) / 2 - before[i][k]);
      });
    }
  }
  return out;
}

function particleNeighbours(tee: SewnTee): number[][] {
  const sets: Set<number>[] = Array.from({ length: tee.particles }, () => new Set());
  for (let t = 0; t < tee.triangles.length; t++) {
    const a = tee.particleOf[tee.triangles[t]],
      b = tee.particleOf[tee.triangles[t % 3 === 2 ? t - 2 : t + 1]];
    sets[a].add(b);
    sets[b].add(a);
  }
  return sets.map((set) => [...set]);
}

function freeEdges(tee: SewnTee): Set<number> {
  return new Set(
    ['front.hem', 'back.hem', 'sleeveLeft.hem', 'sleeveRight.hem', 'rib.free'].flatMap((name) =>
      tee.edges[name].map((i) => tee.particleOf[i]),
    ),
  );
}

/** Moves particles out until even what is turned in there keeps its distance. */
function keepClear(tee: SewnTee, sheet: Float64Array, body: DistanceGrid): Float64Array {
  const depth = innerDepth(tee),
    gradient = new Float64Array(3);
  for (let i = 0; i < tee.particles; i++) {
    for (let pass = 0; pass < 4; pass++) {
      const [x, y, z] = sheet.subarray(3 * i, 3 * i + 3),
        need = finishedClearance + depth[i] * 1.25 + 0.0001;
      const distance = body.surface.signedDistance(x, y, z);
      if (distance === null || distance >= need) break;
      body.sample(x, y, z, gradient);
      for (let k = 0; k < 3; k++) sheet[3 * i + k] += (need - distance + 0.0001) * gradient[k];
    }
  }
  return sheet;
}
