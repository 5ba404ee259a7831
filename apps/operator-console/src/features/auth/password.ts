/** As the contracts have it; a test compares. */
export const PASSWORD_MIN = 8
