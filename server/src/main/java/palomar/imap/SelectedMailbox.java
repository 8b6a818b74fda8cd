package palomar.imap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.imap.order.TextOrder;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.NumberSet;
import palomar.imap.proto.Numbers;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.SeqSet;
import palomar.imap.proto.Tag;
import palomar.mail.FlagMask;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.message.LastPart;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.UserMail;

/// A mailbox as one session sees it: the only place where message sequence numbers mean something. RFC 9051
/// 2.3.1.2
///
/// The numbers are those of a [MailboxView], which all sessions of the same moment share. It is replaced by a
/// newer one only when everything that differs may be told, so the numbers that the client knows and ours are
/// always the same: while expunges may not be reported, arrivals wait too.
///
/// One thread at a time: the session's, or the one that speaks for it during IDLE.
final class SelectedMailbox implements AutoCloseable {
    /// How much of what others do is told. RFC 5465 6.1
    enum Extent {
        NOTHING,
        /// What came and what went.
        COUNTS,
        /// And changes of annotations, but not of flags.
        ANNOTATIONS,
        ALL
    }

    /// Tells more of new messages than that they are there. RFC 5465 5.2
    ///
    /// @param items of each message that others have brought
    record Arrivals(Dialogue dialogue, List<FetchItem> items) {
        void tell(SelectedMailbox box, UidSet uids) throws IOException {
            if (!items.isEmpty() && !uids.isEmpty()) {
                new FetchHandler(dialogue, box).tellNew(uids, items);
            }
        }
    }

    private static final FlagMask NO_FLAGS = new FlagMask(0, false);

    private final Mailbox mailbox;
    private final MailboxName name;
    private final boolean readOnly;
    private final MailboxRights.Standing rights;
    private final Enabled enabled;

    private MailboxView view;
    /// Flag changes with this mod-sequence and below are known to the client.
    private long toldModSeq;
    /// Everything with this mod-sequence and below is: less than [#toldModSeq] while changes wait.
    private long coveredModSeq;
    private boolean changesWait;
    private List<String> toldKeywords;
    private Rights toldRights;
    private UidSet recent = UidSet.EMPTY;
    /// Whether messages from here on are recent is not settled: another session may ask first.
    private long recentSettled = 1;

    private int toldRecent;
    private UidSet saved = UidSet.EMPTY;
    private Extent extent = Extent.ALL;
    private @Nullable Arrivals arrivals;
    /// Messages that this session has made itself and that were not told yet.
    private UidSet ownArrivals = UidSet.EMPTY;
    private final SearchContexts contexts = new SearchContexts();
    /// What the client knows of annotations, when it asked to be told.
    private @Nullable ToldNotes notes;

    /// It asked when it selected the mailbox.
    private boolean notesAsked;

    private final LastPart lastPart = new LastPart();
    private final ConversionMemory conversions = new ConversionMemory();

    /// Opens a mailbox of `mail`; [#close()] closes it.
    ///
    /// Throws MailException NOT_FOUND; CORRUPTION when its data can't be read.
    SelectedMailbox(UserMail mail, UserMail.Entry entry, boolean readOnly, Enabled enabled) {
        this.rights = MailboxRights.of(mail).standing(entry.id());
        this.mailbox = mail.open(entry.id());
        this.name = entry.name();
        this.readOnly = readOnly;
        this.enabled = enabled;
        this.toldRights = rights();
        claimRecent();
        // From here on nothing is dropped, so all that the view shows is still there when it is taken.
        mailbox.hold(mailbox.view());
        this.view = mailbox.view();
        mailbox.hold(view);
        this.toldRecent = countRecent();
        this.toldModSeq = view.highestModSeq();
        this.coveredModSeq = toldModSeq;
        this.toldKeywords = mailbox.keywords();
    }

    /// How the part decoded last is laid out.
    LastPart lastPart() {
        return lastPart;
    }

    /// What the session has had converted last.
    ConversionMemory conversions() {
        return conversions;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    MailboxName name() {
        return name;
    }

    /// How SEARCH, SORT and THREAD compare texts.
    TextOrder textOrder() {
        return enabled.textOrder();
    }

    /// Opened with EXAMINE?
    boolean readOnly() {
        return readOnly;
    }

    /// What the user may do in it, now.
    Rights rights() {
        return rights.now();
    }

    /// Throws MailException NO_PERMISSION.
    void require(Right... needed) {
        Rights all = Rights.of(needed);
        Rights now = rights();
        if (!now.hasAll(all)) {
            throw MailboxRights.lacking(all.minus(now));
        }
    }

    /// The flags that this session may change, now.
    FlagMask changeable() {
        return readOnly ? NO_FLAGS : MailboxRights.flags(rights());
    }

    /// What the client was told last, or has not been told otherwise, of what the user may do.
    Rights toldRights() {
        return toldRights;
    }

    /// The flags that this session may change, as the client was told last.
    FlagMask toldChangeable() {
        return readOnly ? NO_FLAGS : MailboxRights.flags(toldRights);
    }

    /// The messages that the client knows of.
    MailboxView view() {
        return view;
    }

    int exists() {
        return view.count();
    }

    int recentCount() {
        return toldRecent;
    }

    /// Is a message of the view `\Recent` for this session? RFC 3501 2.3.2
    boolean isRecent(long uid) {
        return recent.contains(uid);
    }

    UidSet recentUids() {
        return recent.intersect(view.uids());
    }

    /// Everything up to this mod-sequence was told to the client: what HIGHESTMODSEQ may say. RFC 7162 3.2.7, 6
    long coveredModSeq() {
        return coveredModSeq;
    }

    /// Messages whose flags others have changed, or that others have brought, since the client was told last.
    UidSet changesNotTold() {
        return mailbox.view().highestModSeq() == toldModSeq ? UidSet.EMPTY : mailbox.changedSince(toldModSeq);
    }

    /// Searches whose results are kept up to date. RFC 5267 4.3
    SearchContexts contexts() {
        return contexts;
    }

    /// From now on changes of annotations are told. RFC 5257 4.2
    void watchAnnotations() {
        notesAsked = true;
        notes = new ToldNotes(mailbox);
    }

    /// The same, as NOTIFY wants it. RFC 5465 5.1
    void tellAnnotations(boolean on) {
        if (!on && !notesAsked) {
            notes = null;
        } else if (notes == null) {
            notes = new ToldNotes(mailbox);
        }
    }

    /// The session has changed annotations.
    void ownAnnotations(UidSet uids, Map<String, Optional<byte[]>> changes) {
        if (notes != null) {
            notes.own(uids, changes);
        }
    }

    /// `$`. RFC 9051 6.4.4.1
    void save(UidSet result) {
        saved = result;
    }

    void refuseChange() {
        if (readOnly) {
            throw new MailException(MailError.NO_PERMISSION, "the mailbox was opened with EXAMINE");
        }
        if (mailbox.deleted()) {
            throw new MailException(MailError.NOT_FOUND, "the mailbox was deleted");
        }
    }

    /// The sequence numbers that a set names in this view. UIDs that do not exist are skipped silently (RFC 9051
    /// 6.4.9).
    ///
    /// @throws BadArgument for a sequence number that does not exist
    SeqSet resolve(NumberSet set) {
        return switch (set) {
            case NumberSet.Seqs seqs -> {
                if (seqs.isSaved()) {
                    yield seqs(saved);
                }
                if (seqs.isBeyond(view.count())) {
                    throw new BadArgument(
                            view.count() == 0
                                    ? "the mailbox is empty"
                                    : "the mailbox has only " + view.count() + " messages");
                }
                yield seqs.resolve(view.count());
            }
            case NumberSet.Uids uids -> seqs(uids(uids));
        };
    }

    /// As [#resolve], without complaint of numbers that are too large: as a search key they match nothing.
    SeqSet resolveLeniently(NumberSet set) {
        return switch (set) {
            case NumberSet.Seqs seqs -> seqs.isSaved() ? seqs(saved) : seqs.resolve(view.count());
            case NumberSet.Uids uids -> seqs(uids(uids));
        };
    }

    /// The UIDs that a set names, whether they exist or not. `*` is the last message's; RFC 9051 9: seq-number.
    UidSet uids(NumberSet.Uids set) {
        return switch (set.numbers()) {
            case Numbers.Saved _ -> saved;
            case palomar.imap.proto.Ranges _ ->
                set.resolve(view.count() == 0 ? view.uidNext() : view.uid(view.count()));
        };
    }

    /// Where messages stand in the view.
    SeqSet seqs(UidSet uids) {
        SeqSet.Builder seqs = new SeqSet.Builder();
        for (int run = 0; run < uids.runs(); run++) {
            int first = view.seqAtOrAfter(uids.first(run));
            int end = uids.last(run) == UidSet.MAX_UID ? view.count() + 1 : view.seqAtOrAfter(uids.last(run) + 1);
            if (first < end) {
                seqs.addRange(first, end - 1);
            }
        }
        return seqs.build();
    }

    UidSet uids(SeqSet seqs) {
        UidSet.Builder uids = new UidSet.Builder();
        for (int run = 0; run < seqs.runs(); run++) {
            uids.addRange(view.uid((int) seqs.first(run)), view.uid((int) seqs.last(run)));
        }
        return uids.build().intersect(view.uids());
    }

    /// What is told from now on, as NOTIFY asks. RFC 5465 6.1
    void tellOnly(Extent wanted, Arrivals more) {
        extent = wanted;
        arrivals = more;
    }

    /// These are new, but the client knows them: it has made them.
    void own(UidSet uids) {
        ownArrivals = ownArrivals.union(uids);
    }

    /// As [#syncAll], but only what the client wants to hear.
    void sync(ResponseWriter out, Telling telling, Quiet quiet) throws IOException {
        if (extent != Extent.NOTHING) {
            sync(out, telling, quiet, extent == Extent.ALL || extent == Extent.ANNOTATIONS);
        }
    }

    /// After the session has removed messages itself: that is told whatever the client wants to hear of others,
    /// flags only if it wants them.
    void syncOwn(ResponseWriter out, Telling telling, Quiet quiet) throws IOException {
        sync(out, telling, quiet, extent == Extent.ALL || extent == Extent.ANNOTATIONS);
    }

    /// Tells the client what others did since the last time, before a tagged answer or during IDLE. RFC 9051 5.2
    ///
    /// Flags are told with the numbers the client still has, then what is gone, then what came. Changes of search
    /// results stand behind the flags or the number of messages they come from, and before expunges
    /// (RFC 5267 4.3.2).
    ///
    /// While one of the two must wait that change the numbers, expunges and arrivals, the other waits with it.
    void syncAll(ResponseWriter out, Telling telling, Quiet quiet) throws IOException {
        sync(out, telling, quiet, true);
    }

    private void sync(ResponseWriter out, Telling telling, Quiet quiet, boolean flags) throws IOException {
        Rights granted = rights();
        if (!granted.has(Right.READ)) {
            // Nothing is told that may not be read. The numbers stay, and all is told once the right is back.
            return;
        }
        tellRights(out, granted);
        MailboxView now = mailbox.view();
        if (now == view && !(flags && now.highestModSeq() > toldModSeq)) {
            return;
        }
        tellKeywords(out);
        UidSet gone = now.uids() == view.uids() ? UidSet.EMPTY : view.uids().minus(now.uids());
        UidSet changed = UidSet.EMPTY;
        if (now.highestModSeq() > toldModSeq) {
            changed = mailbox.changedSince(toldModSeq).intersect(view.uids()).minus(gone);
            if (flags) {
                tellFlags(out, now, changed, telling.byUid(), quiet);
                toldModSeq = now.highestModSeq();
            }
        }
        contexts.changed(this, changed, gone);
        boolean goneWait = !gone.isEmpty() && !telling.expunges();
        boolean arrivalsWait = now.uidNext() > view.uidNext() && !telling.arrivals();
        if (goneWait || arrivalsWait) {
            changesWait = true;
            tellCovered(out, "there is more to be told");
            return;
        }
        tellGone(out, gone);
        tellArrivals(out, now);
        if (flags) {
            coveredModSeq = now.highestModSeq();
        }
        if (changesWait) {
            changesWait = false;
            tellCovered(out, "all is told");
        }
    }

    /// A client that resynchronises must not take the mod-sequence of a flag change for that of an older expunge
    /// which it was not told yet. RFC 7162 6
    private void tellCovered(ResponseWriter out, String text) throws IOException {
        if (enabled.qresync()) {
            out.ok(Tag.NONE, new ResponseCode.HighestModSeq(coveredModSeq), text);
        }
    }

    private void tellFlags(ResponseWriter out, MailboxView now, UidSet changed, boolean byUid, Quiet quiet)
            throws IOException {
        boolean nothingAfter = now.highestModSeq() <= quiet.modSeq();
        UidSet tell = nothingAfter && notes == null ? changed.minus(quiet.uids()) : changed;
        if (tell.isEmpty()) {
            return;
        }
        // RFC 7162 3.2.4; after NOTIFY: RFC 5465 5.1.
        boolean withUid = byUid || enabled.condstore() || arrivals != null;
        FlagsText flags = new FlagsText(this, enabled);
        try (MessageCursor row = mailbox.cursor()) {
            for (var uids = tell.iterator(); uids.hasNext(); ) {
                long uid = uids.nextLong();
                boolean known = !row.seek(uid)
                        || row.expunged()
                        || row.modSeq() <= quiet.modSeq() && quiet.uids().contains(uid);
                Set<String> annotations = notes == null ? Set.of() : notes.changes(uid);
                boolean flagsToo = extent != Extent.ANNOTATIONS && !known;
                if (flagsToo || !annotations.isEmpty()) {
                    flags.tell(out, view.seq(uid), row, withUid, annotations);
                }
            }
        }
    }

    private void tellGone(ResponseWriter out, UidSet gone) throws IOException {
        if (gone.isEmpty()) {
            return;
        }
        if (notes != null) {
            notes.forget(gone);
        }
        if (enabled.vanishes()) {
            out.vanished(false, gone);
            return;
        }
        // From the end, so that the numbers in front of each stay as the client has them.
        for (int run = gone.runs() - 1; run >= 0; run--) {
            int first = view.seq(gone.first(run));
            for (int seq = view.seq(gone.last(run)); seq >= first; seq--) {
                out.untagged(seq, "EXPUNGE");
            }
        }
    }

    private void tellArrivals(ResponseWriter out, MailboxView now) throws IOException {
        MailboxView before = view;
        view = now;
        mailbox.hold(now);
        boolean arrived = now.uidNext() > before.uidNext();
        if (arrived && !enabled.rev2()) {
            claimRecent();
        }
        if (now.count() > 0 && now.uid(now.count()) >= before.uidNext()) {
            out.untagged(now.count(), "EXISTS");
        }
        int recentNow = countRecent();
        if (recentNow != toldRecent) {
            toldRecent = recentNow;
            if (arrived && !enabled.rev2()) {
                out.untagged(recentNow, "RECENT");
            }
        }
        if (arrived) {
            UidSet fresh = now.uids().minus(before.uids());
            if (notes != null) {
                notes.learn(fresh);
            }
            UidSet foreign = fresh.minus(ownArrivals);
            if (arrivals != null) {
                arrivals.tell(this, foreign);
            }
            contexts.arrived(this, fresh, foreign, arrivals == null ? List.of() : arrivals.items());
            ownArrivals = UidSet.EMPTY;
        }
    }

    private void claimRecent() {
        long from = mailbox.recentFrom(!readOnly && MailboxRights.changes(rights()));
        recent = recent.intersect(UidSet.ofRange(1, recentSettled - 1)).union(UidSet.ofRange(from, UidSet.MAX_UID));
        // Read after the claim: a message in between is recent for two sessions, but never for none.
        recentSettled = mailbox.view().uidNext();
    }

    private int countRecent() {
        return (int) recent.intersect(view.uids()).size();
    }

    /// The keywords the client has heard of. A younger one is not shown before it is announced; the change that
    /// brought it is told then, because it is above [#toldModSeq()].
    List<String> toldKeywords() {
        return toldKeywords;
    }

    /// New keywords are announced before the first flags that use them. RFC 9051 7.3.5
    void tellKeywords(ResponseWriter out) throws IOException {
        List<String> keywords = mailbox.keywords();
        if (keywords.size() == toldKeywords.size()) {
            return;
        }
        toldKeywords = keywords;
        SelectHandler.tellFlags(out, keywords, toldChangeable());
    }

    /// Someone has changed what the user may do. RFC 4314 5.1.1, RFC 9051 7.1: READ-ONLY, READ-WRITE
    private void tellRights(ResponseWriter out, Rights granted) throws IOException {
        if (readOnly || granted.equals(toldRights)) {
            return;
        }
        FlagMask before = toldChangeable();
        boolean wrote = MailboxRights.changes(toldRights);
        toldRights = granted;
        if (!toldChangeable().equals(before)) {
            toldKeywords = mailbox.keywords();
            SelectHandler.tellFlags(out, toldKeywords, toldChangeable());
        }
        boolean writes = MailboxRights.changes(granted);
        if (writes && !wrote) {
            out.ok(Tag.NONE, ResponseCode.Plain.READ_WRITE, "you may change something now");
        } else if (wrote && !writes) {
            out.ok(Tag.NONE, ResponseCode.Plain.READ_ONLY, "you may change nothing any more");
        }
    }

    @Override
    public void close() {
        mailbox.close();
    }
}
