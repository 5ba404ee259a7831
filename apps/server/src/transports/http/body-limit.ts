/** Bytes of a request's body. */
export const BODY_MAX = 65_536
