package palomar.imap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.acl.Right;
import palomar.imap.proto.Command;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.MessageAttribute;
import palomar.imap.proto.NumberSet;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.SeqSet;
import palomar.imap.proto.Tag;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;

/// FETCH and UID FETCH. RFC 9051 6.4.5, responses: 7.5.2, CHANGEDSINCE and VANISHED: RFC 7162 3.1.4, 3.2.6,
/// PARTIAL: RFC 9394 3.3
///
/// What a message's answer needs is read before its first byte is written, as far as it is small: a damaged
/// message is left out and reported, and the rest of the mailbox is served. `\Seen` is set last, in one
/// transaction, so that a FETCH that failed marks nothing read.
final class FetchHandler {
    private final Dialogue dialogue;
    private final SelectedMailbox box;
    private final ResponseWriter out;

    private boolean gone;
    private int damaged;
    private @Nullable MailException refusal;

    FetchHandler(Dialogue dialogue, SelectedMailbox box) {
        this.dialogue = dialogue;
        this.box = box;
        this.out = dialogue.out();
    }

    Reply run(Command.Fetch fetch) throws IOException {
        boolean changedOnly = fetch.modifiers().changedSince().isPresent();
        if (fetch.modifiers().vanished() && !dialogue.enabled().qresync()) {
            throw new BadArgument("VANISHED needs ENABLE QRESYNC first");
        }
        if (changedOnly || fetch.items().contains(FetchItem.MODSEQ)) {
            dialogue.enableCondstore(box);
        }
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        SeqSet targets = box.resolve(fetch.targets());
        if (fetch.modifiers().partial().isPresent()) {
            portion.refuse(fetch.modifiers().partial().get());
            // Before CHANGEDSINCE: RFC 9394 3.4.
            targets = box.seqs(fetch.modifiers().partial().get().of(box.uids(targets)));
        }
        if (changedOnly) {
            long since = fetch.modifiers().changedSince().getAsLong();
            if (fetch.modifiers().vanished() && fetch.targets() instanceof NumberSet.Uids uids) {
                tellVanished(box.uids(uids), since);
            }
            targets = box.seqs(box.uids(targets).intersect(box.mailbox().changedSince(since)));
        }
        targets = portion.of(targets);
        for (FetchItem item : fetch.items()) {
            if (item instanceof FetchItem.AnnotationItem annotation) {
                AnnotateHandler.requireParts(box, box.uids(targets), annotation.entries());
            }
        }
        Quiet quiet = told(targets, fetch);
        Progress progress = new Progress(dialogue, fetch.tag());
        progress.more(targets.size(), FetchContent.look(fetch.items()));
        UidSet read = write(targets, fetch.items(), fetch.impliesSeen() && marksSeen(), progress);
        if (!read.isEmpty()) {
            FlagChange seen = FlagChange.add(Flags.of(SystemFlags.SEEN));
            Happenings.FlagsBefore before = dialogue.happenings().before(box.mailbox(), read);
            Mailbox.Changed done =
                    progress.during(read.size(), () -> box.mailbox().store(read, seen, -1));
            before.changed(box.mailbox(), done.changed());
        }
        return portion.tell(out, reply()).with(quiet);
    }

    /// RFC 4314 4: FETCH
    private boolean marksSeen() {
        return !box.readOnly() && box.rights().has(Right.SEEN);
    }

    /// Tells of messages that have just come what NOTIFY asked for. It marks none of them read. RFC 5465 5.2
    void tellNew(UidSet uids, List<FetchItem> wanted) throws IOException {
        List<FetchItem> items = new ArrayList<>(wanted);
        Enabled enabled = dialogue.enabled();
        if (enabled.condstore() && !enabled.uidOnly() && !items.contains(FetchItem.UID)) {
            // RFC 7162 3.2.4
            items.addFirst(FetchItem.UID);
        }
        if (enabled.condstore() && items.contains(FetchItem.FLAGS) && !items.contains(FetchItem.MODSEQ)) {
            items.add(FetchItem.MODSEQ);
        }
        // There is no command that could be in progress.
        write(box.seqs(uids), items, false, new Progress(dialogue, Tag.NONE));
    }

    private void tellVanished(UidSet named, long since) throws IOException {
        UidSet vanished =
                box.mailbox().vanishedSince(since, named).minus(box.view().uids());
        if (!vanished.isEmpty()) {
            out.vanished(true, vanished);
        }
    }

    /// What the answer itself tells of flags need not be told again.
    private Quiet told(SeqSet targets, Command.Fetch fetch) {
        boolean tells = fetch.items().contains(FetchItem.FLAGS)
                && (fetch.items().contains(FetchItem.MODSEQ)
                        || !dialogue.enabled().condstore());
        return tells ? new Quiet(box.uids(targets), box.mailbox().view().highestModSeq()) : Quiet.NONE;
    }

    /// @return the messages that were read and are to be marked so
    private UidSet write(SeqSet targets, List<FetchItem> wanted, boolean marks, Progress progress) throws IOException {
        UidSet.Builder read = new UidSet.Builder();
        FlagsText flags = new FlagsText(box, dialogue.enabled());
        FetchItem[] items = wanted.toArray(FetchItem[]::new);
        byte[][] names = new byte[items.length][];
        for (int i = 0; i < items.length; i++) {
            names[i] = ResponseWriter.printed(items[i]);
        }
        FetchContent content = new FetchContent(items, box.lastPart());
        Annotated annotated = new Annotated(items, box.mailbox());
        if (wanted.contains(FetchItem.FLAGS)) {
            box.tellKeywords(out);
        }
        try (MessageCursor row = box.mailbox().cursor()) {
            for (int run = 0; run < targets.runs(); run++) {
                for (long seq = targets.first(run); seq <= targets.last(run); seq++) {
                    if (!row.seek(box.view().uid((int) seq))) {
                        gone = true;
                    } else if (annotated.prepare(row.uid()) && prepare(content, row)) {
                        write(seq, row, items, names, flags, content, annotated);
                        if (marks && !row.expunged() && (row.systemFlags() & SystemFlags.SEEN) == 0) {
                            read.add(row.uid());
                        }
                    }
                    progress.step();
                }
            }
        }
        return read.build();
    }

    /// False when the message can't be served; why is kept for the tagged answer.
    private boolean prepare(FetchContent content, MessageCursor row) {
        try {
            content.prepare(row);
            return true;
        } catch (MailException e) {
            if (e.kind() == MailError.CORRUPTION) {
                return reportDamage(row, e);
            }
            refusal = e;
            return false;
        } catch (IOException | UncheckedIOException e) {
            return reportDamage(row, e);
        }
    }

    private boolean reportDamage(MessageCursor row, Exception cause) {
        if (row.expunged()) {
            gone = true;
            return false;
        }
        damaged++;
        dialogue.events()
                .error(
                        "imap.damaged-message",
                        "a message could not be read and was left out; check the store",
                        cause,
                        "mailbox",
                        box.name(),
                        "uid",
                        row.uid());
        return false;
    }

    private void write(
            long seq,
            MessageCursor row,
            FetchItem[] items,
            byte[][] names,
            FlagsText flags,
            FetchContent content,
            Annotated annotated)
            throws IOException {
        out.beginFetch(seq, row.uid());
        try {
            for (int i = 0; i < items.length; i++) {
                if (items[i] instanceof FetchItem.AnnotationItem) {
                    annotated.write(out, i);
                    continue;
                }
                out.item(names[i]);
                switch (items[i]) {
                    case FetchItem.AnnotationItem _ -> throw new IllegalStateException("told before");
                    case FetchItem.UidItem _ -> out.number(row.uid());
                    case FetchItem.FlagsItem _ -> flags.write(out, row);
                    case FetchItem.InternalDateItem _ -> out.dateTime(row.internalDate());
                    case FetchItem.SizeItem _ -> out.number(row.size());
                    case FetchItem.ModSeqItem _ -> out.modSeq(row.modSeq());
                    case FetchItem.AttributeItem(MessageAttribute attribute) ->
                        AttributeText.write(
                                out, attribute, row, content, box.name().value());
                    case FetchItem.EnvelopeItem _ -> content.digest().writeEnvelope(out.output());
                    case FetchItem.BodyStructureItem(boolean extended) ->
                        content.digest().writeBodyStructure(out.output(), extended);
                    case FetchItem.BodyItem _, FetchItem.Rfc822Item _ -> content.write(out, i, false);
                    case FetchItem.BinaryItem _ -> content.write(out, i, true);
                    case FetchItem.BinarySizeItem _ -> out.number(content.size(i));
                }
            }
        } catch (MailException | UncheckedIOException e) {
            throw new BrokenAnswer(e);
        }
        out.endFetch();
    }

    private Reply reply() {
        if (damaged > 0) {
            return Reply.no(ResponseCode.of(MailError.CORRUPTION), damaged + " messages are damaged and were left out");
        }
        if (refusal != null) {
            return Reply.no(ResponseCode.of(refusal.kind()), refusal.getMessage());
        }
        return gone ? Reply.ok(ResponseCode.Plain.EXPUNGEISSUED, "some messages are gone") : Reply.ok("FETCH done");
    }
}
