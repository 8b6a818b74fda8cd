package palomar.imap;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import palomar.bytes.MemoryOutput;
import palomar.imap.proto.AnnotationWriter;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.ResponseWriter;
import palomar.storage.MessageCursor;

/// Writes flags, each combination printed once: a hundred thousand messages have few. Lives for one command.
final class FlagsText {
    private static final FetchItem UID = new FetchItem.UidItem();
    private static final FetchItem FLAGS = new FetchItem.FlagsItem();
    private static final FetchItem MODSEQ = new FetchItem.ModSeqItem();

    /// System flags and `\Recent` as an index.
    private static final int COMBINATIONS = 64;

    private static final int RECENT = 32;
    private static final int MOST_KEYWORD_SETS = 1024;

    private final SelectedMailbox box;
    private final Enabled enabled;
    private final Map<Long, byte[][]> byKeywords = new HashMap<>();
    private long lastKeywords;
    private byte[][] last = new byte[COMBINATIONS][];

    FlagsText(SelectedMailbox box, Enabled enabled) {
        this.box = box;
        this.enabled = enabled;
    }

    /// `(\Seen $Junk)` of the row.
    void write(ResponseWriter out, MessageCursor row) throws IOException {
        boolean recent = !enabled.rev2() && box.isRecent(row.uid());
        int index = row.systemFlags() | (recent ? RECENT : 0);
        byte[][] texts = texts(row.keywordBits());
        byte[] text = texts[index];
        if (text == null) {
            text = print(row.systemFlags(), recent, row.keywordBits());
            texts[index] = text;
        }
        out.output().write(text);
    }

    /// A whole untagged FETCH with the flags, and with what the client's extensions want beside them.
    void tell(ResponseWriter out, long seq, MessageCursor row, boolean withUid) throws IOException {
        tell(out, seq, row, withUid, Set.of());
    }

    /// The same with entries of annotations that others have changed. RFC 5257 4.4
    void tell(ResponseWriter out, long seq, MessageCursor row, boolean withUid, Set<String> annotations)
            throws IOException {
        out.beginFetch(seq, row.uid());
        if (withUid && !enabled.uidOnly()) {
            out.item(UID);
            out.number(row.uid());
        }
        out.item(FLAGS);
        write(out, row);
        if (enabled.condstore()) {
            out.item(MODSEQ);
            out.modSeq(row.modSeq());
        }
        if (!annotations.isEmpty()) {
            new AnnotationWriter(out).changed(annotations);
        }
        out.endFetch();
    }

    /// An untagged FETCH with the new mod-sequence only. RFC 7162 3.1.3
    void tellModSeq(ResponseWriter out, long seq, MessageCursor row) throws IOException {
        out.beginFetch(seq, row.uid());
        if (!enabled.uidOnly()) {
            out.item(UID);
            out.number(row.uid());
        }
        out.item(MODSEQ);
        out.modSeq(row.modSeq());
        out.endFetch();
    }

    private byte[][] texts(long keywordBits) {
        if (keywordBits != lastKeywords) {
            if (byKeywords.size() >= MOST_KEYWORD_SETS) {
                byKeywords.clear();
            }
            byKeywords.put(lastKeywords, last);
            last = byKeywords.computeIfAbsent(keywordBits, _ -> new byte[COMBINATIONS][]);
            lastKeywords = keywordBits;
        }
        return last;
    }

    private byte[] print(int systemFlags, boolean recent, long keywordBits) throws IOException {
        List<String> keywords = box.toldKeywords();
        MemoryOutput text = new MemoryOutput(64);
        new ResponseWriter(text).flagList(systemFlags, recent, keywordBits, keywords);
        return text.toByteArray();
    }
}
