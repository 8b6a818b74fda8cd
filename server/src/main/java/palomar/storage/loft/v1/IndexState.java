package palomar.storage.loft.v1;

/// How a loaded mailbox stands to its index file.
///
/// @param length sound bytes in the file; 0 when there is none
/// @param stored rows in all its blocks together
/// @param deltas blocks behind the first
/// @param inWhole rows in the first block
/// @param historyThrough expunges up to this mod-sequence are in it
/// @param wholly write all anew next time, because rows and file are out of step
record IndexState(long length, long stored, int deltas, long inWhole, long historyThrough, boolean wholly) {
    private static final int MANY_DELTAS = 16;

    static final IndexState NONE = new IndexState(0, 0, 0, 0, 0, false);

    IndexState broken() {
        return new IndexState(length, stored, deltas, inWhole, historyThrough, true);
    }

    /// So many small blocks, and so much in them, that reading one large block is worth writing it. The file grows
    /// by a quarter from one time to the next, so each row is written about five times in all.
    boolean scattered() {
        return deltas >= MANY_DELTAS && stored - inWhole > inWhole / 4;
    }
}
