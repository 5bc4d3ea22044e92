// A real OpenID provider for the tests: node provider.mjs PORT REDIRECT_URI. POST /people {name: claims} says who there is.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);
const people = new Map();

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: "desk",
      client_secret: "only the tests know it",
      redirect_uris: [redirectUri],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
  scopes: ["openid", "email", "profile", "groups"],
  pkce: { required: () => true },
  cookies: { keys: ["only the tests sign with it"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  features: { devInteractions: { enabled: true } },
});

const serve = provider.callback();
createServer((request, response) => {
  if (request.method !== "POST" || request.url !== "/people") {
    serve(request, response);
    return;
  }
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    for (const [name, claims] of Object.entries(JSON.parse(body))) people.set(name, claims);
    response.end();
  });
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
