import * as v from 'valibot';

import { isRefusal, type Refusal } from '../../relay-context.ts';
import { refuse } from './refuse.ts';

/** Text, voice and settings of one paid request, checked. */
export interface PaidFields {
  /** What the vendor is sent: made anew from the fields, never the page's own bytes. */
  readonly wire: string;
  /** UTF-16 code units of text. */
  readonly characters: number;
  /** As the token's scope names it; undefined where the path names it. */
  readonly voice: string | undefined;
}

/** What checks the fields of one route. */
export type PaidSchema = v.GenericSchema<unknown, { readonly text: string; readonly voice_id?: string | number | undefined }>;

const maxIssues = 20;

/** Field names in an error come from the page: short and plain. */
const fieldName = (issue: v.BaseIssue<unknown>): string => (v.getDotPath(issue) ?? 'body').slice(0, 80);

const isUnknown = (issue: v.BaseIssue<unknown>): boolean => issue.type === 'strict_object' && issue.expected === 'never';

function refusalOf(issues: readonly v.BaseIssue<unknown>[]): Refusal {
  const errors = issues.slice(0, maxIssues).map((issue) => ({
    field: fieldName(issue),
    message: isUnknown(issue) ? 'This field is not known.' : `Must be ${issue.expected ?? 'of another form'}.`,
  }));
  const unknown = issues.find(isUnknown);
  const detail = `${errors[0]!.field}: ${errors[0]!.message}`;
  return refuse(400, unknown ? 'unknown_field' : 'bad_request', detail, { errors });
}

/** Reads JSON text. */
export function parseJson(text: string): { readonly value: unknown } | Refusal {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return refuse(400, 'bad_request', 'The request is no JSON.');
  }
}

/** Checks the fields of a paid request: 400 `bad_request` or `unknown_field`, with the fields concerned. */
export function readPaidFields(text: string, schema: PaidSchema): PaidFields | Refusal {
  const json = parseJson(text);
  if (isRefusal(json)) return json;
  const read = v.safeParse(schema, json.value);
  if (!read.success) return refusalOf(read.issues);
  const { text: speech, voice_id: voice } = read.output;
  return {
    wire: JSON.stringify(read.output),
    characters: speech.length,
    voice: voice === undefined ? undefined : String(voice),
  };
}
