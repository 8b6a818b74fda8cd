package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.List;
import palomar.mail.UidSet;
import palomar.storage.Kept;
import palomar.storage.Mailbox;
import palomar.storage.NamedValues;

/// Annotations that go into the log with rows: of new messages, of copies, or once more by compaction.
///
/// @param values one for each row, or none at all when no row has any
record CarriedNotes(List<NamedValues> values) {
    static final CarriedNotes NONE = new CarriedNotes(List.of());

    /// Bytes of annotations in one frame, about.
    private static final long BYTES_PER_FRAME = 256 << 10;

    /// Of the rows' messages as they are now. Take the box's monitor for both.
    static CarriedNotes of(Box from, long[] words) {
        if (!from.hasAnnotations()) {
            return NONE;
        }
        List<NamedValues> values = new ArrayList<>(words.length / Row.WORDS);
        for (int at = 0; at < words.length; at += Row.WORDS) {
            values.add(from.annotations(Row.uid(words, at)));
        }
        return new CarriedNotes(values);
    }

    static CarriedNotes of(List<Mailbox.NewMessage> messages) {
        if (messages.stream().allMatch(message -> message.annotations().isEmpty())) {
            return NONE;
        }
        return new CarriedNotes(
                messages.stream().map(Mailbox.NewMessage::annotations).toList());
    }

    /// Only what is kept.
    CarriedNotes kept(Kept kept) {
        return new CarriedNotes(values.stream().map(kept::of).toList());
    }

    long bytes() {
        return values.stream().mapToLong(NamedValues::bytes).sum();
    }

    /// Behind the rows, which have their new UIDs now.
    void addTo(Batch batch, long box, long modSeq, long[] words) {
        List<LogRecord.Annotated.Part> parts = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < values.size(); i++) {
            NamedValues each = values.get(i);
            if (each.isEmpty()) {
                continue;
            }
            parts.add(new LogRecord.Annotated.Part(UidSet.of(Row.uid(words, i * Row.WORDS)), ValueChange.all(each)));
            bytes += each.bytes();
            if (bytes > BYTES_PER_FRAME) {
                batch.add(new LogRecord.Annotated(box, false, modSeq, parts));
                parts = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!parts.isEmpty()) {
            batch.add(new LogRecord.Annotated(box, false, modSeq, parts));
        }
    }
}
