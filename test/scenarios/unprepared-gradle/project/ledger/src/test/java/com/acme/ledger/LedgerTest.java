package com.acme.ledger;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  @Tag("LEDGER-BALANCED")
  void booksBalancedEntries() {
    assertDoesNotThrow(() -> ledger.book(entry("10.00", "10.00")));
  }

  @Test
  @DisplayName("rejects what does not add up [LEDGER-BALANCED-REJECT]")
  void rejectsUnbalancedEntries() {
    assertThrows(IllegalArgumentException.class, () -> ledger.book(entry("10.00", "9.99")));
  }

  // @verifies LEDGER-AUDIT
  @Test
  void keepsWhoBooked() {
    throw new AssertionError("expected: <ada> but was: <null>");
  }

  private static Ledger.Entry entry(String debits, String credits) {
    return new Ledger.Entry(new BigDecimal(debits), new BigDecimal(credits));
  }
}
