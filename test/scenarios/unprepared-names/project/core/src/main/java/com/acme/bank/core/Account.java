package com.acme.bank.core;

/** @implements ACCT-DEPOSIT, ACCT-OVERDRAFT */
public final class Account {
  private long balance;
  private boolean closed;

  public void deposit(long amount) {
    if (amount <= 0) throw new IllegalArgumentException("amount " + amount);
    if (closed) throw new IllegalStateException("closed");
    balance += amount;
  }

  public void withdraw(long amount) {
    if (amount > balance) throw new IllegalStateException("overdraft");
    balance -= amount;
  }

  public void close() { closed = true; }

  public long balance() { return balance; }
}
