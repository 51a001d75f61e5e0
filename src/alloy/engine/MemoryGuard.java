package evidence.alloy;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;

/**
 * Ends the process when it does little but collect garbage. Just below its bound of memory a virtual machine can go on
 * like that for hours before it says that there is none left.
 */
final class MemoryGuard {
  /** As the virtual machine exits by itself when memory is used up. */
  static final int EXIT_MEMORY = 3;

  private static final long EVERY_MS = 1000;
  /** Looks in a row that have to find the machine collecting. */
  private static final int LOOKS = 3;
  private static final double MOST_COLLECTING = 0.8;

  private MemoryGuard() {}

  /** Looks only while `busy`, which also keeps what it needs from being loaded for short questions. */
  static void start(BooleanSupplier busy) {
    Thread guard = new Thread(() -> watch(busy), "memory");
    guard.setDaemon(true);
    guard.setPriority(Thread.MAX_PRIORITY);
    guard.start();
  }

  private static void watch(BooleanSupplier busy) {
    int collecting = 0;
    long spent = -1;
    long since = 0;
    while (true) {
      try {
        Thread.sleep(EVERY_MS);
      } catch (InterruptedException caught) {
        return;
      }
      if (!busy.getAsBoolean()) {
        spent = -1;
        continue;
      }
      long now = System.nanoTime() / 1_000_000;
      long all = collectionMs();
      boolean much = spent >= 0 && all - spent > MOST_COLLECTING * (now - since);
      collecting = much ? collecting + 1 : 0;
      if (collecting == LOOKS) Runtime.getRuntime().halt(EXIT_MEMORY);
      spent = all;
      since = now;
    }
  }

  private static long collectionMs() {
    long sum = 0;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) sum += bean.getCollectionTime();
    return sum;
  }
}
