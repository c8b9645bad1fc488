// Statistics of lists of numbers, in the unit of the numbers.
/** Returns the value below which a `share` (0..1) of `values` is, interpolated linearly; NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** Returns the median; NaN without values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Returns the arithmetic mean; NaN without values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean and 95th percentile of values. */
export interface Spread {
  mean: number;
  p95: number;
}

/** Returns mean and 95th percentile. */
export function spread(values: readonly number[]): Spread {
  return { mean: mean(values), p95: quantile(values, 0.95) };
}

/** A straight line fitted to points. */
export interface Trend {
  /** Change of y for each unit of x. */
  slope: number;
  /** Standard error of the slope; 0 if all points are on the line. */
  error: number;
}

/** Fits a line to the points (xs[i], ys[i]) by least squares. The error needs at least three points. */
export function trend(xs: readonly number[], ys: readonly number[]): Trend {
  const x0 = mean(xs);
  const y0 = mean(ys);
  const xx = xs.reduce((sum, x) => sum + (x - x0) ** 2, 0);
  const slope = xs.reduce((sum, x, i) => sum + (x - x0) * (ys[i] - y0), 0) / xx;
  const squaredResiduals = xs.reduce((sum, x, i) => sum + (ys[i] - y0 - slope * (x - x0)) ** 2, 0);
  return { slope, error: Math.sqrt(squaredResiduals / (xs.length - 2) / xx) };
}
