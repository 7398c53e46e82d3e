/** An answer ready to be sent. Rate, credit and CORS headers are added on the way out, by those who know them. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** More headers, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Called once when the answer has gone out whole, or when the client has left: frees what the request held. */
  readonly released?: () => void;
  /** Credits that the call cost or would have cost, where the vendor tells. */
  readonly credits?: number;
  /** Only this share of the body is sent before the connection ends, though the length promises the whole. Absent: all of it. */
  readonly sentShare?: number;
}

/** A JSON answer. */
export const jsonAnswer = (status: number, body: unknown, contentType = 'application/json'): Answer => ({
  status,
  contentType,
  body: JSON.stringify(body),
});

/** A web page, as proxies and frameworks send it. */
export const pageAnswer = (status: number, title: string): Answer => ({
  status,
  contentType: 'text/html',
  body: `<html><head><title>${status} ${title}</title></head><body><center><h1>${status} ${title}</h1></center></body></html>`,
});

const proxyPages: Readonly<Record<number, Answer>> = {
  502: pageAnswer(502, 'Bad Gateway'),
  504: pageAnswer(504, 'Gateway Time-out'),
  520: pageAnswer(520, 'Web server is returning an unknown error'),
};

/** What stands in front of an API says of it, whatever the vendor; undefined for a status that is the vendor's own. */
export const proxyAnswer = (status: number): Answer | undefined => proxyPages[status];
