package com.acme.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClosedPeriodIT {
  // @verifies LEDGER-CLOSED
  @Test
  void refusesEntriesOfAClosedPeriod() {
    assertTrue(new Periods().isClosed("2025-01"));
  }
}
