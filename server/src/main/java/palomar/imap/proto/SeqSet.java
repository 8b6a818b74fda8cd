package palomar.imap.proto;

import palomar.mail.UidSet;

/// Message sequence numbers of one view, resolved: sorted runs that neither touch nor overlap. Immutable.
public final class SeqSet {
    public static final SeqSet EMPTY = new SeqSet(UidSet.EMPTY);

    // The same runs of 32-bit numbers as a set of UIDs; only the outer type says which they are.
    private final UidSet runs;

    SeqSet(UidSet runs) {
        this.runs = runs;
    }

    /// Both ends included; empty when `first > last`.
    public static SeqSet ofRange(long first, long last) {
        return new SeqSet(UidSet.ofRange(first, last));
    }

    public boolean isEmpty() {
        return runs.isEmpty();
    }

    public int runs() {
        return runs.runs();
    }

    public long first(int run) {
        return runs.first(run);
    }

    public long last(int run) {
        return runs.last(run);
    }

    /// How many numbers are in the set.
    public long size() {
        return runs.size();
    }

    public boolean contains(long seq) {
        return runs.contains(seq);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeqSet set && runs.equals(set.runs);
    }

    @Override
    public int hashCode() {
        return runs.hashCode();
    }

    /// As on the wire: `1:3,7`.
    @Override
    public String toString() {
        return runs.toString();
    }

    /// Collects sequence numbers, for example the results of a SEARCH. One thread; [#build()] may be called once.
    public static final class Builder {
        private final UidSet.Builder runs = new UidSet.Builder();

        public Builder add(long seq) {
            runs.add(seq);
            return this;
        }

        public Builder addRange(long first, long last) {
            runs.addRange(first, last);
            return this;
        }

        public SeqSet build() {
            return new SeqSet(runs.build());
        }
    }
}
