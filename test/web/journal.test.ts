// The journal by the API: verified, and written out in both forms; for admins. And other small routes of what goes on.
import t from "tap";
import type { JournalVerified } from "../../src/web/api/journal.ts";
import { abandonedCall, queueCall } from "../storage/support.ts";
import { serve } from "./support.ts";

t.test("an admin has the journal verified and takes it away; nobody else does", async (t) => {
  const { browser, house } = await serve(t);
  house.commit([...queueCall("a"), ...abandonedCall("b")]);
  const admin = await browser("admin");
  const reply = await admin.request("GET", "/api/v1/journal/verification");
  t.equal(reply.statusCode, 200, reply.body);
  const found = reply.json<JournalVerified>();
  t.equal(found.broken, undefined, reply.body);
  t.ok(found.events > 0 && /^[0-9a-f]{64}$/u.test(found.link));
  const again = await admin.request("GET", `/api/v1/journal/verification?link=${found.link}`);
  t.equal(again.json<JournalVerified>().known, found.last);
  t.equal((await admin.request("GET", "/api/v1/journal/verification?link=x")).statusCode, 422);

  const all = await admin.request("GET", "/api/v1/journal");
  const lines = all.body.trim().split("\n");
  t.equal(lines.length, found.events);
  for (const line of lines) t.ok((JSON.parse(line) as { readonly type: string }).type);
  t.match(all.headers["content-disposition"], /callbox-journal\.jsonl/u);
  const first = (JSON.parse(lines[0] ?? "") as { readonly at: number }).at;
  const none = await admin.request("GET", `/api/v1/journal?to=${first}`);
  t.equal(none.body, "");
  const log = await admin.request("GET", "/api/v1/journal?format=queue_log");
  t.match(log.body, /\|ENTERQUEUE\|/u);
  for (const name of ["lead", "anna"] as const) {
    const other = await browser(name);
    t.equal((await other.request("GET", "/api/v1/journal")).statusCode, 403);
    t.equal((await other.request("GET", "/api/v1/journal/verification")).statusCode, 403);
  }
});

t.test("supervisors see conference rooms, and have callers served sooner", async (t) => {
  const { browser, house } = await serve(t);
  const lead = await browser("lead");
  const rooms = await lead.request("GET", "/api/v1/rooms");
  t.match(rooms.json(), { rooms: [{ id: "team", name: "Team meeting", number: "501", calls: ["C1"] }] });
  const sooner = await lead.request("POST", "/api/v1/calls/01WAIT/priority", { priority: 2 });
  t.equal(sooner.statusCode, 204, sooner.body);
  t.ok(house.did.includes("prioritise 01WAIT 2 lead"), house.did.join());
  t.equal((await lead.request("POST", "/api/v1/calls/01WAIT/priority", { priority: 1000 })).statusCode, 422);
  const anna = await browser("anna");
  t.equal((await anna.request("POST", "/api/v1/calls/01WAIT/priority", { priority: 2 })).statusCode, 403);
  t.equal((await anna.request("GET", "/api/v1/rooms")).statusCode, 403);
});
