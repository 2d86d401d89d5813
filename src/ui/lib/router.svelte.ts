// Where in the console one is: the part of the address after `#`, `page/rest?name=value`.
export const route = $state(parse(location.hash));

export interface Place {
  readonly page: string;
  /** The parts after the page. */
  readonly rest: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

addEventListener("hashchange", () => Object.assign(route, parse(location.hash)));

export function href(page: string, rest: readonly string[] = [], query: Place["query"] = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "")).toString();
  const path = [page, ...rest].map(encodeURIComponent).join("/");
  return `#/${path}${search === "" ? "" : `?${search}`}`;
}

/** Changes the query of this place without a new entry in the history. */
export function setQuery(change: Place["query"]): void {
  const query = { ...route.query, ...change };
  history.replaceState(null, "", href(route.page, route.rest, query));
  route.query = query;
}

function parse(hash: string): { page: string; rest: readonly string[]; query: Place["query"] } {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  const [page = "", ...rest] = path.split("/").map(decodeURIComponent);
  return { page, rest, query: Object.fromEntries(new URLSearchParams(search)) };
}
