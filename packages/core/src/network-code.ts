/** Node hides the system's code, such as `ECONNREFUSED`, a few causes deep; browsers show none. */
export function networkCodeOf(thrown: unknown): string | undefined {
  let at: unknown = thrown;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^(E|UND_ERR)[A-Z_]+$/.test(code)) return code;
    at = at.cause;
  }
  return undefined;
}
