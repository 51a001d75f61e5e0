/** Consistent specifications as data. Each has no defect of any kind (checked by `truth.mjs` before it is used). */

const is = (variable, value = true) => ({ variable, value });
const isNot = (variable) => ({ variable, value: false });
const than = (variable, relation, value) => ({ variable, relation, value });
const when = (...tests) => ({ keyword: "WHEN", tests });
const whilst = (...tests) => ({ keyword: "WHILE", tests });
const given = (...tests) => ({ keyword: "IF", tests });
const shall = (tag, clauses, demands, more = {}) => ({ tag, clauses, demands, ...more });
const input = (word, more = {}) => ({ role: "input", type: "boolean", word, ...more });
const output = (affirm, deny, more = {}) => ({
  role: "output",
  type: "boolean",
  do: { true: affirm, false: deny },
  ...more,
});

/** The published mixer with its one conflict taken away: filling waits for the emergency button. */
const MIXER = {
  name: "liquid-mixer",
  variables: {
    "liquid level 1": input("reached"),
    "liquid level 2": input("reached"),
    "start button": input("pressed"),
    "emergency button": input("pressed"),
    "60 second timer end": { ...input("run"), say: { true: "the 60 second timer expires" } },
    "120 second timer end": { ...input("run"), say: { true: "the 120 second timer expires" } },
    "valve 0": output("open valve 0", "close valve 0"),
    "valve 1": output("open valve 1", "close valve 1"),
    "valve 2": output("open valve 2", "close valve 2"),
    "stirring motor": output("start the stirring motor", "stop the stirring motor"),
    "60 second timer": output("start the 60 second timer", "stop the 60 second timer"),
    "120 second timer": output("start the 120 second timer", "stop the 120 second timer"),
  },
  statements: [
    shall(
      "LM-001",
      [whilst(isNot("liquid level 1"), isNot("emergency button")), when(is("start button"))],
      [is("valve 0")],
    ),
    shall("LM-002", [when(is("liquid level 1"))], [isNot("valve 0")]),
    shall("LM-003", [whilst(isNot("liquid level 2")), when(is("liquid level 1"))], [is("valve 1")], {
      until: [is("emergency button")],
    }),
    shall("LM-004", [when(is("liquid level 2"))], [isNot("valve 1")]),
    shall("LM-005", [when(is("liquid level 2"))], [is("60 second timer")]),
    shall("LM-006", [when(is("liquid level 2"))], [is("stirring motor")], {
      until: [is("60 second timer end"), is("emergency button")],
    }),
    shall("LM-007", [when(is("60 second timer end"))], [is("120 second timer")]),
    shall("LM-008", [when(is("60 second timer end"))], [is("valve 2")], {
      until: [is("120 second timer end"), is("emergency button")],
    }),
    shall("LM-009", [given(is("emergency button"))], [isNot("valve 0")]),
    shall("LM-010", [given(is("emergency button"))], [isNot("valve 1")]),
    shall("LM-011", [given(is("emergency button"))], [isNot("valve 2")]),
    shall("LM-012", [given(is("emergency button"))], [isNot("stirring motor")]),
  ],
};

const HEATING = {
  name: "heating",
  variables: {
    "room temperature": { role: "input", type: "number", unit: "°C", min: -40, max: 85 },
    window: input("open"),
    "operating mode": { role: "state", type: "enum", values: ["off", "eco", "comfort", "boost"], complete: true },
    heater: output("start the heater", "stop the heater", { complete: true }),
    "flow limit": { role: "output", type: "number", unit: "°C", min: 0, max: 90, complete: true },
    "frost warning": output("show the frost warning", "hide the frost warning", { complete: true }),
  },
  statements: [
    shall("HT-OFF", [whilst(is("operating mode", "off"))], [isNot("heater")]),
    shall(
      "HT-WINDOW",
      [whilst(is("window")), given({ ...is("operating mode", "off"), negated: true })],
      [isNot("heater")],
    ),
    shall(
      "HT-ECO",
      [whilst(is("operating mode", "eco"), isNot("window")), given(than("room temperature", "<", 17))],
      [is("heater")],
    ),
    shall(
      "HT-ECO-WARM",
      [whilst(is("operating mode", "eco"), isNot("window")), given(than("room temperature", ">=", 17))],
      [isNot("heater")],
    ),
    shall(
      "HT-COMFORT",
      [whilst(is("operating mode", "comfort"), isNot("window")), given(than("room temperature", "<", 21))],
      [is("heater")],
    ),
    shall(
      "HT-COMFORT-WARM",
      [whilst(is("operating mode", "comfort"), isNot("window")), given(than("room temperature", ">=", 21))],
      [isNot("heater")],
    ),
    shall("HT-BOOST", [whilst(is("operating mode", "boost"), isNot("window"))], [is("heater")]),
    shall("HT-FLOW-LOW", [whilst(is("operating mode", "eco"))], [is("flow limit", 45)]),
    shall("HT-FLOW-OFF", [whilst(is("operating mode", "off"))], [is("flow limit", 5)]),
    shall("HT-FLOW-MID", [whilst(is("operating mode", "comfort"))], [is("flow limit", 55)]),
    shall("HT-FLOW-HIGH", [whilst(is("operating mode", "boost"))], [is("flow limit", 70)]),
    shall("HT-FROST", [given(than("room temperature", "<", 3))], [is("frost warning")]),
    shall("HT-NO-FROST", [given(than("room temperature", ">=", 3))], [isNot("frost warning")]),
  ],
};

const DOOR = {
  name: "door",
  variables: {
    "door state": { role: "state", type: "enum", values: ["closed", "opening", "open", "closing"], complete: true },
    obstacle: input("detected"),
    "open button": input("pressed"),
    "cabin speed": { role: "input", type: "integer", min: 0, max: 10 },
    "car load": { role: "input", type: "number", unit: "kg", min: 0, max: 2000 },
    "door drive": { role: "output", type: "enum", values: ["forward", "backward", "idle"], complete: true },
    buzzer: output("enable the buzzer", "disable the buzzer", { complete: true }),
    "door lock": output("lock the door lock", "unlock the door lock", { complete: true }),
  },
  statements: [
    shall("DR-OPENING", [whilst(is("door state", "opening"))], [is("door drive", "forward")]),
    shall("DR-OPEN", [whilst(is("door state", "open"))], [is("door drive", "idle")]),
    shall("DR-CLOSING", [whilst(is("door state", "closing"), isNot("obstacle"))], [is("door drive", "backward")]),
    shall("DR-OBSTACLE", [whilst(is("door state", "closing")), given(is("obstacle"))], [is("door drive", "forward")]),
    shall(
      "DR-CALLED",
      [whilst(is("door state", "closed")), given(is("open button"), than("cabin speed", "<=", 0))],
      [is("door drive", "forward")],
    ),
    shall(
      "DR-RIDING",
      [whilst(is("door state", "closed")), given(than("cabin speed", ">", 0))],
      [is("door drive", "idle")],
    ),
    shall(
      "DR-REST",
      [whilst(is("door state", "closed"), isNot("open button")), given(than("cabin speed", "<=", 0))],
      [is("door drive", "idle")],
    ),
    shall("DR-OVERLOAD", [given(than("car load", ">", 1000))], [is("buzzer")]),
    shall("DR-QUIET", [given(than("car load", "<=", 1000))], [isNot("buzzer")]),
    shall("DR-LOCKED", [given(than("cabin speed", ">=", 1))], [is("door lock")]),
    shall("DR-UNLOCKED", [given(than("cabin speed", "<", 1))], [isNot("door lock")]),
  ],
};

/** Software rather than machines: an upload with retries. */
const UPLOAD = {
  name: "upload",
  variables: {
    "upload status": { role: "state", type: "enum", values: ["queued", "sending", "done", "failed"], complete: true },
    "retry count": { role: "input", type: "integer", min: 0, max: 20 },
    "file size": { role: "input", type: "number", unit: "MiB", min: 0, max: 4096 },
    network: input("available"),
    session: input("expired"),
    "progress bar": output("show the progress bar", "hide the progress bar", { complete: true }),
    "chunk size": { role: "output", type: "number", unit: "KiB", min: 64, max: 8192, complete: true },
    "retry timer": output("start the retry timer", "stop the retry timer"),
    "error banner": output("show the error banner", "hide the error banner", { complete: true }),
  },
  statements: [
    shall("UP-BAR", [whilst(is("upload status", "sending"))], [is("progress bar")]),
    shall("UP-NO-BAR", [whilst({ ...is("upload status", "sending"), negated: true })], [isNot("progress bar")]),
    shall("UP-SMALL", [given(than("file size", "<=", 10))], [is("chunk size", 256)]),
    shall("UP-LARGE", [given(than("file size", ">", 10))], [is("chunk size", 4096)]),
    shall("UP-RETRY", [whilst(is("upload status", "failed")), when(is("network"))], [is("retry timer")], {
      until: [is("session"), than("retry count", ">", 5)],
    }),
    shall("UP-GIVE-UP", [given(than("retry count", ">", 5))], [isNot("retry timer")]),
    shall("UP-EXPIRED", [given(is("session"))], [isNot("retry timer")]),
    shall("UP-ERROR", [whilst(is("upload status", "failed"))], [is("error banner")]),
    shall("UP-NO-ERROR", [whilst({ ...is("upload status", "failed"), negated: true })], [isNot("error banner")]),
    shall("UP-QUEUED", [whilst(is("upload status", "queued")), when(isNot("network"))], [isNot("retry timer")]),
    shall("UP-DONE", [when(is("upload status", "done"))], [isNot("retry timer")]),
  ],
};

export const MODELS = [MIXER, HEATING, DOOR, UPLOAD];
