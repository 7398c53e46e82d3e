/** What the page's content-security policy refused. */
export interface PolicyViolation {
  /** The directive that decided, such as `worker-src`. */
  readonly directive: string;
  /** The whole policy. */
  readonly policy: string;
}

/** What `work` gave, and what of it the policy refused while it ran. */
export async function watchPolicy<T>(work: () => Promise<T>): Promise<{ result: T; refused: PolicyViolation | undefined }> {
  let refused: PolicyViolation | undefined;
  const onViolation = ({ disposition, effectiveDirective, originalPolicy }: SecurityPolicyViolationEvent): void => {
    if (disposition === 'enforce') refused = { directive: effectiveDirective, policy: originalPolicy };
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  try {
    const result = await work();
    await new Promise((resolve) => setTimeout(resolve, 50)); // the event may come after the rejection
    return { result, refused };
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}

/** The directive as it should be: what the policy has, with `source` added. */
export function allowing(source: string, { directive, policy }: PolicyViolation): string {
  const directives = new Map(
    policy.split(';').map((each) => {
      const [name = '', ...sources] = each.trim().split(/\s+/);
      return [name, sources];
    }),
  );
  // `script-src-elem` is what engines report where only `script-src` is written.
  const name = directives.has(directive) ? directive : directive.replace(/-(elem|attr)$/, '');
  // A worker falls back to script-src, all else to default-src: what these allow would be lost by a new directive.
  const inherited =
    name === 'worker-src' ? (directives.get('script-src') ?? directives.get('default-src')) : directives.get('default-src');
  const sources = (directives.get(name) ?? inherited ?? []).filter((each) => each !== "'none'");
  return [name, ...new Set([...sources, source])].join(' ');
}

/** How a policy names the origin of an address. */
export const sourceOf = (url: URL): string => (url.origin === location.origin ? "'self'" : url.origin);

/** What to change, so that `file`, which `source` stands for in a policy, is let in. Without `file`, any file of the page's origin. */
export function policyFix(source: string, refused: PolicyViolation, file?: URL): string {
  if (refused.directive !== 'require-trusted-types-for') {
    return `Change the Content-Security-Policy header to: ${allowing(source, refused)}`;
  }
  const isLet = file ? `url === '${file.href}'` : 'new URL(url, location.href).origin === location.origin';
  return `Before it is used: trustedTypes.createPolicy('default', { createScriptURL: (url) => (${isLet} ? url : null) })`;
}
