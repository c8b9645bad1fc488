/** A file that holds one size of a garment. */
interface SizeFile {
  /** Name of the size. */
  size: string;
  /** Absolute URL of the GLB. */
  src: string;
}

/** A garment that the page wants worn: the attributes of a `<fitting-garment>`. */
export interface GarmentRequest {
  id: string;
  /** Name that the shopper reads; the id by default. */
  label?: string;
  /** Absolute URL. */
  src: string;
  /** Wanted colour variant; null for the garment's first. */
  color: string | null;
  /** Wanted size; null for the garment's base size. */
  size: string | null;
  /** The garment's files, where each holds one size, the base size first; absent: `src` holds all sizes. */
  files?: readonly SizeFile[];
}
