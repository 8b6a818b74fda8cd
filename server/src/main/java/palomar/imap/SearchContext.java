package palomar.imap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.Command;
import palomar.imap.proto.EsearchWriter;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.NumberSet;
import palomar.imap.proto.Ranges;
import palomar.imap.proto.SearchKey;
import palomar.imap.proto.Tag;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.storage.MessageCursor;

/// A search whose result is kept up to date at the client: the search program and what the client was told to
/// match it. RFC 5267 4.3
///
/// Only messages that have changed are tested again, and none when nothing that the program asks for can change.
/// OLDER and YOUNGER are therefore looked at again when a message changes, not as time goes by (RFC 5032 2 allows
/// that). One thread at a time, as [SelectedMailbox].
final class SearchContext {
    private final Dialogue dialogue;
    private final Correlator name;
    private final SearchKey program;
    private final List<FetchItem> items;
    private final boolean mayChange;
    private final @Nullable SortedResults sorted;
    private UidSet told;

    /// How the client recognises what is told of the search.
    ///
    /// @param mailbox told too when the command was ESEARCH; RFC 7377 2.1
    record Correlator(Tag tag, Command.Numbering by, Optional<MailboxName> mailbox) {
        void begin(EsearchWriter out, SelectedMailbox box) throws IOException {
            if (mailbox.isPresent()) {
                out.begin(tag, mailbox.get().value(), box.mailbox().uidValidity());
            } else {
                out.begin(tag, by);
            }
        }
    }

    /// @param items what is told of each new message that matches; RFC 5465 7
    /// @param told the result as the client has it
    /// @param sorted the same in its order, when it has another than the mailbox's
    SearchContext(
            Dialogue dialogue,
            Correlator name,
            SelectedMailbox box,
            SearchKey program,
            List<FetchItem> items,
            UidSet told,
            @Nullable SortedResults sorted) {
        this.dialogue = dialogue;
        this.name = name;
        this.program = program.map(leaf -> frozen(leaf, box));
        this.mayChange = program.mayChange();
        this.items = items;
        this.told = told;
        this.sorted = sorted;
    }

    /// Sequence numbers and `$` mean for good what they meant when the search was given. RFC 5267 4.3
    private static SearchKey frozen(SearchKey.Leaf leaf, SelectedMailbox box) {
        if (leaf instanceof SearchKey.Numbered(NumberSet set) && (set instanceof NumberSet.Seqs || set.isSaved())) {
            UidSet meant = box.uids(box.resolveLeniently(set));
            return new SearchKey.Numbered(new NumberSet.Uids(Ranges.of(meant)));
        }
        return leaf;
    }

    Tag tag() {
        return name.tag();
    }

    /// Messages have changed or are gone; the numbers in front of them are still the client's.
    void changed(SelectedMailbox box, UidSet changed, UidSet gone) throws IOException {
        UidSet matches = mayChange ? matches(box, changed) : told.intersect(changed);
        UidSet removed = told.intersect(changed).minus(matches).union(told.intersect(gone));
        tell(box, removed, matches.minus(told));
    }

    /// Messages have come; the client knows their numbers.
    ///
    /// @param foreign those of them that others have brought
    /// @param toldItems what of these the client knows already
    void arrived(SelectedMailbox box, UidSet arrived, UidSet foreign, List<FetchItem> toldItems) throws IOException {
        UidSet matches = matches(box, arrived);
        UidSet described = matches.intersect(foreign);
        List<FetchItem> more = new ArrayList<>(items);
        more.removeAll(toldItems);
        if (!more.isEmpty() && !described.isEmpty()) {
            // RFC 5465 7: before the result grows
            new FetchHandler(dialogue, box).tellNew(described, more);
        }
        tell(box, UidSet.EMPTY, matches);
    }

    private UidSet matches(SelectedMailbox box, UidSet among) {
        if (among.isEmpty()) {
            return among;
        }
        SearchCondition condition = new SearchCompiler(box, dialogue.clock().instant()).compile(program);
        UidSet.Builder matches = new UidSet.Builder();
        try (MessageCursor cursor = box.mailbox().cursor()) {
            SearchRow row = new SearchRow(cursor);
            for (var uids = among.iterator(); uids.hasNext(); ) {
                long uid = uids.nextLong();
                // One that is on its way out is told to be gone, later.
                boolean there = row.moveTo(uid) && !cursor.expunged();
                if (there ? matches(condition, row) : told.contains(uid)) {
                    matches.add(uid);
                }
            }
        }
        return matches.build();
    }

    /// A message that can't be read matches nothing; a session does not end for it.
    private boolean matches(SearchCondition condition, SearchRow row) {
        try {
            return condition.matches(row);
        } catch (IOException | UncheckedIOException | MailException e) {
            dialogue.events()
                    .error(
                            "imap.damaged-message",
                            "a message could not be searched and was left out; check the store",
                            e,
                            "uid",
                            row.uid());
            return false;
        }
    }

    private void tell(SelectedMailbox box, UidSet removed, UidSet added) throws IOException {
        if (removed.isEmpty() && added.isEmpty()) {
            return;
        }
        told = told.minus(removed).union(added);
        EsearchWriter out = new EsearchWriter(dialogue.out());
        name.begin(out, box);
        if (sorted != null) {
            sorted.remove(out, box, removed);
            sorted.add(out, box, told, added);
        } else {
            tellUnsorted(out, box, removed, added);
        }
        out.end();
    }

    private void tellUnsorted(EsearchWriter out, SelectedMailbox box, UidSet removed, UidSet added) throws IOException {
        switch (name.by()) {
            case UID -> {
                out.change(EsearchWriter.Change.REMOVE, removed);
                out.change(EsearchWriter.Change.ADD, added);
            }
            case SEQ -> {
                out.change(EsearchWriter.Change.REMOVE, box.seqs(removed));
                out.change(EsearchWriter.Change.ADD, box.seqs(added));
            }
        }
    }
}
