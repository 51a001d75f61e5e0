import type { Keyword, Modality } from "./statement.js";

/** The closed vocabularies of the grammar, in lower case. */

export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ["where", "where"],
  ["while", "while"],
  ["when", "when"],
  ["whenever", "when"],
  ["if", "if"],
]);

export const MODALS: ReadonlyMap<string, Modality> = new Map<string, Modality>([
  ["shall", "shall"],
  ["must", "shall"],
  ["should", "should"],
  ["may", "may"],
]);

export const NEGATIONS: ReadonlySet<string> = new Set(["not", "never"]);

/** Words that may stand between two obligations of one sentence that share their subject: `and SHALL`, `but SHALL`. */
export const COORDINATORS: ReadonlySet<string> = new Set(["and", "but", "yet"]);

/** Words that set an obligation of another subject against the one before: `, while ordinary runs SHALL …`. */
export const CONTRASTS: ReadonlySet<string> = new Set(["while", "whereas"]);

/** Words that stand for the opposite of the condition before. */
export const ALTERNATIVES: ReadonlySet<string> = new Set(["otherwise", "else"]);

export const DETERMINERS: ReadonlySet<string> = new Set(
  "the a an every each all any no both this that these those its their".split(" "),
);

/** Words that make what follows belong to a noun or verb before it, so that it says nothing about the response itself. */
export const SUBORDINATORS: ReadonlySet<string> = new Set(
  "that which who whom whose whether how why what where when whenever if unless because since although so as".split(
    " ",
  ),
);

/** A noun phrase that ends in one of these is not complete, so no subject ends in one. */
export const DANGLING: ReadonlySet<string> = new Set("that which who whom whose to of and or nor but it's".split(" "));

/** Pronouns that tie what follows to a noun before it, so that no subject begins with one. */
export const RELATIVES: ReadonlySet<string> = new Set("which who whom whose".split(" "));

/** What may begin a phrase before the subject that is no EARS clause: `For each file, THE …`. */
export const PREPOSITIONS: ReadonlySet<string> = new Set(
  (
    "for on upon after before in during unless once at by to with without under as additionally however " +
    "therefore furthermore moreover also finally then until from given because since although except besides within " +
    "throughout following prior per regardless should provided assuming as instead unlike despite depending among " +
    "between across through immediately similarly likewise conversely note whereas"
  ).split(" "),
);

/** A keyword or modal behind one of these is spoken about, not used: `the keyword SHALL`. */
export const NAMING_WORDS: ReadonlySet<string> = new Set(
  "keyword keywords word words verb verbs modal modals term terms".split(" "),
);

/** A modal behind one of these is spoken about too, since no subject ends in one: `must for SHALL`, `a MAY`. */
export const NAMING_LEADS: ReadonlySet<string> = new Set(
  "for as of with from into like than the a an another no".split(" "),
);

/** A further modal before one of these is spoken about too: `SHALL as mandatory, SHOULD as advisory`. */
export const NAMED_BY: ReadonlySet<string> = new Set("as for of is are means to".split(" "));

/** Words behind which a full stop does not end a sentence. */
export const ABBREVIATIONS: ReadonlySet<string> = new Set(
  "e.g i.e eg ie etc vs cf approx no fig incl resp ca al max min".split(" "),
);

/** Words that begin a new sentence even in lower case, for authors who forget the capital. */
export const SENTENCE_STARTS: ReadonlySet<string> = new Set("the when while if where whenever".split(" "));
