// Types of what tests use of the package `gltf-validator`, which checks the bytes of a glTF file. `severity`: 0 for an
// error, 1 for a warning, 2 for information, 3 for a hint; `pointer`: path in the file's JSON.
declare module 'gltf-validator' {
  export interface ValidatorReport {
    issues: {
      numErrors: number;
      numWarnings: number;
      messages: { code: string; message: string; severity: number; pointer?: string }[];
    };
  }
  const validator: { validateBytes(data: Uint8Array): Promise<ValidatorReport> };
  export default validator;
}
