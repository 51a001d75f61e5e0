package com.acme.bank.core;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.*;

class AccountTest {
  private final Account account = new Account();

  @Nested
  class Deposits {
    @Test
    @Tag("ACCT-DEPOSIT")
    void addToTheBalance() {
      account.deposit(5);
      assertEquals(5, account.balance());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -100, Long.MIN_VALUE})
    @Tag("ACCT-DEPOSIT-NEGATIVE")
    void refusesNegative(long amount) {
      assertThrows(IllegalArgumentException.class, () -> account.deposit(amount));
      assertEquals(0, account.balance());
    }

    // @verifies ACCT-DEPOSIT-ZERO
    @Test
    @DisplayName("refuses nothing at all")
    void refusesZero() {
      assertThrows(IllegalArgumentException.class, () -> account.deposit(0));
    }
  }

  @Nested
  @DisplayName("When withdrawing")
  class Withdrawals {
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"1, 0", "6, 5"})
    @DisplayName("refuses more than there is [ACCT-OVERDRAFT]")
    void overdraft(long amount, long balance) {
      if (balance > 0) account.deposit(balance);
      assertThrows(IllegalStateException.class, () -> account.withdraw(amount));
    }
  }

  /** [ACCT-CLOSE] */
  @Test
  void closed() {
    account.close();
    assertThrows(IllegalStateException.class, () -> account.deposit(1));
    assertThrows(IllegalStateException.class, () -> account.withdraw(0));
  }
}
