/** Receives the lines that are printed: results, and what was changed or guessed. */
export interface Printer {
  log(line: string): void;
  warn(line: string): void;
  /** Shows how far a long command is: `done` of `total` things. Left out: it is not shown. */
  progress?(done: number, total: number): void;
}

/** Where a command that reads garments is called from. */
export interface GarmentCommandOptions {
  /** Path of the folder with the room's files, whatever folder the command is called from. */
  assetsFolder: string;
  /** Path of the folder from which paths of files count, and the shop's packages are searched. */
  folder: string;
  /** The command as a person writes it, for messages. */
  usage: string;
}
