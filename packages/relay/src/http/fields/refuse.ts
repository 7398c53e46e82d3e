import type { Refusal } from '../../relay-context.ts';

/** One of the relay's own problems (docs/relay-protocol.md). */
export const refuse = (status: number, code: string, detail: string, more: Partial<Refusal> = {}): Refusal => ({
  status,
  code,
  detail,
  ...more,
});
