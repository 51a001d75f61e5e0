import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { settingsFor } from "../settings.js";
import { simulate } from "../simulate.js";

it("strangers are refused in every way, and act as holders all the same", () => {
  traceSpec("SIM-COMMAND-STRANGERS");
  const answers = Array.from({ length: 40 }, (_, seed) => seed).flatMap((seed) => {
    const { history } = simulate(settingsFor(seed, "network", { workload: "strangers", judges: "none" }));
    return history.flatMap(({ request, response }) =>
      response === null ? [] : [`${request.kind} ${response.status}`, String(response.status)],
    );
  });
  const seen = new Set(answers);
  for (const status of ["200", "300", "400", "404", "409", "422"]) expect(seen).toContain(status);
  for (const kind of ["acquire", "fence", "heartbeat", "suspend", "fulfill", "release", "halt", "continue"])
    expect(seen).toContain(`task.${kind} 200`);
  for (const refused of ["promise.settle 400", "task.suspend 422", "task.fence 409", "schedule.create 400"])
    expect(seen).toContain(refused);
});
