import { seeded } from "./random.mjs";

const AREAS =
  "LEDGER INVOICE PAYOUT REFUND QUEUE WORKER LEASE TIMER BOX IMAGE REGION QUOTA TENANT AUDIT EXPORT SEARCH INDEX MAIL SESSION POLICY SIGNAL CHART BATCH ROUTE CACHE BACKUP SHARD REPLICA UPLOAD BILLING CART STOCK PRICE OFFER RETURN LABEL CARRIER CLAIM SENSOR VALVE".split(
    " ",
  );
const VERBS =
  "OPEN CLOSE ADD DROP LIST MERGE SPLIT SEND HOLD FREE LOCK RENEW RETRY LIMIT ROUND SORT SIGN CHECK COUNT COPY MOVE PAUSE RESUME CANCEL".split(
    " ",
  );
const NOUNS =
  "ENTRY ORDER TOTAL OWNER STATE CLOCK TOKEN ROW PAGE FILE GROUP NAME RANGE LINK NOTE EVENT KEY VALUE PART STEP RATE SCOPE ITEM PLAN".split(
    " ",
  );
const CASES = "EMPTY TWICE LATE DENIED LARGE ABSENT STALE LAST FIRST BUSY SLOW BROKEN".split(" ");

/** Requirements of one specification file. */
const PER_CAPABILITY = 80;

/**
 * What the generated repository is about, before any text: capabilities, their requirements and scenarios, and for every
 * tag what its evidence is to say. `fate` is the verdict that a right judgement gives.
 *
 * @param {{ seed: number, requirements: number }} size
 */
export function makeCatalog({ seed, requirements }) {
  const random = seeded(seed, "catalog");
  const capabilities = [];
  const tags = [];
  const define = (tag) => {
    const draw = random.fraction();
    tags.push({ tag, fate: draw < 0.01 ? "missing" : draw < 0.015 ? "failing" : "verified" });
    return tag;
  };
  for (let made = 0; made < requirements; made += PER_CAPABILITY) {
    const number = capabilities.length;
    const area = AREAS[number % AREAS.length];
    const round = Math.floor(number / AREAS.length);
    const prefix = round === 0 ? area : `${area}${round + 1}`;
    const capability = { name: `${prefix.toLowerCase()}-service`, subject: `${area.toLowerCase()} service`, prefix };
    const count = Math.min(PER_CAPABILITY, requirements - made);
    capability.requirements = Array.from({ length: count }, (_, at) => {
      const verb = VERBS[at % VERBS.length];
      const noun = NOUNS[(Math.floor(at / VERBS.length) + at * 3) % NOUNS.length];
      const tag = define(`${prefix}-${verb}-${noun}`);
      const scenarios = Array.from({ length: random.between(2, 3) }, (_, nth) => {
        const label = CASES[(at * 5 + nth) % CASES.length];
        return { tag: define(`${tag}-${label}`), label };
      });
      return { tag, verb, noun, scenarios };
    });
    capabilities.push(capability);
  }
  // A judgement of nothing but passing tags could be guessed, so even the smallest repository has one of each.
  tags[0].fate = "verified";
  tags[1].fate = "missing";
  tags[2].fate = "failing";
  return { capabilities, tags };
}
