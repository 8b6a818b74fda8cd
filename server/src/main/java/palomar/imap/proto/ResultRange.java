package palomar.imap.proto;

import palomar.mail.UidSet;

/// Which results of a search are wanted: the fifth to the tenth, or counted from the end. RFC 9394 4:
/// partial-range
///
/// Printed as the client wrote it; `500:400` means the same as `400:500`.
///
/// @param from 1 to 2^32-1
/// @param to likewise, in any order
/// @param fromEnd 1 is the last result
public record ResultRange(long from, long to, boolean fromEnd) {
    public ResultRange {
        if (from < 1 || to < 1 || from > Ranges.MAX || to > Ranges.MAX) {
            throw new IllegalArgumentException("not a range of results: " + from + ":" + to);
        }
    }

    public long low() {
        return Math.min(from, to);
    }

    /// How many results, from the side where counting begins, settle what is in the range.
    public long high() {
        return Math.max(from, to);
    }

    /// The place of the first result of the range among `count`, 0 being the first of all; with [#end(long)] it
    /// may be an empty range.
    public long start(long count) {
        return fromEnd ? Math.max(0, count - high()) : Math.min(count, low() - 1);
    }

    /// The place behind the last result of the range among `count`.
    public long end(long count) {
        return fromEnd ? Math.max(0, count - low() + 1) : Math.min(count, high());
    }

    /// Those results of a search that are in the range; the results of a search are in mailbox order.
    public UidSet of(UidSet found) {
        long count = found.size();
        long start = start(count);
        long end = end(count);
        UidSet.Builder part = new UidSet.Builder();
        long before = 0;
        for (int run = 0; run < found.runs() && before < end; run++) {
            long first = found.first(run);
            long size = found.last(run) - first + 1;
            long from = Math.max(start, before);
            long to = Math.min(end, before + size);
            if (from < to) {
                part.addRange(first + from - before, first + to - before - 1);
            }
            before += size;
        }
        return part.build();
    }

    @Override
    public String toString() {
        return fromEnd ? "-" + from + ":-" + to : from + ":" + to;
    }
}
