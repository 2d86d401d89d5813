// The API's description for other programs, made from the table of routes: OpenAPI 3.1 at /api/v1/openapi.json.
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";

export async function registerOpenApi(app: FastifyInstance, version: string, cookie: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Callbox",
        version,
        description:
          "Everything the console does. Sign in with POST /session; `x-access` says who may use a route. " +
          "Live changes come over the WebSocket /api/v1/events.",
      },
      components: { securitySchemes: { session: { type: "apiKey", in: "cookie", name: cookie } } },
    },
  });
}
