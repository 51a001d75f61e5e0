import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { FaultSite } from "../run.js";
import { settingsFor } from "../settings.js";
import { type Handed, Mail } from "./mail.js";
import { type Fired, Timers } from "./timers.js";
import { World } from "./world.js";

function queueWith(sites: readonly FaultSite[]) {
  const world = new World(settingsFor(2, "none", { sites }), ["s0", "s1"]);
  const [, first, second] = world.processes;
  if (first === undefined || second === undefined) return expect.fail("no processes");
  const handed: (Handed<Fired> & { at: number })[] = [];
  const mail = new Mail<Fired>(
    world,
    "t",
    () => [first, second],
    (_, each) => handed.push({ ...each, at: world.now }),
  );
  const timers = new Timers(world, mail, () => undefined);
  const start = world.now;
  const until = (milliseconds: number) => {
    world.scheduler.at(start + milliseconds, { process: 0, run: () => undefined });
    while (world.now < start + milliseconds && world.scheduler.step());
  };
  return { world, mail, timers, handed, until, start, first };
}

describe("the simulated queue", () => {
  it("delivers a message again until it is acknowledged", () => {
    traceSpec("SIM-QUEUE", "SIM-QUEUE-ACK");
    const { mail, handed, until, first } = queueWith([]);
    mail.offer({ body: { subject: "a" }, event: 0 }, 0);
    until(20_000);
    expect(handed.map(({ delivery }) => delivery)).toEqual(["t1/1", "t1/2", "t1/3"]);
    mail.acknowledge(first, "t1/3");
    until(100_000);
    expect(handed).toHaveLength(3);
    expect(mail.waiting).toBe(0);
  });

  it("keeps a message that an earlier holder acknowledges", () => {
    traceSpec("SIM-QUEUE-FENCE");
    const { mail, handed, until, first } = queueWith([]);
    mail.offer({ body: { subject: "a" }, event: 0 }, 0);
    until(10_000);
    expect(mail.acknowledge(first, "t1/1")).toEqual({ effective: false, fault: 0 });
    until(20_000);
    expect(handed.length).toBeGreaterThan(2);
  });

  it("loses it where acknowledgements are not fenced", () => {
    traceSpec("SIM-FAULT-NAME");
    const { mail, until, first, world } = queueWith(["unfenced-ack"]);
    for (let n = 1; n <= 20; n++) mail.offer({ body: { subject: `${n}` }, event: 0 }, 0);
    until(10_000);
    for (let n = 1; n <= 20; n++) mail.acknowledge(first, `t${n}/1`);
    expect(mail.waiting).toBeLessThan(20);
    expect(world.faults.taken).toHaveLength(20 - mail.waiting);
    expect(world.faults.taken[0]).toMatch(/^unfenced-ack#s0\.\d+$/);
  });
});

describe("a power loss", () => {
  it("takes messages back that the queue has since, and leaves those that are still to come", () => {
    traceSpec("SIM-QUEUE-POWER");
    const { mail, handed, until, start } = queueWith(["power-loss"]);
    for (const [subject, delay] of [
      ["old", 100],
      ["new", 900],
      ["coming", 1500],
    ] as const)
      mail.offer({ body: { subject }, event: 0 }, delay);
    until(1000);
    mail.forget(start + 500);
    until(30_000);
    const after = handed.filter(({ at }) => at > start + 1000).map(({ body }) => body.subject);
    expect([...new Set(after)].sort()).toEqual(["coming", "old"]);
  });

  it("takes acknowledgements back, but of the messages that are gone", () => {
    traceSpec("SIM-QUEUE-POWER-ACK");
    const { mail, handed, until, start, first } = queueWith(["power-loss"]);
    for (const delay of [0, 100, 600]) mail.offer({ body: { subject: `${delay}` }, event: 0 }, delay);
    until(200);
    mail.acknowledge(first, "t1/1");
    until(700);
    mail.acknowledge(first, "t2/1");
    mail.acknowledge(first, "t3/1");
    mail.forget(start + 500);
    until(2000);
    expect(handed.map(({ delivery }) => delivery)).toEqual(["t1/1", "t2/1", "t3/1", "t2/2"]);
    // What a power loss took is not given back by the next one.
    mail.forget(start + 650);
    until(3000);
    expect(handed.filter(({ body }) => body.subject === "600")).toHaveLength(1);
  });

  it("takes acknowledgements back that an earlier one left, where it reaches further back", () => {
    traceSpec("SIM-QUEUE-POWER-ACK");
    const { mail, handed, until, start, first } = queueWith(["power-loss"]);
    for (const subject of ["a", "b"]) mail.offer({ body: { subject }, event: 0 }, 0);
    until(300);
    mail.acknowledge(first, "t1/1");
    until(500);
    mail.acknowledge(first, "t2/1");
    until(1000);
    mail.forget(start + 900);
    expect(mail.waiting).toBe(0);
    mail.forget(start + 400);
    expect(mail.waiting).toBe(1);
    mail.forget(start + 200);
    until(3000);
    expect(handed.map(({ delivery }) => delivery).sort()).toEqual(["t1/1", "t1/2", "t2/1", "t2/2"]);
  });

  it("takes timers back that were set since", () => {
    traceSpec("SIM-TIMER-POWER");
    const { timers, handed, until, start, first } = queueWith(["power-loss"]);
    timers.set(first, { name: "n", subject: "old", at: start + 5000 }, true);
    until(600);
    timers.set(first, { name: "m", subject: "new", at: start + 5000 }, true);
    until(700);
    timers.forget(start + 500);
    until(6000);
    expect(handed.map(({ body }) => body.subject)).toEqual(["old"]);
  });

  it("leaves no timer under a name whose timer was set since, though that replaced an older one", () => {
    traceSpec("SIM-TIMER-POWER-REPLACED");
    const { timers, handed, until, start, first } = queueWith(["power-loss"]);
    timers.set(first, { name: "n", subject: "old", at: start + 5000 }, true);
    until(600);
    timers.set(first, { name: "n", subject: "new", at: start + 6000 }, true);
    until(700);
    timers.forget(start + 500);
    expect(timers.waiting).toBe(0);
    until(7000);
    expect(handed).toEqual([]);
  });
});

describe("simulated timers", () => {
  it("fire at their instant", () => {
    traceSpec("SIM-TIMER");
    const { timers, mail, handed, until, start, first } = queueWith([]);
    timers.set(first, { name: "n", subject: "n", at: start + 500 }, true);
    timers.set(first, { name: "m", subject: "m", at: start - 500 }, true);
    until(1000);
    expect(handed.map(({ body, at }) => [body.subject, at - start])).toEqual([
      ["m", 0],
      ["n", 500],
    ]);
    expect(mail.waiting).toBe(2);
  });

  it("are replaced by a later one of their name", () => {
    traceSpec("SIM-TIMER-NAME");
    const { timers, handed, until, start, first } = queueWith([]);
    timers.set(first, { name: "n", subject: "early", at: start + 500 }, true);
    timers.set(first, { name: "n", subject: "late", at: start + 900 }, true);
    until(1000);
    expect(handed.map(({ body, at }) => [body.subject, at - start])).toEqual([["late", 900]]);
  });
});
