// Faxes to be sent, as the server keeps them: one that waits, one that failed, and what is given.
import type { FaxJobView } from "../../../src/web/api/faxes.ts";
import type { Input } from "../../../src/web/api/request.ts";
import type { Reply } from "../../../src/web/api/routes.ts";

type Named =
  "GET /faxes/outbox" | "POST /faxes/outbox" | "DELETE /faxes/outbox/:id" | "DELETE /faxes/:id/document";

type Handlers = { readonly [K in Named]: (input: Input<K>) => Reply<K> };

export function mockFaxes(now: number): Handlers {
  const job = (id: string, to: string, rest: Partial<FaxJobView>): FaxJobView => ({
    id,
    to,
    by: "anna",
    pages: 3,
    createdAt: now - 300_000,
    state: "waiting",
    tries: 0,
    pagesSent: 0,
    ...rest,
  });
  let jobs: readonly FaxJobView[] = [
    job("fax1", "975526001234", { state: "failed", tries: 3, status: "no-answer" }),
    job("fax2", "975526005678", { tries: 1, status: "no-carrier", nextAt: now + 240_000 }),
  ];
  return {
    "GET /faxes/outbox": () => ({ jobs: [...jobs] }),
    "POST /faxes/outbox"({ body }) {
      const given = job(`fax${jobs.length + 1}`, body.to, { state: "sending", pagesSent: 1, createdAt: now });
      jobs = [...jobs, given];
      return given;
    },
    "DELETE /faxes/outbox/:id"({ params }) {
      jobs = jobs.filter(({ id }) => id !== params.id);
      return null;
    },
    "DELETE /faxes/:id/document": () => null,
  };
}
