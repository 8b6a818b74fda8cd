package palomar.imap;

import java.io.IOException;
import java.util.function.Supplier;
import palomar.convert.Conversion;
import palomar.convert.Conversions;
import palomar.convert.Converted;
import palomar.imap.proto.ConversionsCommand;
import palomar.imap.proto.ConvertCommand;
import palomar.imap.proto.ConvertItem;
import palomar.imap.proto.ConvertWriter;
import palomar.imap.proto.PartialRange;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.SeqSet;
import palomar.storage.MessageCursor;

/// CONVERSIONS, CONVERT and UID CONVERT. RFC 5259
///
/// Each item is converted right before it is written, so that one result at a time is in memory; what goes wrong
/// is told in its place. `\Seen` is never set. RFC 5259 6
final class ConvertHandler {
    /// After TEMPFAIL.
    private static final int MINUTES = 1;

    private static final Reply OFF = Reply.no(ResponseCode.Plain.CANNOT, "conversions are switched off here");

    private final Dialogue dialogue;
    private final ConversionDesk desk;
    private final ConvertSettings rules;
    private final ConvertWriter out;

    private boolean gone;
    private int done;
    private int refused;
    private int later;

    ConvertHandler(Dialogue dialogue, ConversionDesk desk) {
        this.dialogue = dialogue;
        this.desk = desk;
        this.rules = dialogue.settings().convert();
        this.out = new ConvertWriter(dialogue.out());
    }

    Reply conversions(ConversionsCommand command) throws IOException {
        if (!rules.offered()) {
            return OFF;
        }
        for (Conversion each : Conversions.matching(command.from(), command.to())) {
            out.conversion(each.from().toString(), each.to().toString(), each.parameters());
        }
        return Reply.ok("CONVERSIONS done");
    }

    Reply convert(ConvertCommand command, SelectedMailbox box) throws IOException {
        SeqSet targets = box.resolve(command.targets());
        if (!rules.offered()) {
            return OFF;
        }
        if (targets.size() > rules.messages()) {
            ResponseCode most = new ResponseCode.MaxConvertMessages(rules.messages());
            return Reply.no(most, "too many messages in one command");
        }
        if (command.parts() > rules.parts()) {
            return Reply.no(new ResponseCode.MaxConvertParts(rules.parts()), "too many parts in one command");
        }
        Progress progress = new Progress(dialogue, command.tag());
        progress.more(targets.size(), 1);
        try (MessageCursor row = box.mailbox().cursor()) {
            for (int run = 0; run < targets.runs(); run++) {
                for (long seq = targets.first(run); seq <= targets.last(run); seq++) {
                    if (row.seek(box.view().uid((int) seq))) {
                        write(command, seq, row, new PartConversion(command, rules, desk, box, row));
                    } else {
                        gone = true;
                    }
                    progress.step();
                }
            }
        }
        tellEvent(command);
        return reply();
    }

    /// Who converts what, and how often it fails: RFC 5259 11 and 13. The event names the user.
    private void tellEvent(ConvertCommand command) {
        dialogue.events()
                .info(
                        "imap.convert",
                        "parts were converted",
                        "target",
                        command.target().orElse("default"),
                        "done",
                        done,
                        "refused",
                        refused,
                        "failed",
                        later);
    }

    private void write(ConvertCommand command, long seq, MessageCursor row, PartConversion parts) throws IOException {
        // After ENABLE UIDONLY the client has no other number. RFC 9586 3
        out.begin(dialogue.enabled().uidOnly() ? row.uid() : seq, command.tag());
        for (ConvertItem item : command.items()) {
            switch (item) {
                case ConvertItem.UidItem _ -> {
                    out.item(item);
                    out.number(row.uid());
                }
                case ConvertItem.AvailableItem available -> write(item, parts.available(available.section()), row);
                case ConvertItem.HeaderItem header -> inTurn(item, () -> parts.header(header.section()), row);
                case ConvertItem.StructureItem structure -> inTurn(item, () -> parts.convert(structure.section()), row);
                case ConvertItem.BinaryItem binary -> inTurn(item, () -> parts.convert(binary.section()), row);
                case ConvertItem.SizeItem size -> inTurn(item, () -> parts.convert(size.section()), row);
            }
        }
        out.end();
    }

    /// What makes a result that may be large.
    private void inTurn(ConvertItem item, Supplier<PartConversion.Outcome> work, MessageCursor row) throws IOException {
        try (ConversionDesk.Turn turn = desk.turn()) {
            PartConversion.Outcome outcome = turn.taken() ? work.get() : PartConversion.TOO_BUSY;
            turn.has(outcome.size());
            write(item, outcome, row);
        }
    }

    private void write(ConvertItem item, PartConversion.Outcome outcome, MessageCursor row) throws IOException {
        out.item(item);
        switch (outcome) {
            case PartConversion.Done(Converted result) -> {
                done++;
                result(item, result);
            }
            case PartConversion.DoneHeader(byte[] bytes) -> {
                done++;
                out.content(bytes, 0, bytes.length);
            }
            case PartConversion.Available available -> {
                done++;
                out.available(available.types());
            }
            case PartConversion.Bad bad -> {
                refused++;
                out.bad(bad.why(), bad.from(), bad.to(), bad.parameters());
            }
            case PartConversion.Missing missing -> {
                refused++;
                out.missing(missing.why(), missing.from(), missing.to(), missing.names());
            }
            case PartConversion.Later failure -> {
                later++;
                dialogue.events().error("imap.convert-failed", failure.why(), failure.cause(), "uid", row.uid());
                out.temporary(failure.why(), MINUTES);
            }
        }
    }

    private void result(ConvertItem item, Converted result) throws IOException {
        int size = result.bytes().length;
        switch (item) {
            case ConvertItem.SizeItem _ -> out.number(size);
            case ConvertItem.StructureItem _ ->
                out.structure(result.type().type(), result.type().subtype(), result.charset(), size, result.lines());
            case ConvertItem.BinaryItem binary -> {
                PartialRange range = binary.partial().orElse(new PartialRange(0, Long.MAX_VALUE));
                out.content(result.bytes(), (int) range.from(size), (int) range.length(size));
            }
            case ConvertItem.UidItem _, ConvertItem.AvailableItem _, ConvertItem.HeaderItem _ ->
                throw new IllegalStateException("no conversion has that for its result");
        }
    }

    /// RFC 5259 9
    private Reply reply() {
        if (done == 0 && later > 0) {
            return Reply.no(ResponseCode.Plain.TEMPFAIL, "All conversions failed");
        }
        if (done == 0 && refused > 0) {
            return Reply.no("All conversions failed");
        }
        if (gone) {
            return Reply.ok(ResponseCode.Plain.EXPUNGEISSUED, "some messages are gone");
        }
        return Reply.ok(refused + later > 0 ? "Some conversions failed" : "CONVERT done");
    }
}
