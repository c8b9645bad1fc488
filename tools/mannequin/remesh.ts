import type { Field, TriangleMesh } from './marching-tetrahedra.ts';
import { project } from './project.ts';

type Size = (x: number, y: number, z: number) => number;

/** A mesh that can be edited: faces by vertex; a removed face is null. */
interface Editable {
  p: number[];
  faces: ([number, number, number] | null)[];
  around: Set<number>[];
}

/**
 * Even triangles of the wanted edge length everywhere (Botsch and Kobbelt 2004: split, collapse, flip, relax), kept on the
 * zero level of `field`. Closed and manifold in, closed and manifold out; deterministic.
 */
export function remesh(mesh: TriangleMesh, field: Field, size: Size, rounds: number): TriangleMesh {
  const e: Editable = { p: Array.from(mesh.positions), faces: [], around: [] };
  for (let v = 0; 3 * v < e.p.length; v++) e.around.push(new Set());
  for (let f = 0; f < mesh.indices.length; f += 3)
    addFace(e, mesh.indices[f]!, mesh.indices[f + 1]!, mesh.indices[f + 2]!);
  for (let n = 0; n < rounds; n++) {
    splitLong(e, size);
    collapseShort(e, size);
    flipEdges(e);
    relaxAlong(e, field, n === rounds - 1 ? 3 : 1);
  }
  return pack(e);
}

function addFace(e: Editable, a: number, b: number, c: number): void {
  const f = e.faces.push([a, b, c]) - 1;
  e.around[a]!.add(f);
  e.around[b]!.add(f);
  e.around[c]!.add(f);
}

function removeFace(e: Editable, f: number): void {
  for (const v of e.faces[f]!) e.around[v]!.delete(f);
  e.faces[f] = null;
}

function length(e: Editable, a: number, b: number): number {
  return Math.hypot(e.p[3 * a]! - e.p[3 * b]!, e.p[3 * a + 1]! - e.p[3 * b + 1]!, e.p[3 * a + 2]! - e.p[3 * b + 2]!);
}

function wanted(e: Editable, size: Size, a: number, b: number): number {
  return size(
    (e.p[3 * a]! + e.p[3 * b]!) / 2,
    (e.p[3 * a + 1]! + e.p[3 * b + 1]!) / 2,
    (e.p[3 * a + 2]! + e.p[3 * b + 2]!) / 2,
  );
}

/** Every edge once, as pairs a < b. */
function edgesOf(e: Editable): [number, number][] {
  const edges: [number, number][] = [];
  for (const face of e.faces) {
    if (!face) continue;
    for (let k = 0; k < 3; k++) {
      const a = face[k]!;
      const b = face[(k + 1) % 3]!;
      if (a < b) edges.push([a, b]);
    }
  }
  return edges;
}

function facesOfEdge(e: Editable, a: number, b: number): number[] {
  return [...e.around[a]!].filter((f) => e.around[b]!.has(f));
}

function neighboursOf(e: Editable, v: number): Set<number> {
  const set = new Set<number>();
  for (const f of e.around[v]!) for (const w of e.faces[f]!) if (w !== v) set.add(w);
  return set;
}

function third(face: readonly number[], a: number, b: number): number {
  return face.find((v) => v !== a && v !== b)!;
}

function splitLong(e: Editable, size: Size): void {
  for (const [a, b] of edgesOf(e)) {
    if (length(e, a, b) < (4 / 3) * wanted(e, size, a, b)) continue;
    const sides = facesOfEdge(e, a, b);
    if (sides.length !== 2) continue;
    const m = e.p.length / 3;
    for (let k = 0; k < 3; k++) e.p.push((e.p[3 * a + k]! + e.p[3 * b + k]!) / 2);
    e.around.push(new Set());
    for (const f of sides) {
      const face = e.faces[f]!;
      const i = face.findIndex((v, k) => (v === a && face[(k + 1) % 3] === b) || (v === b && face[(k + 1) % 3] === a));
      const [x, y, z] = [face[i]!, face[(i + 1) % 3]!, face[(i + 2) % 3]!];
      removeFace(e, f);
      addFace(e, x, m, z);
      addFace(e, m, y, z);
    }
  }
}

function normalOf(e: Editable, a: number, b: number, c: number): [number, number, number] {
  const at = (v: number, k: number): number => e.p[3 * v + k]!;
  const u = [0, 1, 2].map((k) => at(b, k) - at(a, k)) as [number, number, number];
  const w = [0, 1, 2].map((k) => at(c, k) - at(a, k)) as [number, number, number];
  return [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
}

function collapseShort(e: Editable, size: Size): void {
  for (const [a, b] of edgesOf(e)) {
    if (!e.around[a]!.size || !e.around[b]!.size) continue;
    const sides = facesOfEdge(e, a, b);
    if (sides.length !== 2) continue;
    const limit = wanted(e, size, a, b);
    if (length(e, a, b) > 0.8 * limit) continue;
    // The link condition: exactly the two opposite corners are common neighbours, else a fold would close on itself.
    const na = neighboursOf(e, a);
    const nb = neighboursOf(e, b);
    let common = 0;
    let long = false;
    for (const w of na) if (nb.has(w)) common++;
    if (common !== 2) continue;
    const middle = [0, 1, 2].map((k) => (e.p[3 * a + k]! + e.p[3 * b + k]!) / 2);
    for (const w of [...na, ...nb]) {
      if (w !== a && w !== b && Math.hypot(...middle.map((c, k) => c - e.p[3 * w + k]!)) > (4 / 3) * limit * 1.2)
        long = true;
    }
    if (long || na.size + nb.size - 4 < 3) continue;
    const kept = [...e.around[a]!, ...e.around[b]!].filter((f) => !sides.includes(f));
    const before = kept.map((f) => normalOf(e, ...e.faces[f]!));
    const old = [e.p.slice(3 * a, 3 * a + 3), e.p.slice(3 * b, 3 * b + 3)];
    for (let k = 0; k < 3; k++) e.p[3 * a + k] = e.p[3 * b + k] = middle[k]!;
    const flips = kept.some((f, i) => {
      const n = normalOf(e, ...e.faces[f]!);
      const o = before[i]!;
      const dot = n[0] * o[0] + n[1] * o[1] + n[2] * o[2];
      return dot < 0.3 * Math.hypot(...n) * Math.hypot(...o);
    });
    if (flips) {
      for (let k = 0; k < 3; k++) {
        e.p[3 * a + k] = old[0]![k]!;
        e.p[3 * b + k] = old[1]![k]!;
      }
      continue;
    }
    for (const f of sides) removeFace(e, f);
    for (const f of [...e.around[b]!]) {
      const face = e.faces[f]!.map((v) => (v === b ? a : v)) as [number, number, number];
      removeFace(e, f);
      addFace(e, ...face);
    }
  }
}

function flipEdges(e: Editable): void {
  for (const [a, b] of edgesOf(e)) {
    const sides = facesOfEdge(e, a, b);
    if (sides.length !== 2) continue;
    const [f, g] = sides as [number, number];
    const c = third(e.faces[f]!, a, b);
    const d = third(e.faces[g]!, a, b);
    if (c === d || neighboursOf(e, c).has(d)) continue;
    const off = (v: number, change: number): number => (e.around[v]!.size + change - 6) ** 2;
    const gain = off(a, 0) + off(b, 0) + off(c, 0) + off(d, 0) - off(a, -1) - off(b, -1) - off(c, 1) - off(d, 1);
    if (gain <= 0 || e.around[a]!.size <= 3 || e.around[b]!.size <= 3) continue;
    // Orientation: in f the edge runs from x to y.
    const face = e.faces[f]!;
    const i = face.indexOf(a);
    const [x, y] = face[(i + 1) % 3] === b ? [a, b] : [b, a];
    const n1 = normalOf(e, x, y, c);
    const n2 = normalOf(e, y, x, d);
    const m1 = normalOf(e, x, d, c);
    const m2 = normalOf(e, d, y, c);
    const sum = [0, 1, 2].map((k) => n1[k]! + n2[k]!);
    const facing = (n: readonly number[]): boolean =>
      n[0]! * sum[0]! + n[1]! * sum[1]! + n[2]! * sum[2]! > 0.6 * Math.hypot(...n) * Math.hypot(...sum);
    if (!facing(m1) || !facing(m2)) continue;
    removeFace(e, f);
    removeFace(e, g);
    addFace(e, x, d, c);
    addFace(e, d, y, c);
  }
}

function relaxAlong(e: Editable, field: Field, rounds: number): void {
  const next = Float64Array.from(e.p);
  for (let v = 0; v < e.around.length; v++) {
    if (!e.around[v]!.size) continue;
    // Area-weighted centre of the faces around: keeps dense regions dense.
    let total = 0;
    const sum = [0, 0, 0];
    for (const f of e.around[v]!) {
      const [a, b, c] = e.faces[f]!;
      const area = Math.hypot(...normalOf(e, a, b, c));
      total += area;
      for (let k = 0; k < 3; k++) sum[k]! += (area * (e.p[3 * a + k]! + e.p[3 * b + k]! + e.p[3 * c + k]!)) / 3;
    }
    for (let k = 0; k < 3; k++) next[3 * v + k] = e.p[3 * v + k]! * 0.4 + (0.6 * sum[k]!) / total;
    project(field, next, 3 * v, rounds);
  }
  e.p = Array.from(next);
}

/** Without the holes that editing left; vertices keep their order. */
function pack(e: Editable): TriangleMesh {
  const renamed = new Map<number, number>();
  const positions: number[] = [];
  e.around.forEach((faces, v) => {
    if (!faces.size) return;
    renamed.set(v, positions.length / 3);
    positions.push(e.p[3 * v]!, e.p[3 * v + 1]!, e.p[3 * v + 2]!);
  });
  const indices = e.faces.flatMap((face) => (face ? face.map((v) => renamed.get(v)!) : []));
  return { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}
