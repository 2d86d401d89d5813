// Prompts over the API: listed, recorded, heard, an earlier one in force again; for admins alone.
import t from "tap";
import { Value } from "typebox/value";
import { waveFile } from "../../src/media/wave-file.ts";
import { routes } from "../../src/web/api/routes.ts";
import { serve } from "./support.ts";

const tone = (seconds: number): string =>
  waveFile(
    Int16Array.from({ length: 8000 * seconds }, (_, i) => 4000 * Math.sin((2 * Math.PI * 440 * i) / 8000)),
  ).toString("base64");

t.test("recorded, heard, and the box's own again", async (t) => {
  const { browser } = await serve(t);
  const admin = await browser("admin");
  const list = await admin.request("GET", "/api/v1/prompts");
  t.ok(Value.Check(routes["GET /prompts"].reply, list.json()));
  t.match(
    list
      .json<{ prompts: { name: string; language: string }[] }>()
      .prompts.find(({ name, language }) => name === "welcome" && language === "zh"),
    { text: "您好，欢迎致电。", versions: [] },
  );
  const path = "/api/v1/prompts/zh/welcome";
  const made = await admin.request("POST", path, { audio: tone(2) });
  t.equal(made.statusCode, 200);
  t.ok(Value.Check(routes["POST /prompts/:language/:name"].reply, made.json()));
  const { inForce } = made.json<{ inForce: string }>();
  const audio = await admin.request("GET", `${path}/versions/${inForce}/audio`);
  t.equal(audio.headers["content-type"], "audio/wav");
  t.equal(audio.rawPayload.toString("latin1", 0, 4), "RIFF");
  t.notOk("inForce" in (await admin.request("PUT", path, {})).json<object>(), "the box's own again");
  t.match((await admin.request("PUT", path, { version: inForce })).json(), { inForce });
});

t.test("by a telephone", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  const path = "/api/v1/prompts/en/welcome/phone";
  const made = await admin.request("POST", path, { extension: "201" });
  t.ok(Value.Check(routes["POST /prompts/:language/:name/phone"].reply, made.json()));
  t.match(made.json(), { versions: [{ ms: 1000 }] });
  t.strictSame(house.did, ["phone 201"]);
  t.equal((await admin.request("POST", path, { extension: "x" })).statusCode, 422);
});

t.test("refused: silence, what is no audio, names, versions, and who is no admin", async (t) => {
  const { browser } = await serve(t);
  const admin = await browser("admin");
  const rows = [
    [
      "POST",
      "zh/welcome",
      { audio: waveFile(new Int16Array(8000)).toString("base64") },
      422,
      "ERR_PROMPT_SILENT",
    ],
    [
      "POST",
      "zh/welcome",
      { audio: Buffer.from("no audio at all").toString("base64") },
      422,
      "ERR_AUDIO_FORMAT",
    ],
    ["POST", "zh/welcome", { audio: "%%%" }, 422, "ERR_REQUEST_INVALID"],
    ["POST", "zh/..%2F..%2Fetc", { audio: tone(1) }, 422, "ERR_PROMPT_NAME"],
    ["POST", "fr/welcome", { audio: tone(1) }, 422, "ERR_REQUEST_INVALID"],
    ["PUT", "zh/welcome", { version: "1" }, 404, "ERR_PROMPT_UNKNOWN"],
    ["GET", "zh/welcome/versions/1/audio", undefined, 404, "ERR_PROMPT_UNKNOWN"],
  ] as const;
  for (const [method, path, body, status, code] of rows) {
    const reply = await admin.request(method, `/api/v1/prompts/${path}`, body);
    t.equal(reply.statusCode, status, `${method} ${path}`);
    t.match(reply.json(), { code }, `${method} ${path}`);
  }
  const lead = await browser("lead");
  t.equal((await lead.request("GET", "/api/v1/prompts")).statusCode, 403);
  t.equal((await lead.request("POST", "/api/v1/prompts/zh/welcome", { audio: tone(1) })).statusCode, 403);
});
