// Passwords: what is kept cannot be turned back, and only the right one fits.
import t from "tap";
import { hashPassword, makePassword, verifyPassword } from "../../src/config/password.ts";

t.test("only the right password fits, and two hashes of it differ", async (t) => {
  const one = await hashPassword("пароль 비밀번호 密码");
  t.notMatch(one, "пароль");
  t.ok(await verifyPassword("пароль 비밀번호 密码", one));
  t.notOk(await verifyPassword("пароль 비밀번호 密", one));
  t.not(one, await hashPassword("пароль 비밀번호 密码"));
});

t.test("the same sign typed in two ways is the same password", async (t) => {
  t.ok(await verifyPassword("cafe\u0301", await hashPassword("caf\u00e9")));
});

t.test("what is no hash fits nothing, and takes its time", async (t) => {
  const start = performance.now();
  t.notOk(await verifyPassword("x", undefined));
  const took = performance.now() - start;
  for (const stored of ["", "x", "scrypt$1$1$1$$", "scrypt$999999$99$99$aaaaaaaaaaaaaaaaaaaaaaaa"])
    t.notOk(await verifyPassword("x", stored), stored);
  t.ok(took > 5, `an unknown name costs the guesser ${took.toFixed(0)} ms`);
});

t.test("made passwords are long, readable, and not made twice", (t) => {
  const made = new Set(Array.from({ length: 1000 }, makePassword));
  t.equal(made.size, 1000);
  for (const password of made)
    if (!/^([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}$/.test(password)) t.fail(password);
  t.end();
});
