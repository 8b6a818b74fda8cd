package palomar.delivery.sieve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.mail.Flags;
import palomar.outbox.OutgoingMessage;
import palomar.sieve.Action;
import palomar.storage.UserMail;

/// What is to be done for one result, before anything is done. One thread.
final class Plan {
    /// A copy for a mailbox.
    ///
    /// @param original it is the message as it came, so that its bytes are staged already
    /// @param own a copy of the message, not of something that was sent
    /// @param noted as in [UserMail.Filing]: such a copy is one of its own
    record Store(
            UserMail.Entry mailbox,
            ByteSource content,
            boolean original,
            Flags flags,
            boolean own,
            Optional<String> noted) {
        Store(UserMail.Entry mailbox, ByteSource content, boolean original, Flags flags, boolean own) {
            this(mailbox, content, original, flags, own, Optional.empty());
        }

        boolean isSame(Store other) {
            return mailbox.id().equals(other.mailbox.id())
                    && content == other.content
                    && noted.isEmpty()
                    && other.noted.isEmpty();
        }
    }

    /// A message for the outbox.
    ///
    /// @param what it does, for logs: `redirect message to ...`
    record Send(OutgoingMessage message, String what) {}

    final List<Store> stores = new ArrayList<>();
    final List<Send> sends = new ArrayList<>();
    final List<Action.Pipe> pipes = new ArrayList<>();
    final Map<String, Optional<byte[]>> values = new LinkedHashMap<>();
    Optional<String> refusal = Optional.empty();

    /// The same content twice in one mailbox is one copy: RFC 5228 2.10.3. The later flags win.
    void store(Store store) {
        for (int i = 0; i < stores.size(); i++) {
            Store before = stores.get(i);
            if (before.isSame(store)) {
                stores.set(i, store.flags().isEmpty() ? before : store);
                return;
            }
        }
        stores.add(store);
    }
}
