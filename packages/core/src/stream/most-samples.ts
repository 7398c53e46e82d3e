/** A character read out slowly, as a digit at half speed: two seconds at 24,000 Hz. The relay counts alike, in bytes. */
const samplesPerCharacter = 50_000;
const base = 262_144;
/** Half a gigabyte. No vendor's longest answer comes near it. */
const most = 131_072_000;

/** Returns the most samples that so much text can be, and at most 91 minutes at 24,000 Hz. More is a fault of the vendor. */
export const mostSamplesOf = (characters: number): number => Math.min(base + characters * samplesPerCharacter, most);
