package palomar.imap.proto;

/// `<offset.count>`: part of what a FETCH item names, in bytes. RFC 9051 6.4.5
///
/// @param offset 0 to 2^63-1
/// @param count 1 to 2^63-1
public record PartialRange(long offset, long count) {
    public PartialRange {
        if (offset < 0 || count < 1) {
            throw new IllegalArgumentException("not a partial range: <" + offset + "." + count + ">");
        }
    }

    /// Where the range starts in content of `size` bytes; `size` when it starts beyond.
    public long from(long size) {
        return Math.min(offset, size);
    }

    /// How many bytes of the range there are in content of `size` bytes.
    public long length(long size) {
        return Math.min(count, size - from(size));
    }
}
