/**
 * The revision of the contract this page was built for. It is written twice because importing the contract's own
 * constant would bundle its schemas; a test holds the two together.
 */
export const PAGE_PROTOCOL_REVISION = 1;
