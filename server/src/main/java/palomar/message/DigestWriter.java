package palomar.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a parsed message into the form of [DigestFormat]. Used once.
final class DigestWriter {
    private final PartNode root;
    private final MessageHeader header;
    private final String preview;
    private final long messageSize;
    private final ByteBuilder out = new ByteBuilder(2048);

    DigestWriter(PartNode root, MessageHeader header, String preview, long messageSize) {
        this.root = root;
        this.header = header;
        this.preview = preview;
        this.messageSize = messageSize;
    }

    byte[] write() {
        out.add(new byte[DigestFormat.HEAD]);
        StructureWriter structure = new StructureWriter();
        structure.write(root);
        int[] ends = new int[DigestFormat.SECTIONS];
        ends[DigestFormat.ENVELOPE] = out.add(root.envelope).size();
        ends[DigestFormat.STRUCTURE] = out.add(structure.structure()).size();
        ends[DigestFormat.EXTENSIONS] = out.add(structure.extensions()).size();
        ends[DigestFormat.LINES] = out.add(header.lines()).size();
        folded();
        ends[DigestFormat.FOLDED] = out.size();
        ends[DigestFormat.PREVIEW] =
                out.add(preview.getBytes(StandardCharsets.UTF_8)).size();
        parts();
        ends[DigestFormat.PARTS] = out.size();
        byte[] digest = out.toByteArray();
        head(digest, ends);
        return digest;
    }

    private void head(byte[] digest, int[] ends) {
        digest[0] = DigestFormat.VERSION;
        digest[DigestFormat.KNOWN] = (byte) HeaderField.count();
        DigestFormat.SHORTS.set(digest, DigestFormat.ZONE, (short) header.date().zoneMinutes());
        for (int i = 0; i < ends.length; i++) {
            DigestFormat.INTS.set(digest, DigestFormat.ENDS + 4 * i, ends[i]);
        }
        DigestFormat.LONGS.set(digest, DigestFormat.UNAVAILABLE, header.unavailable());
        DigestFormat.LONGS.set(digest, DigestFormat.MESSAGE_SIZE, messageSize);
        DigestFormat.LONGS.set(digest, DigestFormat.HEADER_SIZE, root.bodyOffset);
        DigestFormat.LONGS.set(digest, DigestFormat.SENT, header.date().seconds());
    }

    private void folded() {
        for (int i = 0; i < MessageHeader.FOLDED; i++) {
            byte[] text = header.folded(i);
            out.varint(text == null ? 0 : text.length + 1L);
        }
        byte[] base = header.baseSubject();
        byte[] subject = header.folded(0);
        int at = subject == null ? -1 : indexOf(subject, base);
        out.varint(at + 1L).varint(base.length);
        for (int i = 0; i < MessageHeader.FOLDED; i++) {
            byte[] text = header.folded(i);
            if (text != null) {
                out.add(text);
            }
        }
        if (at < 0) {
            out.add(base);
        }
    }

    /// The base subject is nearly always the end of the subject.
    private static int indexOf(byte[] text, byte[] end) {
        for (int at = text.length - end.length; at >= 0 && at >= text.length - end.length - 8; at--) {
            if (Arrays.equals(text, at, at + end.length, end, 0, end.length)) {
                return at;
            }
        }
        return -1;
    }

    private void parts() {
        out.varint(1L + root.descendants);
        ByteBuilder node = new ByteBuilder(64);
        for (PartNode at = root; at != null; at = following(at)) {
            node.reset();
            node.varint(at.descendants);
            node.add(at.kind.ordinal() | (at.message ? PartTable.IS_MESSAGE : 0));
            type(node, at);
            word(node, DigestFormat.CHARSETS, at.charset);
            word(node, DigestFormat.ENCODINGS, at.encoding);
            node.varint(at.mimeOffset).varint(at.bodyOffset - at.mimeOffset);
            node.varint(at.bodyEnd - at.bodyOffset).varint(at.lines);
            out.varint(node.size()).add(node.array(), 0, node.size());
        }
    }

    /// The next entity in order of appearance.
    private static @Nullable PartNode following(PartNode node) {
        if (node.firstChild != null) {
            return node.firstChild;
        }
        PartNode at = node;
        while (at != null && at.next == null) {
            at = at.parent;
        }
        return at == null ? null : at.next;
    }

    private static void type(ByteBuilder node, PartNode part) {
        int known = DigestFormat.TYPES.indexOf(part.type + "/" + part.subtype);
        node.add(known + 1);
        if (known < 0) {
            string(node, part.type);
            string(node, part.subtype);
        }
    }

    private static void word(ByteBuilder node, List<String> words, String word) {
        int known = words.indexOf(word);
        node.add(known + 1);
        if (known < 0) {
            string(node, word);
        }
    }

    private static void string(ByteBuilder node, String text) {
        node.varint(text.length()).text(text);
    }
}
