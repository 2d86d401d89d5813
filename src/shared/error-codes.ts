// The one table of error codes. A test fails when a code is raised that is missing here, or listed here
// and raised nowhere. Kept in alphabetical order, so that rooms add lines without meeting.
export const errorCodes = {
  ERR_CLOSED: {
    message: "This is closed already",
    remedy: "Open it again before using it.",
  },
  ERR_PROFILE_INVALID: {
    message: "A board profile is not valid",
    remedy: "Correct the named file in board-profiles/; its schema is schema.json beside it.",
  },
} as const satisfies Record<string, { readonly message: string; readonly remedy: string }>;

export type ErrorCode = keyof typeof errorCodes;
