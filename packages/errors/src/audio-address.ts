/** The members of Audixa's answers and frames that hold the address of a finished file; the first one that holds a text counts. */
export const audioAddressMembers: readonly string[] = ['audio_url', 'url'];

/**
 * Reads an address as browsers do: blanks around it and schemes in capitals included.
 *
 * @returns the whole `http:` or `https:` address; undefined for other schemes and for what names none, such as `//host`
 */
export function readAudioAddress(text: string): string | undefined {
  try {
    const { href, protocol } = new URL(text);
    return /^https?:$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
