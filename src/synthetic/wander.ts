/** Adds where a standing body has wandered to at a moment, metres, to a place on the floor (x, y, z). */
export type Wander = (timeMs: number, place: Float32Array) => void;

/** Periods of the waves that make it up, seconds: most of a standing body's sway is slower than 1 Hz (Winter, "Human balance and posture control during standing and walking", 1995). */
const PERIODS = [1.7, 2.9, 4.7, 7.9];

/** Sideways and to and fro by `metres` (root mean square of each), in waves whose phases come from `seed`. */
export function createWander(metres: number, seed: number): Wander {
  if (metres === 0) return () => {};
  const size = metres * Math.sqrt(2 / PERIODS.length);
  const phase = (k: number): number => 2 * Math.PI * fraction(Math.sin(12.9898 * (seed + 1) + 78.233 * k) * 43758.5453);
  const phases = Array.from({ length: 2 * PERIODS.length }, (_, k) => phase(k));
  return (timeMs, place) => {
    for (let k = 0; k < PERIODS.length; k++) {
      const turn = (2 * Math.PI * timeMs) / 1000 / PERIODS[k]!;
      place[0]! += size * Math.sin(turn + phases[k]!);
      place[2]! += size * Math.sin(turn + phases[k + PERIODS.length]!);
    }
  };
}

function fraction(x: number): number {
  return x - Math.floor(x);
}
