package palomar.imap.proto;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import palomar.mail.SpecialUse;

/// Everything a client can say, sorted by the state in which it may say it. RFC 9051 6, RFC 3501 6
///
/// Mailbox names are Unicode as the client wrote them, with the separator it used; neither INBOX's case nor a
/// trailing separator is mended here.
public sealed interface Command {
    Tag tag();

    /// Does it mean something only with the sequence numbers of this moment? Then it must not overlap with a
    /// command that may report EXPUNGE. RFC 9051 5.5
    default boolean usesSeqNumbers() {
        return switch (this) {
            case Fetch fetch -> isSeqs(fetch.targets);
            case Store store -> isSeqs(store.targets);
            case AnnotateCommand.Store store -> isSeqs(store.targets());
            case AnnotateCommand.TooLong refused -> false;
            case ConvertCommand convert -> isSeqs(convert.targets());
            case Copy copy -> isSeqs(copy.targets);
            case Move move -> isSeqs(move.targets);
            case Replace replace -> isSeqs(replace.target);
            case Search search -> search.by == Numbering.SEQ || search.key.usesSeqNumbers();
            case FilterCommand filter ->
                filter.by() == Numbering.SEQ || filter.key().usesSeqNumbers();
            case OrderCommand order ->
                order.by() == Numbering.SEQ || order.key().usesSeqNumbers();
            case InAnyState any -> false;
            case InNotAuthenticated stranger -> false;
            case InAuthenticated user -> false;
            case Close close -> false;
            case Unselect unselect -> false;
            case Check check -> false;
            case Expunge expunge -> false;
            case UidExpunge expunge -> false;
            case UidBatches batches -> false;
            case CancelUpdate cancel -> false;
            case BadCharset bad -> false;
        };
    }

    /// May untagged EXPUNGE or VANISHED responses for other sessions' work be sent before its tagged answer? Not
    /// with FETCH, STORE and SEARCH; with their UID forms yes. RFC 9051 7.5.1
    default boolean mayReportExpunge() {
        return switch (this) {
            case Fetch fetch -> !isSeqs(fetch.targets);
            case Store store -> !isSeqs(store.targets);
            case AnnotateCommand.Store store -> !isSeqs(store.targets());
            case AnnotateCommand.TooLong refused -> false;
            case ConvertCommand convert -> !isSeqs(convert.targets());
            case Search search -> search.by == Numbering.UID;
            case FilterCommand filter -> filter.by() == Numbering.UID;
            case OrderCommand order -> order.by() == Numbering.UID;
            case InAnyState any -> true;
            case InNotAuthenticated stranger -> false;
            case InAuthenticated user -> true;
            case Close close -> false;
            case Unselect unselect -> false;
            case Check check -> true;
            case Expunge expunge -> true;
            case UidExpunge expunge -> true;
            case UidBatches batches -> true;
            case CancelUpdate cancel -> true;
            case Copy copy -> true;
            case Move move -> true;
            case Replace replace -> true;
            case BadCharset bad -> false;
        };
    }

    private static boolean isSeqs(NumberSet targets) {
        return switch (targets) {
            case NumberSet.Seqs seqs -> true;
            case NumberSet.Uids uids -> false;
        };
    }

    /// RFC 9051 6.1
    sealed interface InAnyState extends Command {}

    /// RFC 9051 6.2
    sealed interface InNotAuthenticated extends Command {}

    /// Also valid with a mailbox selected. RFC 9051 6.3
    sealed interface InAuthenticated extends Command
            permits AclCommand,
                    Append,
                    BadName,
                    Comparator,
                    Compress,
                    ConversionsCommand,
                    Create,
                    Delete,
                    Enable,
                    Esearch,
                    Examine,
                    Idle,
                    ListMailboxes,
                    Lsub,
                    MetadataCommand,
                    Namespace,
                    Notify,
                    QuotaCommand,
                    Rename,
                    Rlist,
                    Rlsub,
                    Select,
                    Status,
                    Subscribe,
                    Unauthenticate,
                    Unsubscribe,
                    UrlCommand,
                    Xlist {}

    /// RFC 9051 6.4
    sealed interface InSelected extends Command
            permits AnnotateCommand,
                    BadCharset,
                    CancelUpdate,
                    Check,
                    Close,
                    ConvertCommand,
                    Copy,
                    Expunge,
                    Fetch,
                    FilterCommand,
                    Move,
                    Replace,
                    OrderCommand,
                    Search,
                    Store,
                    UidBatches,
                    UidExpunge,
                    Unselect {}

    /// SEARCH and UID SEARCH differ in what they answer with.
    enum Numbering {
        SEQ,
        UID
    }

    // ---- any state

    /// RFC 9051 6.1.1
    record Capability(Tag tag) implements InAnyState {}

    /// RFC 9051 6.1.2
    record Noop(Tag tag) implements InAnyState {}

    /// RFC 9051 6.1.3
    record Logout(Tag tag) implements InAnyState {}

    /// RFC 2971 3.1; no fields for NIL.
    record Id(Tag tag, List<IdField> fields) implements InAnyState {}

    /// RFC 5255 3.2
    ///
    /// @param ranges none to ask for the languages there are
    record Language(Tag tag, List<String> ranges) implements InAnyState {}

    /// A line that does not parse: BAD with `why`, which says what was expected. The reader is in step again.
    record Malformed(Tag tag, String why) implements InAnyState {}

    /// A command we do not have.
    ///
    /// @param name in capitals, printable ASCII, shortened when long
    record Unknown(Tag tag, String name) implements InAnyState {}

    /// The client sent, or is about to send, more than we read to stay in step: answer BYE and close. RFC 7888 4
    record Overrun(Tag tag, String why) implements InAnyState {}

    // ---- not authenticated

    /// RFC 9051 6.2.1. What arrived behind it must be thrown away: `ByteInput.discardBuffered`.
    record StartTls(Tag tag) implements InNotAuthenticated {}

    /// RFC 9051 6.2.2, initial response: RFC 4959. More lines come by `CommandReader.readAuthLine`.
    ///
    /// @param mechanism in capitals
    record Authenticate(Tag tag, String mechanism, Optional<byte[]> initialResponse) implements InNotAuthenticated {
        @Override
        public String toString() {
            return "Authenticate[tag=" + tag + ", mechanism=" + mechanism + "]";
        }
    }

    /// RFC 9051 6.2.3
    record Login(Tag tag, String user, String password) implements InNotAuthenticated {
        @Override
        public String toString() {
            return "Login[tag=" + tag + ", user=" + user + "]";
        }
    }

    // ---- authenticated

    /// A mailbox name that can't be one: NO [CANNOT], since the line itself is well formed and many clients give
    /// up everything after BAD. RFC 3501 5.1.3
    record BadName(Tag tag, String why) implements InAuthenticated {}

    /// RFC 9051 6.3.1
    ///
    /// @param capabilities in capitals
    record Enable(Tag tag, List<String> capabilities) implements InAuthenticated {}

    /// RFC 5255 4.7
    ///
    /// @param orders none to ask for the active one
    record Comparator(Tag tag, List<CollationPattern> orders) implements InAuthenticated {}

    /// RFC 9051 6.3.2
    record Select(Tag tag, String mailbox, SelectParams params) implements InAuthenticated {}

    /// RFC 9051 6.3.3
    record Examine(Tag tag, String mailbox, SelectParams params) implements InAuthenticated {}

    /// RFC 9051 6.3.4, with uses: RFC 6154 3
    ///
    /// @param unknownUses attributes that are none of ours: NO [USEATTR]
    record Create(Tag tag, String mailbox, Set<SpecialUse> uses, List<String> unknownUses) implements InAuthenticated {
        public Create {
            uses = uses.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(uses));
        }
    }

    /// RFC 9051 6.3.5
    record Delete(Tag tag, String mailbox) implements InAuthenticated {}

    /// RFC 9051 6.3.6
    record Rename(Tag tag, String from, String to) implements InAuthenticated {}

    /// RFC 9051 6.3.7
    record Subscribe(Tag tag, String mailbox) implements InAuthenticated {}

    /// RFC 9051 6.3.8
    record Unsubscribe(Tag tag, String mailbox) implements InAuthenticated {}

    /// RFC 9051 6.3.9, RFC 5258
    ///
    /// @param patterns at least one; `*` and `%` are wildcards
    record ListMailboxes(Tag tag, String reference, List<String> patterns, ListOptions options)
            implements InAuthenticated {}

    /// LIST of Gmail and of clients older than RFC 6154: with uses, and INBOX marked as such.
    record Xlist(Tag tag, String reference, String pattern) implements InAuthenticated {}

    /// RFC 3501 6.3.9
    record Lsub(Tag tag, String reference, String pattern) implements InAuthenticated {}

    /// RFC 2193 5.1
    record Rlist(Tag tag, String reference, String pattern) implements InAuthenticated {}

    /// RFC 2193 5.2
    record Rlsub(Tag tag, String reference, String pattern) implements InAuthenticated {}

    /// RFC 9051 6.3.10
    record Namespace(Tag tag) implements InAuthenticated {}

    /// RFC 9051 6.3.11
    ///
    /// @param items at least one, each once, in the client's order
    record Status(Tag tag, String mailbox, List<StatusItem> items) implements InAuthenticated {}

    /// NOTIFY SET, or NONE without `asked`. RFC 5465 3.1
    record Notify(Tag tag, Optional<NotifySet> asked) implements InAuthenticated {}

    /// RFC 9051 6.3.12, several: RFC 3502. The messages are still on their way.
    record Append(Tag tag, String mailbox, AppendMessages messages) implements InAuthenticated {}

    /// ESEARCH. RFC 7377 2
    ///
    /// @param sources empty: the selected mailbox
    /// @param badCharset there when the charset won't do; the key means nothing then
    record Esearch(
            Tag tag, List<SearchSource> sources, SearchReturns returns, SearchKey key, Optional<BadCharset> badCharset)
            implements InAuthenticated {
        public Esearch {
            sources = List.copyOf(sources);
        }

        /// The same with another key.
        public Esearch with(SearchKey other) {
            return new Esearch(tag, sources, returns, other, badCharset);
        }
    }

    /// RFC 4978 3
    ///
    /// @param algorithm in capitals
    record Compress(Tag tag, String algorithm) implements InAuthenticated {}

    /// RFC 8437 3
    record Unauthenticate(Tag tag) implements InAuthenticated {}

    /// RFC 9051 6.3.13. Ends by `CommandReader.readDone`.
    record Idle(Tag tag) implements InAuthenticated {}

    // ---- selected

    /// RFC 3501 6.4.1
    record Check(Tag tag) implements InSelected {}

    /// RFC 9051 6.4.1
    record Close(Tag tag) implements InSelected {}

    /// RFC 9051 6.4.2
    record Unselect(Tag tag) implements InSelected {}

    /// RFC 9051 6.4.3
    record Expunge(Tag tag) implements InSelected {}

    /// RFC 9051 6.4.9, RFC 4315 2.1
    record UidExpunge(Tag tag, NumberSet.Uids targets) implements InSelected {}

    /// UIDBATCHES. RFC 10022 3
    ///
    /// @param size messages in a batch; 1 to 2^32-1
    /// @param first the first batch that is wanted, 1 being that of the highest UIDs
    /// @param last the last one, at least `first`; 2^32-1 when all are
    record UidBatches(Tag tag, long size, long first, long last) implements InSelected {}

    /// SEARCH and UID SEARCH. RFC 9051 6.4.4
    record Search(Tag tag, Numbering by, SearchReturns returns, SearchKey key) implements InSelected {
        /// The same with another key.
        public Search with(SearchKey other) {
            return new Search(tag, by, returns, other);
        }
    }

    /// CANCELUPDATE. RFC 5267 4.3.5
    ///
    /// @param searches the tags of searches with UPDATE; at least one
    record CancelUpdate(Tag tag, List<Tag> searches) implements InSelected {
        public CancelUpdate {
            searches = List.copyOf(searches);
        }
    }

    /// A SEARCH whose charset we do not know: NO [BADCHARSET]. RFC 9051 6.4.4
    ///
    /// @param saves was the result to be saved?
    /// @param malformed the charset can't go with FILTER, known or not: BAD instead of NO. RFC 5466 3.1
    record BadCharset(Tag tag, String charset, boolean saves, boolean malformed) implements InSelected {}

    /// FETCH and UID FETCH: the set's own type tells them apart. RFC 9051 6.4.5
    ///
    /// @param items in the client's order, each once; UID and MODSEQ are there when the command implies them
    record Fetch(Tag tag, NumberSet targets, List<FetchItem> items, FetchModifiers modifiers) implements InSelected {
        public boolean impliesSeen() {
            return items.stream().anyMatch(FetchItem::impliesSeen);
        }
    }

    /// STORE and UID STORE. RFC 9051 6.4.6
    ///
    /// @param unchangedSince 0 to 2^63-1; RFC 7162 3.1.3
    record Store(Tag tag, NumberSet targets, StoreAction action, OptionalLong unchangedSince) implements InSelected {}

    /// COPY and UID COPY. RFC 9051 6.4.7
    record Copy(Tag tag, NumberSet targets, String mailbox) implements InSelected {}

    /// MOVE and UID MOVE. RFC 9051 6.4.8
    record Move(Tag tag, NumberSet targets, String mailbox) implements InSelected {}

    /// REPLACE and UID REPLACE. RFC 8508 3. The message is still on its way.
    ///
    /// @param target one number
    record Replace(Tag tag, NumberSet target, String mailbox, AppendMessages messages) implements InSelected {}
}
