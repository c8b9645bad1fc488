import type { Accessor, Document, Primitive } from '@gltf-transform/core';
import { expect } from 'vitest';

/**
 * Expects the same triangles, vertex attributes and size displacements in two garment files, number by number, and
 * names the first that differs. (Bytes may differ: packing depends on the version of Node.)
 */
export function expectSameNumbers(made: Document, committed: Document): void {
  const wanted = primitivesOf(committed);
  expect(primitivesOf(made)).toHaveLength(wanted.length);
  primitivesOf(made).forEach((primitive, p) => {
    expectSame(primitive.getIndices(), wanted[p].getIndices(), 'indices');
    for (const semantic of wanted[p].listSemantics())
      expectSame(primitive.getAttribute(semantic), wanted[p].getAttribute(semantic), semantic);
    const targets = wanted[p].listTargets();
    expect(primitive.listTargets()).toHaveLength(targets.length);
    primitive.listTargets().forEach((target, t) => {
      expectSame(target.getAttribute('POSITION'), targets[t].getAttribute('POSITION'), `size ${t}`);
    });
  });
}

function primitivesOf(document: Document): Primitive[] {
  return document
    .getRoot()
    .listMeshes()
    .flatMap((mesh) => mesh.listPrimitives());
}

function expectSame(made: Accessor | null, committed: Accessor | null, name: string): void {
  const [a, b] = [made!.getArray()!, committed!.getArray()!];
  expect(a.length, name).toBe(b.length);
  expect(
    (a as Float32Array).findIndex((value, i) => value !== b[i]),
    `${name}: the first number that differs`,
  ).toBe(-1);
}
