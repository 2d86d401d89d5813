// Prompts in memory: what the box says, and what was recorded in its place.
import { promptTexts } from "../../../src/calls/prompt-texts.ts";
import type { PromptView } from "../../../src/web/api/prompts.ts";
import type { Input } from "../../../src/web/api/request.ts";
import type { Reply } from "../../../src/web/api/routes.ts";
import { sampleRecording } from "./sample-wav.ts";

type Named =
  | "GET /prompts"
  | "POST /prompts/:language/:name"
  | "POST /prompts/:language/:name/phone"
  | "PUT /prompts/:language/:name"
  | "GET /prompts/:language/:name/versions/:version/audio";

type Handlers = { readonly [K in Named]: (input: Input<K>) => Reply<K> | Buffer };

export function createMockPrompts(): Handlers {
  const prompts = new Map<string, PromptView>();
  const at = (language: PromptView["language"], name: string): PromptView => {
    const text = promptTexts[name]?.[language];
    return (
      prompts.get(`${language} ${name}`) ?? {
        name,
        language,
        ...(text === undefined ? {} : { text }),
        versions: [],
      }
    );
  };
  const keep = (prompt: PromptView): PromptView => {
    prompts.set(`${prompt.language} ${prompt.name}`, prompt);
    return prompt;
  };
  return {
    "GET /prompts": () => ({
      prompts: Object.keys(promptTexts).flatMap((name) =>
        (["en", "zh", "ko"] as const).map((language) => at(language, name)),
      ),
    }),
    "POST /prompts/:language/:name": ({ params: { language, name }, body }) => {
      const before = at(language, name);
      const id = String(Date.now() + before.versions.length);
      const version = {
        id,
        at: Date.now(),
        by: "admin",
        ms: (Buffer.from(body.audio, "base64").length - 44) / 16,
      };
      return keep({ ...before, inForce: id, versions: [version, ...before.versions] });
    },
    "POST /prompts/:language/:name/phone": ({ params: { language, name }, body }) => {
      const before = at(language, name);
      const id = String(Date.now() + before.versions.length);
      const version = { id, at: Date.now(), by: body.extension, ms: 4000 };
      return keep({ ...before, inForce: id, versions: [version, ...before.versions] });
    },
    "PUT /prompts/:language/:name": ({ params: { language, name }, body: { version } }) => {
      const { inForce: _, ...rest } = at(language, name);
      return keep(version === undefined ? rest : { ...rest, inForce: version });
    },
    "GET /prompts/:language/:name/versions/:version/audio": () => sampleRecording(3),
  };
}
