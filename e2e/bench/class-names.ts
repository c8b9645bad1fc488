/** What a pixel shows, by its number in a map of classes: the order of `PixelClasses`, then everything else. */
export const classNames = ['hair', 'skin', 'upper', 'lower', 'background'] as const;
/** One of `classNames`. */
export type ClassName = (typeof classNames)[number];
