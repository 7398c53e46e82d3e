/** The vendors the page can speak through, by their names in the clients. */
export const vendorNames = ['audixa', 'sauti', 'moknah'] as const;

/** One of {@link vendorNames}. */
export type VendorName = (typeof vendorNames)[number];
