// The order matters: while ky loads, it needs the Request that the first of the two lends.
import { giveBackAfterLoading, lendRequest } from './lend-request.ts';
import ky, { type Options } from 'ky';

giveBackAfterLoading();

/** ky, also where the page has replaced `Request`. */
export function kyOnAnyPage(url: string, options: Options): Promise<Response> {
  const giveBack = lendRequest();
  try {
    return ky(url, options);
  } finally {
    giveBack();
  }
}
