import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { expect, test } from "vitest";
import { alloyInstance, hostileInstance } from "../../../test/builders/alloy-instance.js";
import { columns } from "../text/width.js";
import { instanceText } from "./text.js";

const WIDE = { width: 80, colour: false };

test("a static instance is its sets and relations", () => {
  traceSpec("ALLOY-TABLE");
  const instance = alloyInstance([
    {
      signatures: { "Int!": "-8 7", Person: "", "Man in Person": "Man$10 Man$2", "Old sub Person": "Man$2" },
      fields: { "Person.father": "Man$2>Man$10", "Man.age": "Man$2>7 Man$10>-8", "Person.mother": "" },
      skolems: { $show_p: "Man$2" },
    },
  ]);
  expect(instanceText(instance, WIDE)).toBe(`  Man in Person  Man$2 Man$10
  Old in Person  Man$2
  father         Man$2 → Man$10
  age            Man$2 → 7
                 Man$10 → -8
  mother         (none)
  $show_p        Man$2
`);
});

test("fields of one name have their signatures in front", () => {
  traceSpec("ALLOY-TABLE");
  const fields = { "A.next": "A$0>A$0", "B.next": "B$0>B$0", "B.other": "" };
  const text = instanceText(alloyInstance([{ signatures: { A: "A$0", B: "B$0" }, fields }]), WIDE);
  expect(text).toContain("  A.next  A$0 → A$0\n  B.next  B$0 → B$0\n  other   (none)\n");
});

test("a trace shows what changes", () => {
  traceSpec("ALLOY-TABLE-TRACE", "ALLOY-TABLE-LOOP");
  const state = (sent: string, open: string) => ({
    signatures: { Node: "Node$0 Node$1", "Open sub Node": open },
    fields: { "Node.next": "Node$0>Node$1", "Node.sent": sent },
  });
  const states = [
    state("Node$0>Node$1", "Node$0"),
    state("Node$0>Node$1 Node$1>Node$1", "Node$0 Node$1"),
    state("Node$1>Node$1", "Node$1"),
  ];
  expect(instanceText(alloyInstance(states, 1), WIDE)).toBe(`In every state
  Node  Node$0 Node$1
  next  Node$0 → Node$1

State 0
  Open in Node  Node$0
  sent          Node$0 → Node$1

State 1  ↻ the loop starts here
  Open in Node  Node$0 +Node$1
  sent           Node$0 → Node$1
                +Node$1 → Node$1

State 2  ↻ then again from state 1
  Open in Node  Node$1 -Node$0
  sent           Node$1 → Node$1
                -Node$0 → Node$1
`);
  expect(instanceText(alloyInstance(states, 2), WIDE)).toContain("State 2  ↻ then it stays so\n");
  expect(instanceText(alloyInstance([state("", "")], 0), WIDE)).toContain(
    "State 0  ↻ then it stays so\n  nothing changes\n",
  );
});

test("an order is shown without the atom that holds it", () => {
  traceSpec("ALLOY-TABLE-ORDER");
  const signatures = { Id: "Id$0 Id$1", "ids/Ord": "ids/Ord$0" };
  const fields = { "ids/Ord.First": "ids/Ord$0>Id$0", "ids/Ord.Next": "ids/Ord$0>Id$0>Id$1" };
  expect(instanceText(alloyInstance([{ signatures, fields }]), WIDE)).toBe(
    "  Id     Id$0 Id$1\n  First  Id$0\n  Next   Id$0 → Id$1\n",
  );
  const two = { ...fields, "keys/Ord.First": "keys/Ord$0>Id$1" };
  expect(
    instanceText(alloyInstance([{ signatures: { ...signatures, "keys/Ord": "keys/Ord$0" }, fields: two }]), WIDE),
  ).toBe("  Id          Id$0 Id$1\n  ids/First   Id$0\n  Next        Id$0 → Id$1\n  keys/First  Id$1\n");
});

test("no line is wider than the page, whatever the names", () => {
  traceSpec("ALLOY-TABLE-WIDTH");
  fc.assert(
    fc.property(hostileInstance(), fc.integer({ min: 20, max: 100 }), (instance, width) => {
      for (const line of instanceText(instance, { width, colour: false }).split("\n")) {
        expect(columns(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/\p{Cc}|\u202e/u);
      }
    }),
  );
  const long = alloyInstance([{ signatures: { Node: Array.from({ length: 30 }, (_, at) => `Node$${at}`).join(" ") } }]);
  const lines = instanceText(long, WIDE).trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.slice(1).every((line) => line.startsWith("        Node$"))).toBe(true);
});
