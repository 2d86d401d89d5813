// Numbers as the console shows them.
import t from "tap";
import { formatted } from "../../src/ui/lib/number-format.ts";

t.test("grouped as at home, with country code from abroad, else as they are", (t) => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["13800138000", "cn", "138 0013 8000"],
    ["075588880001", "cn", "0755 8888 0001"],
    ["+8613800138000", "cn", "138 0013 8000"],
    ["00442079460018", "cn", "+44 20 7946 0018"],
    ["01012345678", "kr", "010-1234-5678"],
    ["88880001", "cn", "88880001"],
    ["10086", "cn", "10086"],
    ["*22", "cn", "*22"],
    ["123456789", "zz", "123456789"],
  ];
  for (const [digits, country, shown] of rows)
    t.equal(formatted(digits, country), shown, `${digits} in ${country}`);
  t.end();
});
