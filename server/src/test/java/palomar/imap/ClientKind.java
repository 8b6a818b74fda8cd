package palomar.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a client of the model test has switched on.
///
/// @param pushed how NOTIFY was used
record ClientKind(boolean condstore, boolean qresync, boolean rev2, boolean uidOnly, boolean compress, Notify pushed) {
    enum Notify {
        NEVER,
        /// SELECTED-DELAYED: the numbers stay until a command that may change them.
        DELAYED,
        /// SELECTED: anything may come at any time, so that numbers mean nothing.
        AT_ONCE
    }

    static ClientKind any(RandomGenerator random) {
        boolean qresync = random.nextInt(3) == 0;
        return new ClientKind(
                qresync || random.nextInt(3) == 0,
                qresync,
                random.nextBoolean(),
                random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                Notify.values()[Math.max(0, random.nextInt(5) - 2)]);
    }

    /// The words for ENABLE; empty for none.
    String enable() {
        List<String> words = new ArrayList<>();
        if (rev2) {
            words.add("IMAP4rev2");
        }
        if (qresync) {
            words.add("QRESYNC");
        } else if (condstore) {
            words.add("CONDSTORE");
        }
        if (uidOnly) {
            words.add("UIDONLY");
        }
        return String.join(" ", words);
    }

    /// Is what is gone told as VANISHED?
    boolean vanishes() {
        return qresync || uidOnly;
    }

    /// May it not name messages by their numbers?
    boolean byUidOnly() {
        return uidOnly || pushed == Notify.AT_ONCE;
    }
}
