// Tabulates the measures of one sex of ANSUR II, the US Army's survey of bodies: 5th percentile, mean, 95th percentile.

/** Columns of heights and lengths: tabulated as the value expected at a percentile of stature. */
const lengths = [
  'stature',
  'cervicaleheight',
  'acromialheight',
  'suprasternaleheight',
  'axillaheight',
  'chestheight',
  'waistheightomphalion',
  'buttockheight',
  'trochanterionheight',
  'crotchheight',
  'kneeheightmidpatella',
  'lateralmalleolusheight',
  'acromionradialelength',
  'radialestylionlength',
  'sleeveoutseam',
  'handlength',
  'footlength',
  'tragiontopofhead',
  'waistbacklength',
] as const;
/** Columns of girths, breadths and depths: tabulated at a percentile of the column itself. */
const girths = [
  'headcircumference',
  'headbreadth',
  'headlength',
  'neckcircumference',
  'neckcircumferencebase',
  'biacromialbreadth',
  'bideltoidbreadth',
  'shouldercircumference',
  'chestbreadth',
  'chestdepth',
  'chestcircumference',
  'waistbreadth',
  'waistdepth',
  'waistcircumference',
  'hipbreadth',
  'buttockdepth',
  'buttockcircumference',
  'bicepscircumferenceflexed',
  'forearmcircumferenceflexed',
  'wristcircumference',
  'thighcircumference',
  'lowerthighcircumference',
  'calfcircumference',
  'anklecircumference',
  'handbreadth',
  'footbreadthhorizontal',
] as const;
/** A measure, by the name of its column in ANSUR II. */
export type AnsurMeasure = (typeof lengths)[number] | (typeof girths)[number];
/** A value for each measure, metres. */
export type AnsurFigures = Record<AnsurMeasure, number>;

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** Returns the quantile `p` (0 to 1) of the values, interpolated linearly between neighbours. */
function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = p * (sorted.length - 1);
  const low = Math.floor(rank);
  return sorted[low]! + (rank - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}

/**
 * Computes the figures of one sex: at the 5th percentile, the mean (`50`) and at the 95th percentile, metres rounded to
 * 0.1 mm. `columns`: by lower-case column name, the values of all people in the same order, metres. Heights and lengths
 * are those expected at a percentile of stature (linear regression), so that they add up to one person. Throws a
 * RangeError if a column is missing.
 */
export function tabulate(columns: ReadonlyMap<string, number[]>): {
  5: AnsurFigures;
  50: AnsurFigures;
  95: AnsurFigures;
} {
  const column = (name: string): number[] => {
    const values = columns.get(name);
    if (!values) throw new RangeError(`The file has no column ${name}: is it one of ANSUR II's?`);
    return values;
  };
  const stature = column('stature');
  const meanStature = mean(stature);
  const variance = mean(stature.map((s) => (s - meanStature) ** 2));
  /** Returns the figures at the quantile `p` (0 to 1), or the means if it is null. */
  const figuresAt = (p: number | null): AnsurFigures =>
    Object.fromEntries(
      [
        ...lengths.map((name) => {
          const values = column(name);
          const average = mean(values);
          const slope = mean(values.map((v, i) => (v - average) * (stature[i]! - meanStature))) / variance;
          return [name, p === null ? average : average + slope * (quantile(stature, p) - meanStature)];
        }),
        ...girths.map((name) => [name, p === null ? mean(column(name)) : quantile(column(name), p)]),
      ].map(([name, value]) => [name, Math.round((value as number) * 1e4) / 1e4]),
    ) as AnsurFigures;
  return { 5: figuresAt(0.05), 50: figuresAt(null), 95: figuresAt(0.95) };
}
