/**
 * Remeshes a closed surface with even triangles of a wanted size (Botsch and Kobbelt 2004).
 *
 * In each round:
 * 1. Split edges that are too long.
 * 2. Collapse edges that are too short.
 * 3. Flip edges if that brings the numbers of neighbours of their vertices nearer to six.
 * 4. Move vertices towards the centroid of their triangles and back onto the zero level of the distance field.
 *
 * A closed manifold mesh remains closed and manifold. The result is the same in every run.
 */
import type { Field, TriangleMesh } from './marching-tetrahedra.ts';
import { project } from './project.ts';

/** Wanted length of an edge at a point, metres. */
type EdgeLength = (x: number, y: number, z: number) => number;
/** Three vertices, anticlockwise from outside. */
type Face = [number, number, number];

/** A mesh that can be edited. */
interface EditableMesh {
  /** 3 × vertices, metres. */
  positions: number[];
  /** Three vertices for each face, anticlockwise from outside; null for a removed face. */
  faces: (Face | null)[];
  /** For each vertex: its faces. */
  facesAround: Set<number>[];
}

/** An edge is split above LONG times the wanted length, and collapsed below SHORT times the wanted length. */
const LONG = 4 / 3;
const SHORT = 0.8;
/** A collapse must make no edge longer than this multiple of `LONG`. */
const COLLAPSE_MARGIN = 1.2;
/** Smallest cosine between a face's normals before and after a collapse, and between old and new faces of a flip. */
const MIN_COLLAPSE_COSINE = 0.3;
const MIN_FLIP_COSINE = 0.6;
/** Share of the way to the centroid that a vertex moves in a round. */
const RELAXATION = 0.6;

/**
 * Returns a new mesh of the surface after the given number of rounds. `mesh` must be closed; it is left as it is.
 * `field`: signed distance of a point from the surface, metres. `edgeLength`: wanted length of the edges at a point,
 * metres. In the last round vertices are projected three times, so that they end on the surface.
 */
export function remesh(mesh: TriangleMesh, field: Field, edgeLength: EdgeLength, rounds: number): TriangleMesh {
  const edited: EditableMesh = { positions: Array.from(mesh.positions), faces: [], facesAround: [] };
  for (let v = 0; 3 * v < edited.positions.length; v++) edited.facesAround.push(new Set());
  for (let t = 0; t < mesh.indices.length; t += 3)
    addFace(edited, mesh.indices[t]!, mesh.indices[t + 1]!, mesh.indices[t + 2]!);
  for (let round = 0; round < rounds; round++) {
    splitLongEdges(edited, edgeLength);
    collapseShortEdges(edited, edgeLength);
    flipEdges(edited);
    relax(edited, field, round === rounds - 1 ? 3 : 1);
  }
  return compact(edited);
}

/** Adds a face, anticlockwise from outside. */
function addFace(mesh: EditableMesh, a: number, b: number, c: number): void {
  const face = mesh.faces.push([a, b, c]) - 1;
  mesh.facesAround[a]!.add(face);
  mesh.facesAround[b]!.add(face);
  mesh.facesAround[c]!.add(face);
}

function removeFace(mesh: EditableMesh, face: number): void {
  for (const v of mesh.faces[face]!) mesh.facesAround[v]!.delete(face);
  mesh.faces[face] = null;
}

/** Returns the length of the edge between two vertices, metres. */
function currentLength({ positions }: EditableMesh, a: number, b: number): number {
  return Math.hypot(
    positions[3 * a]! - positions[3 * b]!,
    positions[3 * a + 1]! - positions[3 * b + 1]!,
    positions[3 * a + 2]! - positions[3 * b + 2]!,
  );
}

/** Returns the length wanted at the middle of the edge between two vertices, metres. */
function wantedLength({ positions }: EditableMesh, edgeLength: EdgeLength, a: number, b: number): number {
  return edgeLength(
    (positions[3 * a]! + positions[3 * b]!) / 2,
    (positions[3 * a + 1]! + positions[3 * b + 1]!) / 2,
    (positions[3 * a + 2]! + positions[3 * b + 2]!) / 2,
  );
}

/** Returns every edge once, as pairs a < b. */
function listEdges(mesh: EditableMesh): [number, number][] {
  const edges: [number, number][] = [];
  for (const face of mesh.faces) {
    if (!face) continue;
    for (let k = 0; k < 3; k++) {
      const a = face[k]!;
      const b = face[(k + 1) % 3]!;
      if (a < b) edges.push([a, b]);
    }
  }
  return edges;
}

/** Returns the numbers of the faces at an edge. */
function facesOfEdge(mesh: EditableMesh, a: number, b: number): number[] {
  return [...mesh.facesAround[a]!].filter((face) => mesh.facesAround[b]!.has(face));
}

function neighboursOf(mesh: EditableMesh, v: number): Set<number> {
  const neighbours = new Set<number>();
  for (const face of mesh.facesAround[v]!) for (const w of mesh.faces[face]!) if (w !== v) neighbours.add(w);
  return neighbours;
}

/** Returns the corner of a face that is not on its edge from `a` to `b`. */
function cornerOpposite(face: Readonly<Face>, a: number, b: number): number {
  return face.find((v) => v !== a && v !== b)!;
}

/** Step 1: splits at the middle. */
function splitLongEdges(mesh: EditableMesh, edgeLength: EdgeLength): void {
  const { positions } = mesh;
  for (const [a, b] of listEdges(mesh)) {
    if (currentLength(mesh, a, b) < LONG * wantedLength(mesh, edgeLength, a, b)) continue;
    const faces = facesOfEdge(mesh, a, b);
    if (faces.length !== 2) continue;
    const middle = positions.length / 3;
    for (let k = 0; k < 3; k++) positions.push((positions[3 * a + k]! + positions[3 * b + k]!) / 2);
    mesh.facesAround.push(new Set());
    for (const f of faces) {
      const face = mesh.faces[f]!;
      const i = face.findIndex((v, k) => {
        const next = face[(k + 1) % 3];
        return (v === a && next === b) || (v === b && next === a);
      });
      const [x, y, z] = [face[i]!, face[(i + 1) % 3]!, face[(i + 2) % 3]!];
      removeFace(mesh, f);
      addFace(mesh, x, middle, z);
      addFace(mesh, middle, y, z);
    }
  }
}

/** Returns the normal of a face, not normalised: its length is twice the face's area. */
function normalOf({ positions }: EditableMesh, a: number, b: number, c: number): [number, number, number] {
  const u = [0, 1, 2].map((k) => positions[3 * b + k]! - positions[3 * a + k]!) as [number, number, number];
  const w = [0, 1, 2].map((k) => positions[3 * c + k]! - positions[3 * a + k]!) as [number, number, number];
  return [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}

/** Step 2. */
function collapseShortEdges(mesh: EditableMesh, edgeLength: EdgeLength): void {
  const { positions } = mesh;
  for (const [a, b] of listEdges(mesh)) {
    if (!mesh.facesAround[a]!.size || !mesh.facesAround[b]!.size) continue;
    const faces = facesOfEdge(mesh, a, b);
    if (faces.length !== 2) continue;
    const wanted = wantedLength(mesh, edgeLength, a, b);
    if (currentLength(mesh, a, b) > SHORT * wanted) continue;
    // The link condition: if a and b share more neighbours than the two opposite corners, the surface would fold up.
    const neighboursA = neighboursOf(mesh, a);
    const neighboursB = neighboursOf(mesh, b);
    let shared = 0;
    for (const w of neighboursA) if (neighboursB.has(w)) shared++;
    if (shared !== 2 || neighboursA.size + neighboursB.size - 4 < 3) continue;
    const middle = [0, 1, 2].map((k) => (positions[3 * a + k]! + positions[3 * b + k]!) / 2);
    const makesLongEdge = [...neighboursA, ...neighboursB].some(
      (w) =>
        w !== a &&
        w !== b &&
        Math.hypot(...middle.map((c, k) => c - positions[3 * w + k]!)) > LONG * wanted * COLLAPSE_MARGIN,
    );
    if (makesLongEdge) continue;
    const kept = [...mesh.facesAround[a]!, ...mesh.facesAround[b]!].filter((face) => !faces.includes(face));
    const normalsBefore = kept.map((face) => normalOf(mesh, ...mesh.faces[face]!));
    const [oldA, oldB] = [positions.slice(3 * a, 3 * a + 3), positions.slice(3 * b, 3 * b + 3)];
    for (let k = 0; k < 3; k++) positions[3 * a + k] = positions[3 * b + k] = middle[k]!;
    const turnsFace = kept.some((face, i) => {
      const after = normalOf(mesh, ...mesh.faces[face]!);
      const before = normalsBefore[i]!;
      return dot(after, before) < MIN_COLLAPSE_COSINE * Math.hypot(...after) * Math.hypot(...before);
    });
    if (turnsFace) {
      for (let k = 0; k < 3; k++) {
        positions[3 * a + k] = oldA[k]!;
        positions[3 * b + k] = oldB[k]!;
      }
      continue;
    }
    for (const face of faces) removeFace(mesh, face);
    for (const f of [...mesh.facesAround[b]!]) {
      const face = mesh.faces[f]!.map((v) => (v === b ? a : v)) as Face;
      removeFace(mesh, f);
      addFace(mesh, ...face);
    }
  }
}

/** Step 3. */
function flipEdges(mesh: EditableMesh): void {
  for (const [a, b] of listEdges(mesh)) {
    const faces = facesOfEdge(mesh, a, b);
    if (faces.length !== 2) continue;
    const [f, g] = faces as [number, number];
    const c = cornerOpposite(mesh.faces[f]!, a, b);
    const d = cornerOpposite(mesh.faces[g]!, a, b);
    if (c === d || neighboursOf(mesh, c).has(d)) continue;
    /** Squared difference from six faces around, after a change. */
    const irregularity = (v: number, change: number): number => (mesh.facesAround[v]!.size + change - 6) ** 2;
    const before = irregularity(a, 0) + irregularity(b, 0) + irregularity(c, 0) + irregularity(d, 0);
    const after = irregularity(a, -1) + irregularity(b, -1) + irregularity(c, 1) + irregularity(d, 1);
    if (before <= after || mesh.facesAround[a]!.size <= 3 || mesh.facesAround[b]!.size <= 3) continue;
    // In face f, the edge runs from x to y.
    const face = mesh.faces[f]!;
    const [x, y] = face[(face.indexOf(a) + 1) % 3] === b ? [a, b] : [b, a];
    const oldNormals = [normalOf(mesh, x, y, c), normalOf(mesh, y, x, d)] as const;
    const sum = [0, 1, 2].map((k) => oldNormals[0][k]! + oldNormals[1][k]!);
    const facesAlike = (normal: readonly number[]): boolean =>
      dot(normal, sum) > MIN_FLIP_COSINE * Math.hypot(...normal) * Math.hypot(...sum);
    if (!facesAlike(normalOf(mesh, x, d, c)) || !facesAlike(normalOf(mesh, d, y, c))) continue;
    removeFace(mesh, f);
    removeFace(mesh, g);
    addFace(mesh, x, d, c);
    addFace(mesh, d, y, c);
  }
}

/**
 * Step 4: moves each vertex towards the centroid of the triangles around it, weighted by their areas, then projects it
 * in `projectionRounds` steps.
 */
function relax(mesh: EditableMesh, field: Field, projectionRounds: number): void {
  const { positions } = mesh;
  const next = Float64Array.from(positions);
  for (let v = 0; v < mesh.facesAround.length; v++) {
    if (!mesh.facesAround[v]!.size) continue;
    let totalArea = 0;
    const sum = [0, 0, 0];
    for (const f of mesh.facesAround[v]!) {
      const [a, b, c] = mesh.faces[f]!;
      const area = Math.hypot(...normalOf(mesh, a, b, c));
      totalArea += area;
      for (let k = 0; k < 3; k++)
        sum[k]! += (area * (positions[3 * a + k]! + positions[3 * b + k]! + positions[3 * c + k]!)) / 3;
    }
    for (let k = 0; k < 3; k++)
      next[3 * v + k] = positions[3 * v + k]! * (1 - RELAXATION) + (RELAXATION * sum[k]!) / totalArea;
    project(field, next, 3 * v, { rounds: projectionRounds });
  }
  mesh.positions = Array.from(next);
}

/** Returns the mesh without removed vertices and faces, in the same order. */
function compact(mesh: EditableMesh): TriangleMesh {
  const newIndex = new Map<number, number>();
  const positions: number[] = [];
  mesh.facesAround.forEach((faces, v) => {
    if (!faces.size) return;
    newIndex.set(v, positions.length / 3);
    positions.push(mesh.positions[3 * v]!, mesh.positions[3 * v + 1]!, mesh.positions[3 * v + 2]!);
  });
  const indices = mesh.faces.flatMap((face) => (face ? face.map((v) => newIndex.get(v)!) : []));
  return { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}
