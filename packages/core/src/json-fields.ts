/** A JSON value as an object; empty when it is none, so that its members can be asked for. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** A member's text; undefined when it is absent, null, empty or of another type. The vendors' pages differ on which. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A member's number; undefined when it is absent, of another type or not finite. */
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** What a JSON text says; undefined for a text that is no JSON, and for any other value. */
export function parsedJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
