import { routes, type Route } from './routes.ts';

/** A route, and the pieces of the path that it names. */
export interface Match {
  readonly route: Route;
  readonly pieces: Readonly<Record<string, string>>;
}

/** Longest first, so that `files/token` is a file and no token. */
const byLength = routes
  .map((route) => ({ route, pattern: route.path.split('/') }))
  .toSorted((a, b) => b.pattern.length - a.pattern.length);

/** What a vendor's id or voice may look like: never a path of its own, decoded once or twice. */
const plainPiece = /^[^\p{Cc}\s/\\%?#]{1,200}$/u;
const shapes: Readonly<Record<string, RegExp>> = {
  // docs/relay-protocol.md, “Paying once”.
  key: /^[\w-]{16,64}$/,
  // Compact JWE without an encrypted key (RFC 7516 §7.1).
  sealed: /^[\w-]{1,200}\.\.[\w-]{1,50}\.[\w-]{1,8000}\.[\w-]{1,50}$/,
};

/** The piece as text; undefined for what could mean another path. */
function readPiece(name: string, encoded: string): string | undefined {
  try {
    const piece = decodeURIComponent(encoded);
    return piece !== '.' && piece !== '..' && (shapes[name] ?? plainPiece).test(piece) ? piece : undefined;
  } catch {
    return undefined;
  }
}

function matchEnd(end: readonly string[], pattern: readonly string[]): Record<string, string> | undefined {
  if (end.length !== pattern.length) return undefined;
  const pieces: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    if (!expected.startsWith(':')) {
      if (end[index] !== expected) return undefined;
      continue;
    }
    const piece = readPiece(expected.slice(1), end[index]!);
    if (piece === undefined) return undefined;
    pieces[expected.slice(1)] = piece;
  }
  return pieces;
}

/** The route at the end of a path; a last slash does not matter. */
export function matchRoute(pathname: string): Match | undefined {
  const parts = pathname.replace(/^\//, '').replace(/\/$/, '').split('/');
  for (const { route, pattern } of byLength) {
    const pieces = parts.length >= pattern.length ? matchEnd(parts.slice(-pattern.length), pattern) : undefined;
    if (pieces) return { route, pieces };
  }
  return undefined;
}

/** A path at the vendor, with the page's pieces in their places. */
export const fillPath = (template: string, pieces: Readonly<Record<string, string>>): string =>
  template.replace(/:([a-z]+)/g, (_, name: string) => encodeURIComponent(pieces[name] ?? ''));
