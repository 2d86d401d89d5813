// How the table of routes is answered: one handler for each name, with the types of its parts.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Body, Params, Query, Reply, RouteName, Routes } from "./api/routes.ts";
import type { SignedIn } from "./users.ts";

export interface Asked<K extends RouteName> {
  readonly params: Params<K>;
  readonly query: Query<K>;
  readonly body: Body<K>;
  readonly user: Routes[K]["access"] extends "public" ? undefined : SignedIn;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type Handler<K extends RouteName> = (
  asked: Asked<K>,
) => ReadonlyDeep<Reply<K>> | Promise<ReadonlyDeep<Reply<K>>>;

export type Handlers = { readonly [K in RouteName]: Handler<K> };

export type ReadonlyDeep<T> = T extends readonly unknown[]
  ? { readonly [I in keyof T]: ReadonlyDeep<T[I]> }
  : T extends object
    ? { readonly [P in keyof T]: ReadonlyDeep<T[P]> }
    : T;
