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
