// Signing in and out. The session is a cookie (HttpOnly, SameSite=Strict).
import { Type, type Static } from "typebox";

export const Role = Type.Union([Type.Literal("admin"), Type.Literal("supervisor"), Type.Literal("agent")]);

export const SignIn = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 32 }),
  password: Type.String({ minLength: 1, maxLength: 256 }),
});

export const Me = Type.Object({
  name: Type.String(),
  role: Role,
  /** Until the password is changed every other route refuses with ERR_PASSWORD_MUST_CHANGE (403). */
  mustChange: Type.Boolean(),
  /** The agent number that this user works as. */
  agent: Type.Optional(Type.String()),
  /** The appliance's name and language, for the console's frame. */
  appliance: Type.String(),
  language: Type.Union([Type.Literal("en"), Type.Literal("zh"), Type.Literal("ko")]),
  timeZone: Type.String(),
  /** ISO 3166-1 alpha-2, small letters: numbers are written as there. */
  country: Type.String(),
});

export const ChangePassword = Type.Object({
  current: Type.String({ minLength: 1, maxLength: 256 }),
  next: Type.String({ minLength: 10, maxLength: 256 }),
});

export type Role = Static<typeof Role>;
export type SignIn = Static<typeof SignIn>;
export type Me = Static<typeof Me>;
export type ChangePassword = Static<typeof ChangePassword>;
