import { expect, it } from 'vitest';
import { findNeighbours } from '../garment/find-neighbours.ts';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { ClothCover } from './cloth-cover.ts';

const { indices, positions } = makeTube(0.15, 0.8, 1.4);
const neighbours = findNeighbours(indices, positions.length / 3);
/** Two vertices of the skin, far from each other. */
const [HERE, FAR] = [0, positions.length / 3 - 1];
const next = neighbours.neighbours[neighbours.starts[HERE]];

function floorAt(cover: ClothCover, vertex: number): number {
  const floors = new Float32Array(2);
  cover.findFloors(Int32Array.of(-1, vertex), floors);
  expect(floors[0]).toBe(-Infinity);
  return floors[1];
}

it('covers the skin around a particle as high as the cloth is, and bares it again', () => {
  const cover = new ClothCover(neighbours);
  expect(floorAt(cover, HERE)).toBe(-Infinity);
  cover.add([HERE, -1, FAR], [0.03, 0.1, Infinity]);
  expect(floorAt(cover, HERE)).toBeCloseTo(0.031, 6);
  expect(floorAt(cover, next)).toBeCloseTo(0.031, 6);
  expect(floorAt(cover, FAR)).toBe(-Infinity);
  cover.clear();
  expect(floorAt(cover, HERE)).toBe(-Infinity);
});

it('is as high as the outermost garment', () => {
  const cover = new ClothCover(neighbours);
  cover.add([HERE], [0.03]);
  cover.add([HERE], [0.01]);
  expect(floorAt(cover, HERE)).toBeCloseTo(0.031, 6);
  cover.add([HERE], [0.05]);
  expect(floorAt(cover, HERE)).toBeCloseTo(0.051, 6);
});
