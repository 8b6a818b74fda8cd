package palomar.storage.loft.v1;

/// How a loaded mailbox stands to its index file.
///
/// @param length sound bytes in the file; 0 when there is none
/// @param stored rows in all its blocks together
/// @param historyThrough expunges up to this mod-sequence are in it
/// @param wholly write all anew next time, because rows and file are out of step
record IndexState(long length, long stored, long historyThrough, boolean wholly) {
    static final IndexState NONE = new IndexState(0, 0, 0, false);

    IndexState broken() {
        return new IndexState(length, stored, historyThrough, true);
    }
}
