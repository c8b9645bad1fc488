import { girthNames } from './girth-levels.ts';

/**
 * Names of the lengths that are measured: breadth of the shoulders, arm from shoulder to wrist, leg from hip to ankle,
 * and the two segments of each.
 */
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

/** Names of all measures of a shopper: girths and lengths. */
export const measureNames = [...girthNames, ...lengthNames] as const;
export type MeasureName = (typeof measureNames)[number];
