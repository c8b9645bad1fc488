import { Color } from 'three';

/** The colours of one person and of that person's clothes: CSS colours of the form `#rrggbb`, sRGB. */
export interface PersonColors {
  skin: string;
  lips: string;
  hair: string;
  eyes: string;
  top: string;
  shorts: string;
  shoes: string;
}

/** The persons between which the seed selects. */
const PEOPLE: readonly PersonColors[] = [
  {
    skin: '#d9a98a',
    lips: '#b0655a',
    hair: '#3a2a20',
    eyes: '#4a3424',
    top: '#8f979f',
    shorts: '#2c3340',
    shoes: '#e4e2de',
  },
  {
    skin: '#8d5a3c',
    lips: '#7a4038',
    hair: '#17120f',
    eyes: '#2a1b12',
    top: '#c9c3b8',
    shorts: '#3b3f38',
    shoes: '#45423f',
  },
  {
    skin: '#e8c2a6',
    lips: '#c07a6e',
    hair: '#8a6238',
    eyes: '#4f6474',
    top: '#5d6b74',
    shorts: '#1f2328',
    shoes: '#d8d4cc',
  },
];

/** Colours of skin and lips by the skin's name. */
const skins = {
  light: { skin: '#e8c2a6', lips: '#c07a6e' },
  medium: { skin: '#bb8560', lips: '#93544a' },
  dark: { skin: '#6b432d', lips: '#5c3029' },
} as const;
/** Name of a skin. */
export type SkinName = keyof typeof skins;

/**
 * Returns whether `skin` is the name of a skin (`light`, `medium`, `dark`) or a CSS colour: `#rgb`, `#rrggbb`, a named
 * colour, `rgb()` or `hsl()`.
 */
export function isSkin(skin: unknown): boolean {
  return (
    typeof skin === 'string' &&
    (Object.hasOwn(skins, skin) ||
      /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(skin) ||
      Object.hasOwn(Color.NAMES, skin.toLowerCase()) ||
      /^(rgb|hsl)\([\d\s.,%]+\)$/i.test(skin))
  );
}
/** Names of the skins, for error messages. */
export const skinNames = Object.keys(skins);

/**
 * Returns the colours of the person that `seed` selects: 1 is the first of the three persons, 4 the first again.
 * `skin`, a skin's name or a CSS colour that `isSkin` accepts, replaces that person's skin and gives the lips a
 * matching colour.
 */
export function personColors(seed: number, skin?: string): PersonColors {
  const person = PEOPLE[Math.abs(Math.trunc(seed) - 1) % PEOPLE.length];
  if (skin === undefined) return person;
  if (Object.hasOwn(skins, skin)) return { ...person, ...skins[skin as SkinName] };
  const color = new Color(skin);
  const hex = `#${color.getHexString()}`;
  return { ...person, skin: hex, lips: `#${color.multiply(new Color('#d08078')).getHexString()}` };
}
