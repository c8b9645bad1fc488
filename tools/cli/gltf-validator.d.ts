// Types of what is used of the package `gltf-validator`, which checks the bytes of a glTF file. `severity`: 0 for an
// error, 1 for a warning, 2 for information, 3 for a hint; `pointer`: path in the file's JSON.
declare module 'gltf-validator' {
  export interface ValidatorReport {
    issues: {
      numErrors: number;
      numWarnings: number;
      messages: { code: string; message: string; severity: number; pointer?: string }[];
    };
    info: { totalTriangleCount: number };
  }
  export interface ValidatorOptions {
    /** Resolves to the bytes of a file beside the checked one, by the URL in it. */
    externalResourceFunction?: (url: string) => Promise<Uint8Array>;
    /** 0: all. */
    maxIssues?: number;
    /** Severity by code. */
    severityOverrides?: Record<string, number>;
  }
  export function validateBytes(data: Uint8Array, options?: ValidatorOptions): Promise<ValidatorReport>;
}
