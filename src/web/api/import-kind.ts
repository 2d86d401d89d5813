// Which of the files that can be taken over a text is.

/** Only the driver's file has lines that say what a span is, or a channel. */
export const importRouteOf = (text: string): "POST /import/system-conf" | "POST /import/chan-dahdi" =>
  /^\s*(?:span|dynamic|[bd]chan|hardhdlc|fx[os](?:ks|ls|gs))\s*=/imu.test(text)
    ? "POST /import/system-conf"
    : "POST /import/chan-dahdi";
