// What every call of the driver face throws:
// - TypeError with code ERR_ARGUMENT: an argument of a wrong type or out of its range; nothing was done.
// - Error with code ERR_CLOSED: the handle is closed.
// - DriverError: the kernel refused; `errno` says why.

export interface DriverError extends Error {
  readonly code: "ERR_DRIVER";
  /** `ENODEV`, `EBUSY`, `ENOTTY` … */
  readonly errno: string;
  readonly number: number;
  /** The ioctl by its name in dahdi/user.h, or `open /dev/dahdi/…`, `read`, `write`. */
  readonly operation: string;
}

/** True for an error of the driver; with `errno`, only for that one. */
export function isDriverError(error: unknown, errno?: string): error is DriverError {
  return (
    error instanceof Error &&
    "code" in error &&
    error.code === "ERR_DRIVER" &&
    (errno === undefined || ("errno" in error && error.errno === errno))
  );
}
