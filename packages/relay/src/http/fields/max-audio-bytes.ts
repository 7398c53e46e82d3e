/** A character read out slowly, as a digit at half speed: two seconds of float samples at 24,000 Hz, the widest format there is. */
const bytesPerCharacter = 200_000;
const base = 1_048_576;
/** The longest answer of any vendor. */
const most = 524_288_000;

/** The most bytes of audio that so much text can be; more is a fault of the vendor. */
export const maxAudioBytes = (characters: number): number => Math.min(base + characters * bytesPerCharacter, most);
