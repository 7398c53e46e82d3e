/** A session serves HTTP for so long. */
export const sessionLifeSeconds = 600;
