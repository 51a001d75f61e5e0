package com.acme.bank.api;

import com.acme.bank.core.Account;

public class Bank {
  // @implements XFER-ATOMIC
  public void transfer(Account from, Account to, long amount) {
    from.withdraw(amount);
    to.deposit(amount);
  }
}
