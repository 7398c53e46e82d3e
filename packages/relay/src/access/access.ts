import type { Refusal } from '../relay-context.ts';
import type { RelayVendor } from '../relay-options.ts';

/** What a token lets its bearer do. */
export interface Grant {
  readonly user: string;
  /** Origin it was minted for; empty for what is no browser. */
  readonly origin: string;
  readonly vendor: RelayVendor;
  /** The only voice, where the page asked for one. */
  readonly voice?: string;
  /** The voices `authorize` allows. */
  readonly voices?: readonly string[];
  readonly maxChars: number;
  /** Names the token, for limits and revocation. */
  readonly id: string;
  /** What the store remembered when the token was made: `RelayStore.generation`. */
  readonly generation?: string;
  /**
   * The user's latest revocation when the token was made; absent when there was none. Any other one that the store holds ends the
   * token. No clock is compared, because processes' clocks differ.
   */
  readonly revocation?: string;
}

/** Whether to let a request in. */
export interface Access {
  /** The request's origin when it may speak (empty for an allowed non-browser), or the refusal 403 `wrong_origin`. */
  checkOrigin(headers: Pick<Headers, 'get' | 'has'>, method: string): string | Refusal;
  /** `POST …/token`: the app's `authorize`, then a token and a session. `origin` has been checked. */
  mint(request: Request, origin: string, ip: string): Promise<Response | Refusal>;
  /** A bearer of either sort over HTTP, or a one-use token on a socket: judged, and used up when it is for one use. */
  redeem(
    token: string | undefined,
    use: { transport: 'http' | 'socket'; vendor?: RelayVendor; origin: string },
  ): Promise<Grant | Refusal>;
  /** Whether the user's tokens have been revoked since this one was made. */
  isRevoked(grant: Grant): Promise<boolean>;
  /** Ends every token and stream of a user. */
  revoke(user: string): Promise<void>;
}
