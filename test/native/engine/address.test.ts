// The engine under the address and undefined-behaviour sanitizers.
import t from "tap";
import { runSanitized } from "./sanitize.ts";

t.test("address and undefined behaviour", { timeout: 600_000 }, (t) => runSanitized(t, "address,undefined"));
