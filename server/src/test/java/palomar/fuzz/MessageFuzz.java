package palomar.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.message.Digest;
import palomar.message.HeaderNames;
import palomar.message.MessageParser;
import palomar.message.Needle;
import palomar.message.Sections;
import palomar.message.StoredDigest;
import palomar.message.TextSearch;
import palomar.message.WireReader;

/// Whatever the bytes are: nothing throws, every offset lies inside the message, the wire forms are well
/// formed, what the digest answers is what the message says, and the way the bytes were cut makes no
/// difference.
public final class MessageFuzz {
    private static final List<HeaderNames> NAMES = List.of(
            new HeaderNames(List.of("From", "To", "Cc", "Subject", "Date", "Message-ID"), false),
            new HeaderNames(List.of("content-type", "references", "list-id", "list-post", "x-spam-flag"), false),
            new HeaderNames(List.of("dkim-signature", "x-mailer"), false));
    private static final List<String> FIELDS = List.of("from", "subject", "to", "cc", "message-id", "list-id");
    private static final List<Needle> NEEDLES = List.of(new Needle("a"), new Needle("re:"), new Needle("\u00fc"));

    private MessageFuzz() {}

    public static void fuzz(byte[] in) {
        byte[] stored = parse(in, Math.max(1, in.length));
        for (int piece : new int[] {1, 2, 7, 64}) {
            require(Arrays.equals(stored, parse(in, piece)), "the same digest from pieces of " + piece);
        }
        StoredDigest digest = StoredDigest.of(stored);
        try {
            check(ByteSource.of(in), digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] parse(byte[] in, int piece) {
        MessageParser parser = new MessageParser();
        for (int at = 0; at < in.length; at += piece) {
            parser.feed(in, at, Math.min(piece, in.length - at));
        }
        return parser.finish();
    }

    private static void check(ByteSource message, StoredDigest digest) throws IOException {
        require(digest.messageSize() == message.size(), "the message's size");
        require(digest.headerSize() >= 0 && digest.headerSize() <= message.size(), "the header inside the message");
        wire(digest);
        for (Digest.Part part : digest.parts()) {
            part(message, digest, part);
        }
        headers(message, digest);
        require(digest.preview().length() <= 200, "a short preview");
        require(digest.preview().chars().noneMatch(Character::isISOControl), "a preview without controls");
        digest.baseSubject();
        digest.messageId();
        digest.references();
        require((digest.sentSeconds() == Digest.NO_DATE) == (digest.sentDay() == Digest.NO_DATE), "date and day");
        for (Needle needle : NEEDLES) {
            boolean inBody = TextSearch.bodyContains(message, digest, needle);
            require(!inBody || TextSearch.textContains(message, digest, needle), "what the body has, the text has");
        }
    }

    private static void wire(StoredDigest digest) throws IOException {
        MemoryOutput out = new MemoryOutput();
        digest.writeEnvelope(out);
        require(WireReader.read(out.toByteArray()) instanceof List<?> envelope && envelope.size() == 10, "ten members");
        out.reset();
        digest.writeBodyStructure(out, true);
        WireReader.read(out.toByteArray());
        out.reset();
        digest.writeBodyStructure(out, false);
        WireReader.read(out.toByteArray());
    }

    private static void part(ByteSource message, StoredDigest digest, Digest.Part part) throws IOException {
        long end = part.bodyOffset() + part.bodySize();
        require(part.mimeOffset() >= 0 && part.mimeSize() >= 0 && part.bodySize() >= 0, "no negative sizes");
        require(part.bodyOffset() == part.mimeOffset() + part.mimeSize(), "the body behind the header");
        require(end <= message.size(), "the part inside the message");
        if (part.innerHeaderOffset() >= 0) {
            require(part.innerHeaderOffset() == part.bodyOffset(), "the inner message at the start of the part");
            require(part.innerHeaderOffset() + part.innerHeaderSize() <= end, "the inner header inside the part");
        }
        int[] path = part.path().stream().mapToInt(Integer::intValue).toArray();
        require(digest.part(path).equals(Optional.of(part)), "the part under its path");
        Sections sections = new Sections(message, digest);
        require(sections.body(path).orElseThrow().size() == part.bodySize(), "the section's size");
        try {
            ByteSource decoded = sections.binary(path).orElseThrow();
            require(decoded.bytes().length == decoded.size(), "the decoded size");
        } catch (MailException refused) {
            require(refused.kind() == MailError.UNKNOWN_CTE, "only unknown encodings are refused");
        }
    }

    private static void headers(ByteSource message, StoredDigest digest) throws IOException {
        Sections sections = new Sections(message, digest);
        for (HeaderNames names : NAMES) {
            MemoryOutput out = new MemoryOutput();
            boolean known = digest.writeHeaderFields(names, out);
            byte[] read = sections.headerFields(names).orElseThrow().bytes();
            require(
                    known ? Arrays.equals(read, out.toByteArray()) : out.size() == 0,
                    "header fields as in the message");
        }
        for (String field : FIELDS) {
            for (Needle needle : NEEDLES) {
                Digest.Answer answer = digest.headerContains(field, needle);
                boolean read = TextSearch.headerContains(message, digest, field, needle);
                boolean right = answer == Digest.Answer.UNKNOWN || (answer == Digest.Answer.YES) == read;
                require(right, "searching " + field + " in digest and message");
            }
        }
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new AssertionError("expected " + what);
        }
    }
}
