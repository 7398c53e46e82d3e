import { parseAudixaError } from '../parse-audixa-error.ts';
import { parseMoknahError } from '../parse-moknah-error.ts';
import { parseProblemDetails } from '../parse-problem-details.ts';
import { parseSautiError } from '../parse-sauti-error.ts';
import { anyVendorCases } from './any-vendor-cases.ts';
import { audixaCases } from './audixa-cases.ts';
import { moknahCases } from './moknah-cases.ts';
import { sautiCases } from './sauti-cases.ts';

/** The golden table: each parser with the answers it must explain, its own and those of any server. */
export const errorCases = [
  { vendor: 'audixa', parse: parseAudixaError, cases: [...audixaCases, ...anyVendorCases] },
  { vendor: 'sauti', parse: parseSautiError, cases: [...sautiCases, ...anyVendorCases] },
  { vendor: 'moknah', parse: parseMoknahError, cases: [...moknahCases, ...anyVendorCases] },
  { vendor: 'http', parse: parseProblemDetails, cases: anyVendorCases },
] as const;
