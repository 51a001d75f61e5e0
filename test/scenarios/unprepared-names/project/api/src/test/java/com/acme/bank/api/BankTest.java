package com.acme.bank.api;

import static org.junit.jupiter.api.Assertions.*;

import com.acme.bank.core.Account;
import org.junit.jupiter.api.*;

@DisplayName("The bank")
class BankTest {
  private final Bank bank = new Bank();

  @Test
  @Tag("XFER-ATOMIC")
  @DisplayName("moves money")
  void moves() {
    Account a = new Account(), b = new Account();
    a.deposit(10);
    bank.transfer(a, b, 4);
    assertEquals(6, a.balance());
    assertEquals(4, b.balance());
  }

  @Test
  @Tag("XFER-ATOMIC-CLOSED")
  void targetIsClosed() {
    Account a = new Account(), b = new Account();
    a.deposit(10);
    b.close();
    assertThrows(IllegalStateException.class, () -> bank.transfer(a, b, 4));
    assertEquals(10, a.balance(), "the source keeps its money");
  }

  @Test
  @Disabled("no keys yet")
  @Tag("XFER-IDEMPOTENT")
  void sameKey() {
    fail("later");
  }
}
