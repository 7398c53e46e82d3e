/** A pasted HTTP response in its parts. */
export interface SplitResponse {
  /** Three digits. */
  readonly status: string;
  /** `Name: value` lines, `Set-Cookie` left out: it is a secret and explains nothing. */
  readonly headers: string;
  readonly body: string;
}

const statusLine = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t]|$)/i;
const headerLine = /^[!#$%&'*+.^_`|~\w-]+[ \t]*:/;
/** What stands before the response: a prompt and its command, curl's progress and what `curl -v` tells of the connection. */
const mostLinesBefore = 200;

/**
 * Splits what `curl -i` or `curl -v` printed, or a response as it went over the wire. Of several, after `100 Continue`, a
 * proxy's CONNECT or redirects, the last one counts. Undefined when there is no status line.
 */
export function splitRawResponse(pasted: string): SplitResponse | undefined {
  const lines = withoutCurlsTalk(pasted.replace(/\r\n?/g, '\n').split('\n'));
  const isStatusLine = (line: string): boolean => statusLine.test(line);
  let at = lines.slice(0, mostLinesBefore).findIndex(isStatusLine);
  if (at < 0) return undefined;
  for (;;) {
    const status = statusLine.exec(lines[at]!)![1]!;
    const { headers, bodyAt } = readHead(lines, at + 1);
    // A redirect may have a body before the next response; `100 Continue` and CONNECT have none.
    at = bodyAt;
    while (status.startsWith('3') && at < lines.length && !isStatusLine(lines[at]!)) at++;
    if (!isStatusLine(lines[at] ?? '')) {
      return { status, headers: headers.join('\n'), body: lines.slice(bodyAt).join('\n') };
    }
  }
}

function readHead(lines: readonly string[], from: number): { headers: string[]; bodyAt: number } {
  const headers: string[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    if (!line.trim()) {
      at++;
      break;
    }
    // The obsolete way to go on in the next line.
    if (/^[ \t]/.test(line) && headers.length) headers.push(`${headers.pop()} ${line.trim()}`);
    else if (headerLine.test(line)) headers.push(line.trim());
    else break;
  }
  return { headers: headers.filter((line) => !/^set-cookie[ \t]*:/i.test(line)), bodyAt: at };
}

/** `curl -v` marks what came with `<`, what it sent with `>`, and its own words with `*`, `{` and `}`. */
function withoutCurlsTalk(lines: readonly string[]): string[] {
  if (!lines.some((line) => line.startsWith('< HTTP/'))) return [...lines];
  return lines
    .filter((line) => !/^(?:[*>] |>$|[{}] \[)/.test(line))
    .map((line) => line.replace(/^<(?: |$)/, '').replace(/\* (?:Connection|Closing).*$/, ''));
}
