package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.storage.QuotaUsage;
import palomar.storage.StagedMessage;
import palomar.storage.Storage;
import palomar.storage.journal.Commit;

/// One message on its way to several mailboxes: one transaction a shard, all shards side by side. One use, one
/// thread.
final class Delivery {
    private final StagedMessage message;
    private final List<Storage.Target> targets;
    private final Storage.@Nullable Delivered[] results;
    private final Map<Shard, List<Copy>> byShard = new LinkedHashMap<>();

    /// One target that has a mailbox.
    private static final class Copy {
        private final int target;
        private final Box box;
        private final long[] words = new long[Row.WORDS];

        private Copy(int target, Box box) {
            this.target = target;
            this.box = box;
        }
    }

    Delivery(StagedMessage message, List<Storage.Target> targets) {
        this.message = message;
        this.targets = targets;
        this.results = new Storage.Delivered[targets.size()];
    }

    void to(int target, Shard shard, UserNode user) {
        Box box = user.box(targets.get(target).mailbox());
        if (box == null) {
            failed(target, Box.gone());
            return;
        }
        byShard.computeIfAbsent(shard, _ -> new ArrayList<>()).add(new Copy(target, box));
    }

    void failed(int target, MailException why) {
        results[target] = new Storage.Delivered.Failed(why);
    }

    List<Storage.Delivered> run() {
        Map<Shard, Commit> commits = new LinkedHashMap<>();
        byShard.forEach((shard, copies) -> {
            try {
                Commit commit = submit(shard, copies);
                if (commit != null) {
                    commits.put(shard, commit);
                }
            } catch (MailException e) {
                refuse(copies, e);
            }
        });
        commits.forEach((shard, commit) -> {
            List<Copy> copies = List.copyOf(byShard.getOrDefault(shard, List.of()));
            try {
                commit.await();
                copies.forEach(this::stored);
            } catch (MailException e) {
                refuse(copies, e);
            }
        });
        List<Storage.Delivered> all = new ArrayList<>(results.length);
        for (Storage.@Nullable Delivered result : results) {
            all.add(result != null ? result : new Storage.Delivered.Failed(lost()));
        }
        return all;
    }

    private static MailException lost() {
        return new MailException(MailError.UNAVAILABLE, "the mail could not be stored just now");
    }

    private void refuse(List<Copy> copies, MailException why) {
        for (Copy copy : copies) {
            if (results[copy.target] == null) {
                failed(copy.target, why);
            }
        }
    }

    private void stored(Copy copy) {
        if (results[copy.target] == null) {
            results[copy.target] = new Storage.Delivered.Stored(copy.box.uidValidity, Row.uid(copy.words, 0));
        }
    }

    private @Nullable Commit submit(Shard shard, List<Copy> copies) {
        Batch batch = shard.batch();
        for (Copy copy : copies) {
            Storage.Target target = targets.get(copy.target);
            batch.message(copy.words, 0, message, target.head(), target.internalDate(), copies.size());
        }
        long saved = shard.clock().instant().getEpochSecond();
        Map<String, QuotaUsage> before = new HashMap<>();
        boolean any = false;
        shard.sequencer().lock();
        try {
            for (Copy copy : copies) {
                any |= give(shard, batch, copy, saved, before);
            }
            return any ? shard.submit(batch, Shard.Change.MAIL) : null;
        } finally {
            shard.sequencer().unlock();
        }
    }

    /// Under the sequencer: the place in one mailbox; one that can't take it does not keep the others from theirs.
    ///
    /// @param before what this delivery adds to each user already
    private boolean give(Shard shard, Batch batch, Copy copy, long saved, Map<String, QuotaUsage> before) {
        Storage.Target target = targets.get(copy.target);
        Box box = copy.box;
        try {
            box.requireThere();
            QuotaUsage had = before.getOrDefault(box.user, QuotaUsage.ofMail(0, 0));
            QuotaUsage adds = QuotaUsage.ofMail(had.storage() + Row.size(copy.words, 0), had.messages() + 1);
            shard.requireRoom(box, adds.storage(), adds.messages());
            long keywords = box.keywordBits(target.flags().keywords(), true);
            long uid = box.giveUids(1);
            long modSeq = box.giveModSeq();
            Row.identity(copy.words, 0, uid, saved);
            Row.modSeqAndState(copy.words, 0, modSeq, target.flags().system());
            Row.keywords(copy.words, 0, keywords);
            batch.addRows(box, LogRecord.Cause.NEW, modSeq, copy.words);
            before.put(box.user, adds);
            return true;
        } catch (MailException e) {
            failed(copy.target, e);
            return false;
        }
    }
}
