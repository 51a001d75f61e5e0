package com.acme.ledger;

import java.math.BigDecimal;

public final class Ledger {
  /** @implements LEDGER-BALANCED */
  public void book(Entry entry) {
    if (entry.debits().compareTo(entry.credits()) != 0) throw new IllegalArgumentException("unbalanced");
  }

  public record Entry(BigDecimal debits, BigDecimal credits) {}
}
