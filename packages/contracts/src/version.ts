/** The protocol a client speaks, said in the handshake. The server takes this one and the one before. */
export const PROTOCOL_VERSION = 1
export const OLDEST_PROTOCOL = 1
