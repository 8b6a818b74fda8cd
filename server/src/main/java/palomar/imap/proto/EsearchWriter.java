package palomar.imap.proto;

import java.io.IOException;
import palomar.bytes.ByteOutput;
import palomar.mail.UidSet;

/// Prints ESEARCH responses: a `begin`, the data, and [#end()]. RFC 9051 7.3.4, RFC 4731 3.1
public final class EsearchWriter {
    private final ResponseWriter writer;
    private final ByteOutput out;

    /// Is the next pair of a change the first?
    private boolean firstChange;

    public EsearchWriter(ResponseWriter writer) {
        this.writer = writer;
        this.out = writer.output();
    }

    /// `* ESEARCH (TAG "a")` and, if so, ` UID`.
    public void begin(Tag tag, Command.Numbering by) throws IOException {
        out.ascii("* ESEARCH (TAG ");
        writer.string(tag.value());
        out.ascii(by == Command.Numbering.UID ? ") UID" : ")");
    }

    /// `* ESEARCH (TAG "a" MAILBOX b UIDVALIDITY 1) UID`. RFC 7377 2.1
    public void begin(Tag tag, String mailbox, long uidValidity) throws IOException {
        out.ascii("* ESEARCH (TAG ");
        writer.string(tag.value());
        out.ascii(" MAILBOX ");
        writer.mailbox(mailbox);
        out.ascii(" UIDVALIDITY ");
        out.number(uidValidity);
        out.ascii(") UID");
    }

    /// MIN, MAX, COUNT, MODSEQ with their number.
    public void number(String name, long value) throws IOException {
        out.write(' ');
        out.ascii(name);
        out.write(' ');
        out.number(value);
    }

    /// ALL with a set; nothing for an empty set.
    public void all(UidSet uids) throws IOException {
        if (!uids.isEmpty()) {
            out.ascii(" ALL ");
            ResponseCodes.set(out, uids);
        }
    }

    /// ALL with a set; nothing for an empty set.
    public void all(SeqSet seqs) throws IOException {
        if (!seqs.isEmpty()) {
            out.ascii(" ALL ");
            ResponseCodes.set(out, seqs);
        }
    }

    /// ALL with numbers in the order of a SORT, unsigned; nothing when there are none. RFC 5267 3.1
    public void all(int[] ordered) throws IOException {
        if (ordered.length > 0) {
            out.ascii(" ALL ");
            set(ordered, 0, ordered.length);
        }
    }

    /// PARTIAL with the range asked for and what is in it, NIL when nothing is. RFC 9394 3.1
    public void partial(ResultRange range, UidSet uids) throws IOException {
        beginPartial(range, uids.isEmpty());
        ResponseCodes.set(out, uids);
        out.write(')');
    }

    /// PARTIAL with the range asked for and what is in it, NIL when nothing is. RFC 9394 3.1
    public void partial(ResultRange range, SeqSet seqs) throws IOException {
        beginPartial(range, seqs.isEmpty());
        ResponseCodes.set(out, seqs);
        out.write(')');
    }

    /// PARTIAL of numbers in the order of a SORT, unsigned. RFC 9394 3.1
    public void partial(ResultRange range, int[] ordered) throws IOException {
        int from = (int) range.start(ordered.length);
        int to = (int) range.end(ordered.length);
        beginPartial(range, from >= to);
        set(ordered, from, to);
        out.write(')');
    }

    /// `numbers[from, to)` as a set in that order: neighbours that ascend one by one become a range. RFC 5267 3.2
    private void set(int[] numbers, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            int last = at;
            while (last + 1 < to && numbers[last + 1] == numbers[last] + 1) {
                last++;
            }
            if (at > from) {
                out.write(',');
            }
            out.number(Integer.toUnsignedLong(numbers[at]));
            if (last > at) {
                out.write(':');
                out.number(Integer.toUnsignedLong(numbers[last]));
            }
            at = last + 1;
        }
    }

    private void beginPartial(ResultRange range, boolean empty) throws IOException {
        out.ascii(" PARTIAL (");
        out.ascii(range.toString());
        out.ascii(empty ? " NIL" : " ");
    }

    /// RELEVANCY with the scores of the results that were told, in their order. RFC 6203 4
    ///
    /// @param scores 1 to 100 each
    public void relevancy(byte[] scores, int from, int to) throws IOException {
        out.ascii(" RELEVANCY (");
        for (int i = from; i < to; i++) {
            if (i > from) {
                out.write(' ');
            }
            out.number(scores[i]);
        }
        out.write(')');
    }

    /// ADDTO or REMOVEFROM with position 0: results that come or go wherever they belong in mailbox order; nothing
    /// for an empty set. RFC 5267 4.3.3, 4.3.4
    public void change(Change change, UidSet uids) throws IOException {
        if (!uids.isEmpty()) {
            beginChange(change);
            out.ascii("0 ");
            ResponseCodes.set(out, uids);
            out.write(')');
        }
    }

    /// As [#change(Change,UidSet)], by sequence number.
    public void change(Change change, SeqSet seqs) throws IOException {
        if (!seqs.isEmpty()) {
            beginChange(change);
            out.ascii("0 ");
            ResponseCodes.set(out, seqs);
            out.write(')');
        }
    }

    /// ADDTO or REMOVEFROM in the order of a SORT; then [#change(int,int[])] and [#endChange()].
    public void beginChange(Change change) throws IOException {
        out.ascii(
                switch (change) {
                    case ADD -> " ADDTO (";
                    case REMOVE -> " REMOVEFROM (";
                });
        firstChange = true;
    }

    /// @param position of the first one, counted from 1
    /// @param ordered numbers in the order of the SORT, unsigned, at least one
    public void change(int position, int[] ordered) throws IOException {
        if (!firstChange) {
            out.write(' ');
        }
        firstChange = false;
        out.number(position);
        out.write(' ');
        set(ordered, 0, ordered.length);
    }

    public void endChange() throws IOException {
        out.write(')');
    }

    /// What becomes of results that were told before. RFC 5267 4.3.2
    public enum Change {
        ADD,
        REMOVE
    }

    public void end() throws IOException {
        out.crlf();
    }
}
