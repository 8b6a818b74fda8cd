package palomar.storage.loft.v1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.storage.StagedMessage;
import palomar.storage.UserMail.Filed;
import palomar.storage.UserMail.Filing;
import palomar.storage.journal.Commit;

/// Copies for one user and a change of his named values, on their way in one transaction. One use, one thread.
final class FilingBatch {
    private final Shard shard;
    private final UserNode node;
    private final List<Filing> filings;
    private final List<Box> boxes;
    private final long[][] words;
    private final Batch batch;

    FilingBatch(Shard shard, UserNode node, List<Filing> filings) {
        this.shard = shard;
        this.node = node;
        this.filings = filings;
        this.boxes = new ArrayList<>(filings.size());
        this.words = new long[filings.size()][Row.WORDS];
        this.batch = shard.batch();
    }

    List<Filed> run(Map<String, Optional<byte[]>> values) {
        for (Filing filing : filings) {
            boxes.add(box(filing));
        }
        bodies();
        if (values.isEmpty()
                && filings.stream().allMatch(filing -> filing.noted().isEmpty())) {
            commit(values);
        } else {
            // As LoftAttributes: whoever changes values holds the tree until they are in force.
            node.tree().lock();
            try {
                commit(values);
            } finally {
                node.tree().unlock();
            }
        }
        List<Filed> filed = new ArrayList<>(words.length);
        for (int i = 0; i < words.length; i++) {
            filed.add(new Filed(boxes.get(i).uidValidity, Row.uid(words[i], 0)));
        }
        return filed;
    }

    private Box box(Filing filing) {
        Box box = shard.catalog().box(filing.mailbox().value());
        if (box == null || !box.user.equals(node.name)) {
            throw Box.gone();
        }
        return box;
    }

    /// The bytes of each message once, whatever the order of its copies.
    private void bodies() {
        Set<StagedMessage> done = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Filing first : filings) {
            if (!done.add(first.message())) {
                continue;
            }
            int owners = (int) filings.stream()
                    .filter(each -> each.message() == first.message())
                    .count();
            for (int i = 0; i < words.length; i++) {
                Filing each = filings.get(i);
                if (each.message() == first.message()) {
                    batch.message(words[i], 0, each.message(), each.head(), each.internalDate(), owners);
                }
            }
        }
    }

    private void commit(Map<String, Optional<byte[]>> values) {
        Commit pending;
        shard.sequencer().lock();
        try {
            pending = submit(values);
        } finally {
            shard.sequencer().unlock();
        }
        if (pending != null) {
            pending.await();
        }
    }

    /// Under the sequencer: what may be refused first, so that a refusal leaves no gap in UIDs.
    private @Nullable Commit submit(Map<String, Optional<byte[]>> values) {
        if (node.deleted()) {
            throw new MailException(MailError.NOT_FOUND, "user does not exist");
        }
        long saved = shard.seconds();
        long bytes = 0;
        for (int i = 0; i < words.length; i++) {
            boxes.get(i).requireThere();
            Row.keywords(
                    words[i], 0, boxes.get(i).keywordBits(filings.get(i).flags().keywords(), true));
            bytes += Row.size(words[i], 0);
        }
        if (words.length > 0) {
            shard.requireRoom(boxes.getFirst(), bytes, words.length);
        }
        SortedMap<String, Optional<byte[]>> changes = node.values().different(withNotes(values));
        for (int i = 0; i < words.length; i++) {
            Box box = boxes.get(i);
            long modSeq = box.giveModSeq();
            long uid = box.giveUids(1);
            filings.get(i).noted().ifPresent(name -> changes.put(name, Optional.of(note(uid))));
            Row.identity(words[i], 0, uid, saved);
            Row.modSeqAndState(words[i], 0, modSeq, filings.get(i).flags().system());
            batch.addRows(box, LogRecord.Cause.NEW, modSeq, words[i]);
        }
        if (!changes.isEmpty()) {
            batch.add(new LogRecord.UserValues(node.name, new ValueChange(false, changes)));
        }
        return batch.isEmpty() ? null : shard.submit(batch, Shard.Change.MAIL);
    }

    /// With room for UIDs, which are not given before all else is known to fit.
    private Map<String, Optional<byte[]>> withNotes(Map<String, Optional<byte[]>> values) {
        Map<String, Optional<byte[]>> all = new HashMap<>(values);
        filings.forEach(filing -> filing.noted().ifPresent(name -> all.put(name, Optional.of(note(0)))));
        return all;
    }

    private static byte[] note(long uid) {
        return ByteBuffer.allocate(Long.BYTES).putLong(uid).array();
    }
}
