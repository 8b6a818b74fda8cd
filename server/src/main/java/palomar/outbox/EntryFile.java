package palomar.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import palomar.bytes.ByteSource;
import palomar.bytes.RangeStream;
import palomar.os.Disk;
import palomar.os.DiskFile;

/// The file `ID.mail`: a first line of fixed length, the head, the content, a checksum. docs/storage/outbox.md
///
/// `PALOMAR OUTBOX 1 HEADLEN. HEADCRC. CONTENTLENGTH...` with numbers in hex. Written once, never changed.
/// Version 2 has a target in the web: a server that does not know such must not take it for mail.
final class EntryFile {
    private static final String MAGIC = "PALOMAR OUTBOX 1 ";
    private static final String MAGIC_WEB = "PALOMAR OUTBOX 2 ";
    private static final int FIRST_LINE = MAGIC.length() + 8 + 1 + 16 + 1 + 8 + 1;
    private static final int TRAILER = 9;
    private static final int MOST_HEAD = 16 << 20;
    private static final int WINDOW = 64 * 1024;

    private EntryFile() {}

    /// Writes and syncs a new file; its name is durable after the directory is synced. A failure leaves what it
    /// may.
    static void write(Disk disk, Path file, Entry entry, ByteSource content) throws IOException {
        byte[] head = EntryText.print(entry).getBytes(StandardCharsets.UTF_8);
        HexFormat hex = HexFormat.of();
        String lengths = hex.toHexDigits(head.length) + " " + hex.toHexDigits(entry.size()) + " ";
        CRC32C headCrc = new CRC32C();
        headCrc.update(lengths.getBytes(StandardCharsets.US_ASCII));
        headCrc.update(head);
        String magic = entry.envelope().options().webhook().isPresent() ? MAGIC_WEB : MAGIC;
        String first = magic + lengths + hex.toHexDigits((int) headCrc.getValue()) + "\n";
        try (DiskFile out = disk.open(file, Disk.Mode.CREATE)) {
            out.write(ByteBuffer.wrap(first.getBytes(StandardCharsets.US_ASCII)), 0);
            out.write(ByteBuffer.wrap(head), FIRST_LINE);
            long at = FIRST_LINE + head.length;
            CRC32C crc = copy(content, out, at, entry.size());
            String trailer = hex.toHexDigits((int) crc.getValue()) + "\n";
            out.write(ByteBuffer.wrap(trailer.getBytes(StandardCharsets.US_ASCII)), at + entry.size());
            out.force(true);
        }
    }

    private static CRC32C copy(ByteSource content, DiskFile out, long from, long size) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] window = new byte[WINDOW];
        long at = from;
        try (InputStream in = content.open()) {
            for (int count = in.readNBytes(window, 0, WINDOW); count > 0; count = in.readNBytes(window, 0, WINDOW)) {
                crc.update(window, 0, count);
                out.write(ByteBuffer.wrap(window, 0, count), at);
                at += count;
            }
        }
        if (at - from != size) {
            throw new IOException("content of " + size + " bytes gave " + (at - from));
        }
        return crc;
    }

    /// Reads and checks all but the content. Throws [DamagedEntry].
    static Entry read(Disk disk, Path file, String id) throws IOException {
        try (DiskFile in = disk.open(file, Disk.Mode.READ)) {
            Lengths lengths = lengths(in);
            String text = new String(bytes(in, FIRST_LINE, lengths.head), StandardCharsets.UTF_8);
            return EntryText.parse(id, text, lengths.content);
        }
    }

    /// The content, checked from end to end now. Throws [DamagedEntry].
    static ByteSource content(Disk disk, Path file) throws IOException {
        try (DiskFile in = disk.open(file, Disk.Mode.READ)) {
            Lengths lengths = lengths(in);
            long from = FIRST_LINE + lengths.head;
            CRC32C crc = new CRC32C();
            byte[] window = new byte[WINDOW];
            for (long at = 0; at < lengths.content; ) {
                int count = (int) Math.min(WINDOW, lengths.content - at);
                if (in.read(ByteBuffer.wrap(window, 0, count), from + at) < count) {
                    throw new DamagedEntry("the file is cut");
                }
                crc.update(window, 0, count);
                at += count;
            }
            String trailer = HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
            String found = new String(bytes(in, from + lengths.content, TRAILER), StandardCharsets.ISO_8859_1);
            if (!found.equals(trailer)) {
                throw new DamagedEntry("the content's checksum is wrong");
            }
            return new Content(disk, file, from, lengths.content);
        }
    }

    private record Lengths(int head, long content) {}

    private static Lengths lengths(DiskFile in) throws IOException {
        String first = new String(bytes(in, 0, FIRST_LINE), StandardCharsets.ISO_8859_1);
        String numbers = first.substring(MAGIC.length());
        boolean known = first.startsWith(MAGIC) || first.startsWith(MAGIC_WEB);
        if (!known || !first.endsWith("\n") || !isHex(numbers)) {
            throw new DamagedEntry("the first line is not one of ours");
        }
        int head = HexFormat.fromHexDigits(numbers, 0, 8);
        long content = HexFormat.fromHexDigitsToLong(numbers, 9, 25);
        boolean sane =
                head > 0 && head <= MOST_HEAD && content >= 0 && in.size() == FIRST_LINE + head + content + TRAILER;
        if (!sane) {
            throw new DamagedEntry("the file does not have the length that it should have");
        }
        CRC32C crc = new CRC32C();
        crc.update(numbers.substring(0, 26).getBytes(StandardCharsets.US_ASCII));
        crc.update(bytes(in, FIRST_LINE, head));
        if ((int) crc.getValue() != HexFormat.fromHexDigits(numbers, 26, 34)) {
            throw new DamagedEntry("the head's checksum is wrong");
        }
        return new Lengths(head, content);
    }

    /// Capitals are none: a flipped bit makes one of a small letter.
    private static boolean isHex(String numbers) {
        for (int i = 0; i < 34; i++) {
            boolean gap = i == 8 || i == 25;
            if (gap ? numbers.charAt(i) != ' ' : "0123456789abcdef".indexOf(numbers.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(DiskFile in, long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        if (in.read(ByteBuffer.wrap(bytes), at) < count) {
            throw new DamagedEntry("the file is cut");
        }
        return bytes;
    }

    private record Content(Disk disk, Path file, long start, long size) implements ByteSource {
        @Override
        public InputStream open(long from, long count) throws IOException {
            DiskFile in = disk.open(file, Disk.Mode.READ);
            long first = Math.clamp(from, 0, size);
            long end = count > size - first ? size : first + Math.max(count, 0);
            return new RangeStream(in::read, start + first, start + end, in::close);
        }
    }
}
