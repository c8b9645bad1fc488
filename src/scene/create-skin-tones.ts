/**
 * Skin of people from the lightest to the darkest: CIELAB. Between the ends, means of classes of the individual typology
 * angle, rounded (Del Bino and Bernerd 2013, "Variations in skin colour and the biological consequences of ultraviolet
 * radiation exposure"). Dark faces that are measured from a distance, as a camera does, have more chroma (clusters of
 * 120 faces, "Proposed shade guide for human facial skin", IADR 2009): their chroma is between both.
 */
const SKIN_LAB: readonly [number, number, number][] = [
  [80, 7, 13],
  [72, 10, 15],
  [67, 12, 17],
  [61, 12, 19],
  [54, 13, 20],
  [44, 14, 19],
  [35, 14, 16],
  [22, 11, 12],
];
/** Cameras' tone curves lift middle tones: skin looks brighter beside white than its albedo is, by this factor. */
const SKIN_LIFT = 1.25;
/** Number of tones. */
const TONES = 16;

/** A tone of skin: logarithms of its luminance (albedo, linear), and of red / green and blue / green. */
interface SkinTone {
  luminance: number;
  red: number;
  blue: number;
}

/** Returns `TONES` tones from the lightest to the darkest, evenly by the logarithm of their luminance. */
export function createSkinTones(): SkinTone[] {
  const classes = SKIN_LAB.map(([lightness, a, b]): SkinTone => {
    const fy = (lightness + 16) / 116;
    const toLinear = (f: number): number => (f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29));
    const [x, y, z] = [0.95047 * toLinear(fy + a / 500), toLinear(fy), 1.08883 * toLinear(fy - b / 200)];
    const red = 3.2404542 * x - 1.5371385 * y - 0.4985314 * z;
    const green = -0.969266 * x + 1.8760108 * y + 0.041556 * z;
    const blue = 0.0556434 * x - 0.2040259 * y + 1.0572252 * z;
    return { luminance: Math.log(SKIN_LIFT * y), red: Math.log(red / green), blue: Math.log(blue / green) };
  });
  const [lightest, darkest] = [classes[0].luminance, classes[classes.length - 1].luminance];
  return Array.from({ length: TONES }, (_, i) => {
    const luminance = lightest + (i / (TONES - 1)) * (darkest - lightest);
    const lighter = classes.findLastIndex((tone) => tone.luminance >= luminance);
    const first = Math.min(classes.length - 2, Math.max(0, lighter));
    const [a, b] = [classes[first], classes[first + 1]];
    const share = (a.luminance - luminance) / (a.luminance - b.luminance);
    const mix = (key: keyof SkinTone): number => a[key] * (1 - share) + b[key] * share;
    return { luminance, red: mix('red'), blue: mix('blue') };
  });
}
