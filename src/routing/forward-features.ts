// The codes by which a telephone says where its calls go, and the setting that each writes.
export const forwardWays = {
  forwardAlways: "always",
  forwardBusy: "busy",
  forwardNoAnswer: "noAnswer",
} as const;
export type ForwardFeature = keyof typeof forwardWays;
export const forwardFeatures = Object.keys(forwardWays) as readonly ForwardFeature[];
