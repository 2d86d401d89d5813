// Prompts: what the box says, and what the office has recorded in its place.
import { basename, dirname } from "node:path";
import { promptTexts } from "../../calls/prompt-texts.ts";
import type { OwnPrompt } from "../../prompts/library.ts";
import type { promptRoutes as table, PromptView } from "../api/prompts.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";
import { present } from "../views.ts";

type Named = keyof typeof table;
const languages = ["en", "zh", "ko"] as const;

type PromptDeps = Pick<WebDeps, "prompts" | "promptPhone" | "log">;

export function promptRoutes({ prompts, promptPhone, log }: PromptDeps): Pick<Handlers, Named> {
  return {
    "GET /prompts"() {
      const own = prompts.list();
      const names = [...new Set([...Object.keys(promptTexts), ...own.map(({ name }) => name)])].sort();
      return {
        prompts: names.flatMap((name) =>
          languages.map((language) =>
            view(
              own.find((one) => one.name === name && one.language === language) ?? {
                name,
                language,
                versions: [],
              },
            ),
          ),
        ),
      };
    },
    "POST /prompts/:language/:name": async ({ params: { language, name }, body, user }) => {
      const added = await prompts.add(language, name, Buffer.from(body.audio, "base64"), user.name);
      log.info({ prompt: name, language, by: user.name }, "prompt recorded");
      return view(added);
    },
    "POST /prompts/:language/:name/phone": async ({ params: { language, name }, body, user }) => {
      const added = await promptPhone.record(body.extension, language, name, user.name);
      log.info({ prompt: name, language, extension: body.extension, by: user.name }, "prompt recorded");
      return view(added);
    },
    "PUT /prompts/:language/:name": async ({ params: { language, name }, body, user }) => {
      const used = await prompts.use(language, name, body.version);
      log.info({ prompt: name, language, version: body.version, by: user.name }, "prompt in force");
      return view(used);
    },
    "GET /prompts/:language/:name/versions/:version/audio": ({ params, reply }) => {
      const file = prompts.fileOf(params.language, params.name, params.version);
      return reply
        .type("audio/wav")
        .sendFile(basename(file), dirname(file), { dotfiles: "deny", immutable: false, maxAge: 0 });
    },
  };
}

function view({ language, name, inForce, versions }: OwnPrompt): PromptView {
  return {
    name,
    language: languages.find((one) => one === language) ?? "en",
    ...present({ text: promptTexts[name]?.[language], inForce }),
    versions: versions.map((version) => ({ ...version })),
  };
}
