// What a portal does with the client that openapi-typescript makes: score a company, read the profile, typed.
import createClient from "openapi-fetch";
import type { components, paths } from "./made/schema.js";

const [address, token] = process.argv.slice(2);
// Profiles come as a page, too: this client reads JSON alone.
const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });

const { data, error } = await client.POST("/v1/score", {
  body: {
    questionnaire: "social-business",
    answers: { "marketing.listening": "3", "sales.presence": { option: "2", comment: "One channel" } },
  },
});
if (error) {
  throw new Error(`${error.code}: ${error.detail}`);
}
const profile: components["schemas"]["ProfileDocument"] = data;
const low: number | null = profile.overall.score?.low ?? null;

const added = await client.POST("/v1/companies", { body: { name: "Rossi" } });
const company: string | undefined = added.data?.id;

const refused = await client.POST("/v1/score", { body: { answers: { "sales.presense": "3" } } });
const code: string | undefined = refused.error?.code;

console.log(JSON.stringify({ verdict: profile.verdict.status, low, company: company?.slice(0, 4), code }));
