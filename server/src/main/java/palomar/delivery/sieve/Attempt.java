package palomar.delivery.sieve;

import java.util.Map;
import java.util.Optional;

/// One try to deliver one message to one user, told from all others. docs/decisions/0064
///
/// @param id names the delivery in keys of the outbox, the same when it is tried again; empty: nobody tries again
/// @param filed an earlier try has stored the copies already, and only the rest is to be done
/// @param marks values that are written with the copies, so that another try knows of them
public record Attempt(String id, boolean filed, Map<String, Optional<byte[]>> marks) {

    /// Of a message that nobody sends again.
    public static final Attempt ONLY = new Attempt("", false, Map.of());

    /// A key of the outbox for one thing that this delivery sends.
    String key(String kind, String what) {
        return id.isEmpty() ? "" : id + "/" + kind + "/" + Digests.sha256(what);
    }
}
