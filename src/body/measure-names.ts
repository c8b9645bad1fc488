import { girthNames } from './girth-levels.ts';

/** Names of the lengths that are measured. */
export const lengthNames = [
  'shoulder',
  'arm',
  'upperArmLength',
  'lowerArmLength',
  'leg',
  'upperLegLength',
  'lowerLegLength',
] as const;
export type LengthName = (typeof lengthNames)[number];

/** Names of all measures: girths and lengths, centimetres. */
export const measureNames = [...girthNames, ...lengthNames] as const;
export type MeasureName = (typeof measureNames)[number];
