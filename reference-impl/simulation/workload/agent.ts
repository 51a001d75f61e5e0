import type { Body, MessageBody, RequestBody } from "../../algorithm/wire.js";
import type { Request, Response } from "../../kernel/request.js";
import { NONE } from "../faults.js";
import { HAPPENED } from "../tracer.js";
import type { Mail } from "../world/mail.js";
import { carry, type Post, type Receiver } from "../world/post.js";
import type { Process } from "../world/process.js";
import type { World } from "../world/world.js";
import type { History } from "./history.js";
import type { Script, Step } from "./script.js";

/** What all clients and workers have around them. */
export interface Surroundings {
  readonly world: World;
  readonly requests: Mail<RequestBody>;
  readonly post: Post<Body>;
  readonly history: History;
  /** Told of each request when it is sent for the first time. */
  sent(turn: string): void;
}

/** How long a client waits for an answer, in milliseconds: what the SDK waits over HTTP. */
const TIME_OUT = 10_000;

interface Conversation {
  readonly script: Script<unknown>;
  readonly incarnation: number;
  /** One more at each step, so that what comes late finds that nobody waits. */
  turn: number;
  /** What it is given next. */
  answer: Response | null;
  /** Number of its last event. */
  last: number;
}

interface Asked {
  readonly conversation: Conversation;
  readonly turn: number;
  readonly operation: number;
}

/** A client or worker: speaks by requests and received messages only, through scripts that run side by side. */
export class Agent implements Receiver<Body> {
  readonly host: Process;
  readonly group: string;
  readonly around: Surroundings;
  readonly #crashes: boolean;
  readonly #asked = new Map<string, Asked>();
  /** Numbers in the history, by name of the request: one that is sent again is no other operation. */
  readonly #operations = new Map<string, number>();
  readonly #unblocked = new Map<string, { conversation: Conversation; turn: number }>();
  #count = 0;
  #live = 0;

  /** `crashes`: whether faults of workers strike it. */
  constructor(around: Surroundings, host: Process, group: string, crashes: boolean) {
    this.around = around;
    this.host = host;
    this.group = group;
    this.#crashes = crashes;
    around.post.connect(group, this.name, this);
  }

  /** What it is reached by: a new one after each restart. */
  get name(): string {
    const { name, incarnation } = this.host;
    return incarnation === 1 ? name : `${name}.${incarnation}`;
  }

  /** Scripts that have not ended. */
  get busy(): number {
    return this.#live;
  }

  /** Starts a script; `cause` is the number of the event that made it start. */
  begin(script: Script<unknown>, cause: number): void {
    this.#live += 1;
    this.#wake({ script, incarnation: this.host.incarnation, turn: 0, answer: null, last: cause }, 0, 0);
  }

  receive(body: Body, event: number): void {
    const { world, history } = this.around;
    const status = body.kind === "reply" ? body.response.status : 1;
    const received = world.event(HAPPENED.receive, this.host, status, event);
    if (world.tracer.full) {
      world.tracer.describe(received, world.now, this.host, {
        op: `${body.kind}.receive`,
        kind: "message",
        args: { body },
        causes: [[event, "message"]],
      });
    }
    if (body.kind !== "reply") {
      this.message(body, received);
      return;
    }
    const asked = this.#asked.get(body.corrId);
    if (asked === undefined) return;
    this.#asked.delete(body.corrId);
    history.answered(asked.operation, body.response, world.now);
    this.#resume(asked, body.response, received);
  }

  /** A message of the server arrives. Workers start what it offers. */
  message(body: MessageBody, event: number): void {
    if (body.kind !== "unblock") return;
    const waiting = this.#unblocked.get(body.data.promise.id);
    if (waiting !== undefined) this.#resume(waiting, null, event);
  }

  /** Called when the process runs again after a crash. */
  restarted(): void {}

  #resume(waiting: { conversation: Conversation; turn: number }, answer: Response | null, event: number): void {
    const { conversation, turn } = waiting;
    if (conversation.turn !== turn || conversation.incarnation !== this.host.incarnation || !this.host.up) return;
    conversation.turn += 1;
    conversation.answer = answer;
    conversation.last = event;
    if (!this.#crashes || !this.#struck(conversation)) this.#step(conversation);
  }

  /** Lets a conversation go on after a while, unless something else did before. */
  #wake(conversation: Conversation, turn: number, delay: number): void {
    const { world } = this.around;
    const run = () => {
      if (conversation.turn !== turn || conversation.incarnation !== this.host.incarnation) return;
      if (this.host.pausedUntil > world.now) this.#wake(conversation, turn, this.host.pausedUntil - world.now);
      else this.#resume({ conversation, turn }, null, conversation.last);
    };
    world.scheduler.at(world.now + delay, { process: this.host.number, run });
  }

  #step(conversation: Conversation): void {
    const { done, value } = conversation.script.next(conversation.answer);
    conversation.answer = null;
    if (done === true) this.#live -= 1;
    else this.#await(conversation, value);
  }

  #await(conversation: Conversation, step: Step): void {
    const { turn } = conversation;
    if (step.wait === "answer") {
      this.#ask(conversation, step.request, step.name);
      this.#wake(conversation, turn, TIME_OUT);
    } else if (step.wait === "time") {
      this.#wake(conversation, turn, step.milliseconds);
    } else {
      this.#unblocked.set(step.promise, { conversation, turn });
      this.#wake(conversation, turn, step.within);
    }
  }

  #ask(conversation: Conversation, request: Request, name: string | undefined): void {
    const { world, requests, history, sent } = this.around;
    this.#count += 1;
    const corrId = name ?? `${this.name}-${this.#count}`;
    const event = world.event(HAPPENED.send, this.host, this.#count, 0);
    const earlier = this.#operations.get(corrId);
    const operation = earlier ?? history.called(this.host.name, request, world.now);
    if (earlier === undefined) sent(corrId);
    this.#operations.set(corrId, operation);
    this.#asked.set(corrId, { conversation, turn: conversation.turn, operation });
    const { arrivals, fault } = carry(world, this.host);
    if (world.tracer.full) {
      world.tracer.describe(event, world.now, this.host, {
        op: "request.send",
        kind: "message",
        args: { corrId, request },
        causes: [
          [conversation.last, "program"],
          [fault, "fault"],
        ],
      });
    }
    conversation.last = event;
    const body = { turn: corrId, corrId, replyTo: this.name, request };
    for (const delay of arrivals) requests.offer({ body, event }, delay);
  }

  /** Draws the faults of workers; true if the conversation does not go on now. */
  #struck(conversation: Conversation): boolean {
    const { world } = this.around;
    const { host } = this;
    const crash = world.strike("worker-crash", host);
    const pause = world.strike("worker-pause", host);
    if (crash !== NONE) {
      const fault = world.take("worker-crash", host, crash);
      this.#crash(fault, 100 + world.faults.amount("worker-crash", host.number, crash, 8000));
      return true;
    }
    if (pause === NONE) return false;
    world.take("worker-pause", host, pause);
    host.pausedUntil = world.now + 1000 + world.faults.amount("worker-pause", host.number, pause, 60_000);
    // The answer stays where it is: what wakes up later acts on what it knew before.
    const run = () => {
      if (conversation.incarnation === host.incarnation && host.up) this.#step(conversation);
    };
    world.scheduler.at(host.pausedUntil, { process: host.number, run });
    return true;
  }

  #crash(fault: number, delay: number): void {
    const { world, post } = this.around;
    const { host } = this;
    post.disconnect(this.group, this.name);
    host.up = false;
    this.#live = 0;
    this.#asked.clear();
    this.#unblocked.clear();
    const run = () => {
      host.up = true;
      host.incarnation += 1;
      host.began = world.event(HAPPENED.restart, host, host.incarnation, fault);
      world.tracer.describe(host.began, world.now, host, {
        op: "restart",
        kind: "process",
        causes: [[fault, "restart"]],
      });
      post.connect(this.group, this.name, this);
      this.restarted();
    };
    world.scheduler.at(world.now + delay, { process: host.number, run });
  }
}
