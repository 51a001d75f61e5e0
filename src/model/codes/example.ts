import { codes } from "./code.js";

export const EX_CODES = codes({
  EX001: {
    severity: "error",
    title: "Example gives another value",
    explanation:
      "An example in an Evidence section was run, and the whole value of its statement is not the one behind `//=>`. Either the code does something else than the specification shows, or the specification shows something else than was meant.",
    remedy:
      "Correct the code, or the expected value. A promise is compared as a promise: write `await` in the example.",
    example: "1 + 14; //=> 5",
  },
  EX002: {
    severity: "error",
    title: "Example gives another type",
    explanation:
      "`//=> type T` wants a value whose `typeof` is T, or whose class has exactly the name T. The value is of another type.",
    remedy: "Correct the code, or name the type that is meant; `type Promise` for what is not awaited.",
    example: "[1, 2]; //=> type Object",
  },
  EX003: {
    severity: "error",
    title: "Example throws nothing, or another error",
    explanation:
      "`//=> throws E` wants an error of class E, with the message behind it where one is given. The statement ended without an error, or with another one.",
    remedy: "Correct the code, or the expected error. The message counts as a whole.",
    example: 'JSON.parse("1"); //=> throws SyntaxError',
  },
  EX004: {
    severity: "error",
    title: "Example throws",
    explanation:
      "A statement that does not say `//=> throws` threw an error, or a promise was rejected and nobody looked at it. What stands behind it was not run.",
    remedy: "Correct the example, or write `//=> throws E` behind the statement where the error is what is meant.",
  },
  EX005: {
    severity: "error",
    title: "Expected text is no expression",
    explanation:
      "What stands behind `//=>` is evaluated and compared whole, so it has to be an expression of the example's language. Prose, an ellipsis or an abbreviated value cannot be compared. Text that is no expression is allowed for strings only: it is then the whole string.",
    remedy: 'Write the whole value, or compare a part of it: `result.name; //=> "box"`.',
    example: "f(); //=> { a: 1, … }",
  },
  EX006: {
    severity: "error",
    title: "Expectation belongs to no statement",
    explanation:
      "An expectation stands behind the end of the statement it is about, on the same line or on a line of its own below. This one stands inside a statement, before the first one, or behind one that has no value.",
    remedy: "Put it behind the end of an expression, a declaration or a `return`.",
  },
  EX007: {
    severity: "error",
    title: "Expectation was never reached",
    explanation:
      "The example ended without running the statement that the expectation stands behind: it is in a branch that was not taken or in a function that was not called. It shows nothing.",
    remedy: "Call the function, or take the expectation out of the branch.",
  },
  EX008: {
    severity: "error",
    title: "Example is not valid code",
    explanation: "The example cannot be parsed, so nothing of it was run.",
    remedy:
      "Correct the syntax at the line named. In TypeScript only types are taken away: no enums, no namespaces with values.",
  },
  EX009: {
    severity: "error",
    title: "Example takes too long",
    explanation:
      "The example did not end within `examples.timeoutSeconds` and was stopped, at the statement named. The examples behind it were run in a new process.",
    remedy: "Correct the endless loop or the promise that never settles, or raise the limit.",
  },
  EX010: {
    severity: "error",
    title: "Example ends its process",
    explanation:
      "The process of the example ended before the example did: it called `process.exit()`, crashed, or awaits something that nothing can settle any more.",
    remedy: "Take the call out of the example, or show it as a test with a process of its own.",
  },
  EX011: {
    severity: "error",
    title: "Example imports a module that does not exist",
    explanation:
      "An import of an example leads nowhere. Relative imports count from the root of the judged folder; packages are looked up from there.",
    remedy: "Correct the path, install the package, or build first if the example imports built files.",
  },
  EX012: {
    severity: "warning",
    title: "Example without an expectation",
    explanation:
      "An example says nothing about what it gives (`//*` says that anything will do), so it could not have failed: it is no evidence.",
    remedy: "Write what a statement gives behind it: `//=> value`, `//=> type T` or `//=> throws E`.",
  },
  EX013: {
    severity: "warning",
    title: "Expectation cannot fail",
    explanation:
      "The expectation compares constants with each other, or an expression with itself. It holds whatever the code does, so it does not count.",
    remedy: "Let the statement call what the requirement is about, and expect a value that is written out.",
    example: "total; //=> total",
  },
  EX014: {
    severity: "warning",
    title: "Comment looks like an expectation",
    explanation: "The comment starts with a sign that is easily taken for `//=>`, but nothing compares what it says.",
    remedy: "Write `//=>` (`#=>` in Python), or begin the comment with a word.",
    example: "f(); //-> 14",
  },
  EX015: {
    severity: "info",
    title: "Examples are not run",
    explanation:
      "The specifications hold examples, and the configuration does not allow running them. Examples are code: they run with the rights of the user who runs `evidence`. Until they are run they are no evidence.",
    remedy: 'Set `"examples": { "run": true }` in evidence.config.json if you trust what the specifications hold.',
  },
  EX016: {
    severity: "warning",
    title: "Program to run examples is missing",
    explanation:
      "Examples in a language could not be run because its program is not installed. They are inconclusive: no evidence for anything.",
    remedy: "Install the program named, or take the language out of `examples.languages`.",
  },
  EX017: {
    severity: "info",
    title: "Example in a language that is not run",
    explanation:
      "The fence of the example names no language, one that cannot be run, or one that `examples.languages` leaves out. JavaScript, TypeScript and Python can be run.",
    remedy: "Name the language behind the opening signs of the fence: ```` ```typescript ````.",
  },
  EX018: {
    severity: "error",
    title: "Value cannot be compared whole",
    explanation:
      "Part of the value cannot be seen from outside: private members of a class, or the inside of a promise, a generator or a weak collection. Calling two such values equal would be a guess.",
    remedy: "Compare what can be seen: `String(value)`, `value.toJSON()`, a property.",
    example: "new Rational(1, 2); //=> new Rational(1, 2)",
  },
});
