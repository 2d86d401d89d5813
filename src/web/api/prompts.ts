// Prompts that the office has recorded itself, in versions, and what the box says without them.
import { Type, type Static } from "typebox";
import { At } from "./common.ts";

const Language = Type.Enum(["en", "zh", "ko"]);
const Digits = Type.String({ pattern: "^[0-9]{1,20}$" });
const Version = Type.String({ pattern: "^[0-9]{1,15}$" });

export const PromptView = Type.Object({
  name: Type.String(),
  language: Language,
  /** What the box says by itself, where it does. */
  text: Type.Optional(Type.String()),
  /** The version that callers hear; absent: what the box says by itself. */
  inForce: Type.Optional(Version),
  /** Newest first. */
  versions: Type.Array(
    Type.Object({
      id: Version,
      at: At,
      by: Type.String(),
      ms: Type.Number({ minimum: 0, description: "Milliseconds." }),
    }),
  ),
});
export const PromptsReply = Type.Object({ prompts: Type.Array(PromptView) });

const Prompt = Type.Object({ language: Language, name: Type.String({ minLength: 1, maxLength: 80 }) });
/** Ten minutes, as the longest that is taken. */
const mostBytes = 600 * 8000 * 2 + 1000;

export const promptRoutes = {
  "GET /prompts": {
    access: "admin",
    summary: "What the box says, and what the office has recorded in its place",
    reply: PromptsReply,
  },
  "POST /prompts/:language/:name": {
    access: "admin",
    summary: "Record a prompt: a WAV file, cut and levelled, in force for the next caller",
    params: Prompt,
    body: Type.Object({
      audio: Type.String({
        maxLength: Math.ceil(mostBytes / 3) * 4,
        pattern: "^[A-Za-z0-9+/]+={0,2}$",
        description: "WAV, base64.",
      }),
    }),
    bodyLimit: 14_000_000,
    reply: PromptView,
  },
  "POST /prompts/:language/:name/phone": {
    access: "admin",
    summary: "Record a prompt by a telephone, which rings; answered when it has been said, or not",
    params: Prompt,
    body: Type.Object({ extension: Digits }),
    reply: PromptView,
  },
  "PUT /prompts/:language/:name": {
    access: "admin",
    summary: "Put a version of a prompt in force, or none",
    params: Prompt,
    body: Type.Object({ version: Type.Optional(Version) }),
    reply: PromptView,
  },
  "GET /prompts/:language/:name/versions/:version/audio": {
    access: "admin",
    summary: "A version of a prompt, as WAV",
    params: Type.Object({ ...Prompt.properties, version: Version }),
    reply: Type.Unknown(),
    file: true,
  },
} as const;

export type PromptView = Static<typeof PromptView>;
