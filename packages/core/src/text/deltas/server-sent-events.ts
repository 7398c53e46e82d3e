/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  /** The field `event`; '' if it was not sent. */
  readonly event: string;
  /** The fields `data`, joined by line feeds. */
  readonly data: string;
}

/** The longest line and the longest event, in characters. The last event of OpenAI's responses repeats the whole answer. */
const mostCharacters = 16_777_216;

const tooLong = (): Error => new Error(`The stream has a line or an event of more than ${mostCharacters} characters.`);

/** Splits text that arrives in parts of any size into lines, which end in CRLF, LF or CR. */
export function createLineSplitter() {
  // The unfinished line, in parts: each part is searched once, so that a long line costs linear time.
  let parts: string[] = [];
  let length = 0;
  let endedInCr = false;
  const keep = (part: string): void => {
    parts.push(part);
    length += part.length;
    if (length > mostCharacters) throw tooLong();
  };
  const takeLine = (): string => {
    const line = parts.join('');
    parts = [];
    length = 0;
    return line;
  };
  return {
    push(text: string): string[] {
      if (!text) return [];
      const lines: string[] = [];
      // The line feed of a CRLF that was split between two parts.
      let from = endedInCr && text.startsWith('\n') ? 1 : 0;
      endedInCr = text.endsWith('\r');
      for (const { index, 0: lineEnd } of text.matchAll(/\r\n?|\n/g)) {
        if (index < from) continue;
        keep(text.slice(from, index));
        lines.push(takeLine());
        from = index + lineEnd.length;
      }
      keep(text.slice(from));
      return lines;
    },
    /** Returns the last line if no line end followed it. */
    end: (): string[] => (length > 0 ? [takeLine()] : []),
  };
}

/**
 * Parses a `text/event-stream` that arrives in parts of any size, as the HTML standard says, except for its end: an event
 * that no empty line follows is given as well, because some servers leave the last one out.
 */
export function createEventParser() {
  const splitter = createLineSplitter();
  let event = '';
  let data: string[] = [];
  let length = 0;
  let isFirstLine = true;

  function take(): ServerSentEvent[] {
    const events = data.length > 0 ? [{ event, data: data.join('\n') }] : [];
    event = '';
    data = [];
    length = 0;
    return events;
  }
  function read(line: string): ServerSentEvent[] {
    const text = isFirstLine ? line.replace(/^\uFEFF/, '') : line;
    isFirstLine = false;
    if (text === '') return take();
    const colon = text.indexOf(':');
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + (text[colon + 1] === ' ' ? 2 : 1));
    if (name === 'event') event = value;
    if (name !== 'data') return [];
    data.push(value);
    length += value.length;
    if (length > mostCharacters) throw tooLong();
    return [];
  }
  return {
    push: (text: string): ServerSentEvent[] => splitter.push(text).flatMap(read),
    end: (): ServerSentEvent[] => [...splitter.end().flatMap(read), ...take()],
  };
}
