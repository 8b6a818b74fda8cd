package palomar.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/// The stored form of a digest, version 2: a fixed head, then seven sections behind each other. All numbers
/// big-endian.
///
/// ```
///  0  u8   version, 2
///  1  u8   number of header fields the writer knew (HeaderField)
///  2  u16  time zone of the Date field, minutes, signed
///  4  u32  end of each section, from the start of the digest: envelope, structure, extensions, lines, folded,
///          preview, parts
/// 32  u64  bits of the header fields whose lines are not (all) here
/// 40  u64  size of the message
/// 48  u64  size of the header
/// 56  s64  Date field in seconds since 1970
/// 64       sections
/// ```
///
/// - envelope, structure: wire form.
/// - extensions: pairs of varints, distance from the last mark to extension data, and its length: what BODY
///   leaves out.
/// - lines: of each kept header field, in order: u8 number, varint length, the lines as they came.
/// - folded: for Subject, From, To, Cc, Bcc a varint, 0 when absent, else length + 1; then for the base
///   subject a varint, 0 when its text stands at the end of the section, else 1 + its place in the folded
///   subject, and a varint, its length; then the texts. Of a field that comes more than once each is decoded
///   and folded alone, with one byte 0xff, which no UTF-8 has, between them; a field that would be too long is
///   left out whole and its bit set.
/// - preview: UTF-8.
/// - parts: see [PartTable].
///
/// Version 1 is read too. It has the texts of a field that comes more than once decoded as one text, and the
/// beginning of one that is too long; for these the message is searched. Digests are never written anew.
final class DigestFormat {
    static final int VERSION = 2;
    /// The oldest version that can be read.
    static final int OLDEST = 1;
    /// Stands between the folded texts of fields with one name.
    static final int BETWEEN_FIELDS = 0xff;

    static final int KNOWN = 1;
    static final int ZONE = 2;
    static final int ENDS = 4;
    static final int UNAVAILABLE = 32;
    static final int MESSAGE_SIZE = 40;
    static final int HEADER_SIZE = 48;
    static final int SENT = 56;
    static final int HEAD = 64;

    static final int ENVELOPE = 0;
    static final int STRUCTURE = 1;
    static final int EXTENSIONS = 2;
    static final int LINES = 3;
    static final int FOLDED = 4;
    static final int PREVIEW = 5;
    static final int PARTS = 6;
    static final int SECTIONS = 7;

    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /// Words that parts usually have; the number of a word is part of the format, new ones come at the end.
    static final List<String> TYPES = List.of(
            "text/plain",
            "text/html",
            "multipart/alternative",
            "multipart/mixed",
            "multipart/related",
            "multipart/report",
            "multipart/signed",
            "message/rfc822",
            "message/delivery-status",
            "text/calendar",
            "text/rfc822-headers",
            "application/pdf",
            "application/octet-stream",
            "application/zip",
            "application/msword",
            "application/pkcs7-signature",
            "application/pgp-signature",
            "image/jpeg",
            "image/png",
            "image/gif");

    static final List<String> CHARSETS = List.of(
            "utf-8", "UTF-8", "us-ascii", "US-ASCII", "iso-8859-1", "ISO-8859-1", "windows-1252", "iso-8859-15");

    static final List<String> ENCODINGS = List.of("7bit", "8bit", "quoted-printable", "base64", "binary");

    private DigestFormat() {}
}
