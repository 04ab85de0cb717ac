/** A user as the store numbers it; opaque to everyone else. */
export type UserNumber = number;
