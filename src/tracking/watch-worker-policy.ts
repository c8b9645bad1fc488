/** Notes whether the page's content security policy forbids the worker that starts from `script`, until `end`. */
export function watchWorkerPolicy(script: string): { readonly isForbidden: boolean; end(): void } {
  let isForbidden = false;
  const onViolation = ({ effectiveDirective, blockedURI, disposition }: SecurityPolicyViolationEvent): void => {
    // Of a `blob:` URL only its scheme is told.
    if (effectiveDirective === 'worker-src' && disposition === 'enforce' && script.startsWith(blockedURI))
      isForbidden = true;
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  return {
    get isForbidden() {
      return isForbidden;
    },
    end: () => document.removeEventListener('securitypolicyviolation', onViolation),
  };
}
