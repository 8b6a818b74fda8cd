package palomar.message;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteOutput;

/// What is known of a message since it arrived: structure and header data in the form in which IMAP wants
/// them, so that listing, sorting and searching headers never open the body. A view over stored bytes: one
/// thread, and valid only as long as its cursor stands on the row.
///
/// Offsets and sizes are those of the whole stored message, including the bytes that stand before it for one
/// recipient (`head`, see `palomar.storage.Storage.Target`).
public interface Digest {
    /// No usable date in the header.
    long NO_DATE = Long.MIN_VALUE;

    /// What a digest can say of a search.
    enum Answer {
        YES,
        NO,
        /// The digest does not have that field: read the header.
        UNKNOWN
    }

    /// Bytes of the header, the empty line included.
    long headerSize();

    /// ENVELOPE in wire form, parentheses included. RFC 9051 7.5.2
    void writeEnvelope(ByteOutput out) throws IOException;

    /// BODYSTRUCTURE, or BODY without extension data. RFC 9051 7.5.2
    void writeBodyStructure(ByteOutput out, boolean extended) throws IOException;

    /// Appends the wanted header lines as BODY[HEADER.FIELDS (...)] has them, with the final empty line, in
    /// message order.
    ///
    /// @return false when the digest does not hold all of them; nothing was written then
    boolean writeHeaderFields(HeaderNames wanted, ByteOutput out) throws IOException;

    /// Does a header field's decoded text contain the needle? An empty needle asks whether the field is there.
    default Answer headerContains(String field, Needle needle) {
        return headerContains(new FieldNeedle(field, needle));
    }

    /// The same, prepared for many messages.
    Answer headerContains(FieldNeedle wanted);

    /// The Date field as seconds since 1970 UTC, or [#NO_DATE].
    long sentSeconds();

    /// The Date field's calendar day, time zone disregarded (RFC 9051 6.4.4: SENTBEFORE), as days since 1970; or
    /// [#NO_DATE].
    long sentDay();

    /// RFC 5256 2.1, in Unicode, upper-case folded; empty when there is none.
    String baseSubject();

    /// The Subject field's decoded text, on one line, as far as the digest has it; empty when there is none.
    String subject();

    /// The decoded local part of the first address in From, To or Cc; empty when there is none. RFC 5256 3
    String firstMailbox(String field);

    /// The decoded name of the first address in From or To, or else the address; empty when there is none.
    /// RFC 5957 3
    String firstDisplayName(String field);

    /// Up to 200 characters of readable text from the first text part, on one line. RFC 8970; empty when
    /// there is none.
    String preview();

    /// Message-ID without brackets; empty when there is none.
    String messageId();

    /// In-Reply-To and References ids in the order of RFC 5256 3 (REFERENCES algorithm).
    List<String> references();

    /// Where a part stands. The empty path is the message itself; `2.1` is {2, 1}. RFC 9051 6.4.5
    Optional<Part> part(int... path);

    /// All leaf and message/rfc822 parts in order, for body search and attachments.
    List<Part> parts();

    /// One MIME part. Offsets are bytes from the start of the message.
    ///
    /// @param path as in `BODY[2.1]`
    /// @param type lower case, `text`
    /// @param subtype lower case, `plain`
    /// @param charset as named, empty when none
    /// @param encoding lower case content-transfer-encoding, `7bit` by default
    /// @param mimeOffset where the part's own MIME header starts; for the message itself 0
    /// @param mimeSize its size with the empty line
    /// @param bodyOffset where the content starts
    /// @param bodySize its size in bytes, without the CRLF that belongs to the next boundary
    /// @param innerHeaderOffset for message/rfc822: where the inner message's header starts; otherwise -1
    /// @param innerHeaderSize for message/rfc822: the inner header's size with the empty line; otherwise 0
    record Part(
            List<Integer> path,
            String type,
            String subtype,
            String charset,
            String encoding,
            long mimeOffset,
            long mimeSize,
            long bodyOffset,
            long bodySize,
            long innerHeaderOffset,
            long innerHeaderSize) {}
}
