import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { Cloth, type ClothOptions } from './cloth.ts';
import { connectSheet, type Hinge, type Spring } from './connect-sheet.ts';
import type { HangOptions } from './hang-options.ts';
import { makeGrid, makeGridSheet } from './make-grid.test-helper.ts';
import { orderSprings } from './order-springs.ts';
import { scatter } from './scatter.ts';

type Vector = [number, number, number];
/** A particle of the reference, whose formulas are written for one particle or spring at a time, with 64 bits. */
interface Particle {
  position: Vector;
  before: Vector;
  velocity: Vector;
  inverseMass: number;
}

const add = (a: Vector, b: Vector, factor = 1): Vector => a.map((value, k) => value + factor * b[k]) as Vector;
const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, k) => sum + value * b[k], 0);

const material: ClothOptions = { weight: 0.16, stretch: 250, pullToPush: 6, bend: 1e-3 };
const hanging: HangOptions = {
  step: 0.004,
  gravity: 9.81,
  damping: 4,
  seamCompliance: 1e-4,
  sweep: 'symmetric',
  cling: 800,
  slipMetres: 0.02,
  lift: 5,
  friction: 0.4,
  maxPushMetres: 0.003,
  innerFriction: 2,
};

/** A crumpled sheet of 5 × 4 squares (seed 5) with two held particles, a seam and a closure. */
function makeScene() {
  const random = createRandom(5);
  const near = (range: number): number => range * (random() - 0.5);
  const { positions, triangles } = makeGrid(5, 4, 0.03);
  const sheet = makeGridSheet({ positions, triangles });
  const crumpled = positions.map((value) => value + near(0.012));
  const fastenings = { held: [7, 8], seams: [0, 29], closures: [{ a: 3, b: 20, length: 0.07 }] };
  const cloth = new Cloth(sheet, crumpled, material, fastenings);
  const { springs: sides, hinges: inOrder, areas } = connectSheet(sheet);
  const particles = Array.from(areas, (area, i): Particle => {
    const velocity: Vector = [near(2), near(2), near(2)];
    cloth.velocities.set(velocity, 4 * i);
    const position = [...crumpled.subarray(3 * i, 3 * i + 3)] as Vector;
    const inverseMass = fastenings.held.includes(i) ? 0 : 1 / (material.weight * area);
    return { position, before: position, velocity, inverseMass };
  });
  const unordered = [...sides, ...fastenings.closures];
  const springs = orderSprings(unordered, crumpled).map((s) => unordered[s]);
  // The order in which they are solved.
  const hinges = inOrder.map((hinge, h) => ({ hinge, key: scatter(h) })).sort((p, q) => p.key - q.key);
  return { cloth, particles, springs, hinges: hinges.map(({ hinge }) => hinge), ...fastenings, near };
}

function start(particles: Particle[], held: number[]): void {
  const { step, gravity, damping } = hanging;
  particles.forEach((particle, i) => {
    particle.before = particle.position;
    if (held.includes(i)) return;
    const falling = add(particle.velocity, [0, -gravity * step, 0]);
    particle.velocity = falling.map((speed) => speed * Math.exp(-damping * step)) as Vector;
    particle.position = add(particle.position, particle.velocity, step);
  });
}

function close(particles: Particle[], [s, t]: number[]): void {
  const [a, b] = [particles[s], particles[t]];
  const compliance = hanging.seamCompliance / hanging.step ** 2;
  const gap = add(b.position, a.position, -1);
  const factor = 1 / (a.inverseMass + b.inverseMass + compliance);
  a.position = add(a.position, gap, a.inverseMass * factor);
  b.position = add(b.position, gap, -b.inverseMass * factor);
}

/** `springs`: in the order of a forward pass. */
function stretch(particles: Particle[], springs: Spring[], isBackwards: boolean): void {
  for (const spring of isBackwards ? springs.toReversed() : springs) {
    const [a, b, rest] = [particles[spring.a], particles[spring.b], spring.length];
    const gap = add(b.position, a.position, -1);
    const length = Math.sqrt(dot(gap, gap));
    const softness = length < rest ? material.pullToPush : 1;
    const compliance = softness / (material.stretch * Math.sqrt(0.75) * hanging.step ** 2);
    const factor = (length - rest) / length / (a.inverseMass + b.inverseMass + compliance);
    a.position = add(a.position, gap, a.inverseMass * factor);
    b.position = add(b.position, gap, -b.inverseMass * factor);
  }
}

function bend(particles: Particle[], hinges: Hinge[]): void {
  for (const { particles: corners, coefficients, area, stiffness } of hinges) {
    const four = corners.map((i) => particles[i]);
    const curve = four.reduce<Vector>((sum, { position }, k) => add(sum, position, coefficients[k]), [0, 0, 0]);
    const response = four.reduce((sum, { inverseMass }, k) => sum + inverseMass * coefficients[k] ** 2, 0);
    const factor = 1 / (response + area / (3 * material.bend * stiffness) / hanging.step ** 2);
    four.forEach((particle, k) => {
      particle.position = add(particle.position, curve, -particle.inverseMass * coefficients[k] * factor);
    });
  }
}

function end(particles: Particle[]): void {
  for (const particle of particles)
    particle.velocity = add(particle.position, particle.before, -1).map((moved) => moved / hanging.step) as Vector;
}

/** Largest distance of a particle from where the reference has it, metres. */
function difference(cloth: Cloth, particles: Particle[]): number {
  const positions = cloth.readPositions();
  return Math.max(
    ...particles.map(({ position }, i) => Math.hypot(...position.map((v, k) => v - positions[3 * i + k]))),
  );
}

describe('Cloth', () => {
  it.each(['symmetric', 'alternate'] as const)(
    'its steps are what the formulas give, with a sweep that is %s',
    (sweep) => {
      const { cloth, particles, springs, hinges, held, seams } = makeScene();
      let passes = 0;
      for (let n = 0; n < 6; n++) {
        cloth.step({ collide() {} }, { ...hanging, sweep });
        start(particles, held);
        close(particles, seams);
        // The first pass goes backwards.
        stretch(particles, springs, passes++ % 2 === 0);
        bend(particles, hinges);
        if (sweep === 'symmetric') stretch(particles, springs, passes++ % 2 === 0);
        end(particles);
      }
      expect(difference(cloth, particles)).toBeLessThan(2e-6);
      particles.forEach(({ velocity }, i) => {
        velocity.forEach((speed, k) => void expect(cloth.velocities[4 * i + k]).toBeCloseTo(speed, 3));
      });
    },
  );

  it('hangs as the formulas give: inner friction, cling with slip, lift, planes with friction (seed 5)', () => {
    const { cloth, particles, springs, hinges, held, seams, near } = makeScene();
    const pulls = particles.map(({ position }, i) => {
      const place = add(position, [near(0.06), near(0.06), near(0.06)]);
      const up: Vector = [near(1), near(1), near(1)];
      const share = (i % 5) / 4;
      cloth.places.set([...place, 1], 4 * i);
      cloth.ups.set(up, 4 * i);
      cloth.clings[i] = share;
      return { place, up, share };
    });
    // A slanting plane through the sheet, for two particles out of three.
    const normal: Vector = [0.6, 0, 0.8];
    const hasPlane = (i: number): boolean => i % 3 < 2;
    particles.forEach((_, i) => void cloth.planes.set(hasPlane(i) ? [...normal, -0.05] : [0, 0, 0, 0], 4 * i));
    let pushes = 0;
    for (let n = 0; n < 6; n++) {
      particles.forEach((particle, i) => {
        const { place, up, share } = pulls[i];
        const gap = add(place, particle.position, -1);
        const speed = Math.hypot(...particle.velocity);
        const kept = Math.max(0, 1 - ((hanging.innerFriction ?? 0) * hanging.step) / speed);
        particle.velocity = add([0, 0, 0], particle.velocity, kept);
        const within = Math.min(1, hanging.slipMetres / Math.hypot(...gap));
        particle.velocity = add(particle.velocity, gap, hanging.cling * hanging.step * share * within);
        particle.velocity = add(particle.velocity, up, hanging.lift * hanging.step * share);
      });
      start(particles, held);
      close(particles, seams);
      stretch(particles, springs, true);
      bend(particles, hinges);
      stretch(particles, springs, false);
      particles.forEach((particle, i) => {
        const distance = dot(particle.position, normal) - 0.05;
        if (!hasPlane(i) || distance >= 0) return;
        pushes++;
        const depth = Math.min(-distance, hanging.maxPushMetres);
        const pushed = add(particle.position, normal, depth);
        const moved = add(pushed, particle.before, -1);
        const along = dot(moved, normal);
        if (along > 0) particle.before = add(particle.before, normal, along);
        const slid = add(moved, normal, -along);
        particle.position = add(pushed, slid, -Math.min(1, (hanging.friction * depth) / Math.hypot(...slid)));
      });
      end(particles);
    }
    cloth.hang(6, hanging);
    expect(pushes).toBeGreaterThan(30);
    expect(difference(cloth, particles)).toBeLessThan(2e-6);
  });
});
