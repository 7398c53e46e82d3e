/** An answer ready to be sent. Rate, credit and CORS headers are added on the way out, by those who know them. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** More headers, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called once when the answer has gone out whole, or when the client has left: frees what the request held. */
  readonly released?: () => void;
  /** Only this share of the body is sent before the connection ends, though the length promises the whole. Absent: all of it. */
  readonly sentShare?: number;
}

/** A JSON answer. */
export const jsonAnswer = (status: number, body: unknown, contentType = 'application/json'): Answer => ({
  status,
  contentType,
  body: JSON.stringify(body),
});

/** What proxies in front of an API say: a web page. */
export const pageAnswer = (status: number, title: string): Answer => ({
  status,
  contentType: 'text/html',
  body: `<html><head><title>${status} ${title}</title></head><body><center><h1>${status} ${title}</h1></center></body></html>`,
});
