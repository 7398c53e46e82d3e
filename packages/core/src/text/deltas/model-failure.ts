import { fieldsOf } from '../../json-fields.ts';

const longestReason = 500;
const unprintable = /[\p{Cc}\p{Cf}]+/gu;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The vendor's own words about a failure, shortened and without control characters. */
function reasonOf(failure: unknown): string {
  const nested = fieldsOf(failure);
  const words = isText(failure) ? [failure] : [nested['type'] ?? nested['code'] ?? nested['name'], nested['message']];
  return words
    .filter((word) => isText(word) || typeof word === 'number')
    .join(': ')
    .replace(unprintable, ' ')
    .slice(0, longestReason);
}

/** Builds the error of a stream that reports a failure. `cause` is what the stream said. */
export function modelFailure(failure: unknown): Error {
  const reason = reasonOf(failure);
  return new Error(`The model's stream failed${reason ? `: ${reason}` : '.'}`, { cause: failure });
}

/** Builds the error of an answer that the model refused, or that the vendor's filter withheld. */
export const modelRefusal = (reason: string): Error => new Error(`The model did not answer: ${reason}.`);
