/** Heights and lengths that go with stature. */
const alongStature = [
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
/** Girths, breadths and depths, each by itself. */
const across = [
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
export type AnsurMeasure = (typeof alongStature)[number] | (typeof across)[number];
export type AnsurFigures = Record<AnsurMeasure, number>;

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** The p-th quantile, linear between neighbours. */
function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}

/** Figures of one sex at the 5th percentile, the mean and the 95th, metres to 0.1 mm. */
export function tabulate(columns: ReadonlyMap<string, number[]>): {
  5: AnsurFigures;
  50: AnsurFigures;
  95: AnsurFigures;
} {
  const column = (name: string): number[] => {
    const values = columns.get(name);
    if (!values) throw new RangeError(`ANSUR II has no column ${name}.`);
    return values;
  };
  const stature = column('stature');
  const staturesMean = mean(stature);
  const variance = mean(stature.map((s) => (s - staturesMean) ** 2));
  const at = (p: number | null): AnsurFigures =>
    Object.fromEntries(
      [
        ...alongStature.map((name) => {
          const values = column(name);
          const average = mean(values);
          const slope = mean(values.map((v, i) => (v - average) * (stature[i]! - staturesMean))) / variance;
          return [name, p === null ? average : average + slope * (quantile(stature, p) - staturesMean)];
        }),
        ...across.map((name) => [name, p === null ? mean(column(name)) : quantile(column(name), p)]),
      ].map(([name, value]) => [name, Math.round((value as number) * 1e4) / 1e4]),
    ) as AnsurFigures;
  return { 5: at(0.05), 50: at(null), 95: at(0.95) };
}
