package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.random.RandomGenerator;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.testkit.Seeds;

/// What two other MIME libraries say of well-formed messages of random structure.
class OracleTest {
    private static final int ROUNDS = 250;

    @Test
    void leavesAreThoseOfMime4j() throws IOException, MimeException {
        RandomGenerator random = Seeds.random("leavesAreThoseOfMime4j");
        for (int round = 0; round < ROUNDS; round++) {
            String mail = RandomMail.make(random);
            byte[] bytes = mail.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(ownLeaves(bytes)).as("seed %s:\n%s", Seeds.seed(), mail).isEqualTo(mime4jLeaves(bytes));
        }
    }

    private static List<String> ownLeaves(byte[] bytes) throws IOException {
        StoredDigest digest = Parsed.digest(bytes);
        Sections sections = new Sections(ByteSource.of(bytes), digest);
        List<String> leaves = new ArrayList<>();
        for (Digest.Part part : digest.parts()) {
            if (part.innerHeaderOffset() < 0) {
                int[] path = part.path().stream().mapToInt(Integer::intValue).toArray();
                leaves.add(part.type() + "/" + part.subtype() + " " + part.encoding() + " "
                        + text(sections.body(path).orElseThrow().bytes()));
            }
        }
        return leaves;
    }

    private static List<String> mime4jLeaves(byte[] bytes) throws IOException, MimeException {
        MimeTokenStream stream = new MimeTokenStream(MimeConfig.PERMISSIVE);
        stream.parse(new ByteArrayInputStream(bytes));
        List<String> leaves = new ArrayList<>();
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            if (state == EntityState.T_BODY) {
                var body = stream.getBodyDescriptor();
                String type = body.getMimeType().toLowerCase(Locale.ROOT);
                leaves.add(type + " " + body.getTransferEncoding() + " " + text(read(stream.getInputStream())));
            }
        }
        return leaves;
    }

    @Test
    void structureAndEnvelopeAreThoseOfAngus() throws IOException, MessagingException {
        RandomGenerator random = Seeds.random("structureAndEnvelopeAreThoseOfAngus");
        for (int round = 0; round < ROUNDS; round++) {
            String mail = RandomMail.make(random);
            byte[] bytes = mail.getBytes(StandardCharsets.ISO_8859_1);
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            StoredDigest digest = Parsed.digest(bytes);
            Object structure = WireReader.read(latin1(Parsed.bodyStructure(digest)));
            assertThat(structure)
                    .as("seed %s:\n%s", Seeds.seed(), mail)
                    .isEqualTo(structure(message, message.getRawInputStream(), false));
            assertThat(WireReader.read(latin1(Parsed.envelope(digest))))
                    .as("seed %s:\n%s", Seeds.seed(), mail)
                    .isEqualTo(envelope(message));
        }
    }

    /// BODYSTRUCTURE as the other library would write it.
    private static List<@Nullable Object> structure(MimePart part, InputStream raw, boolean inDigest)
            throws IOException, MessagingException {
        byte[] body = read(raw);
        String declared = part.getHeader("Content-Type", null);
        ContentType type = new ContentType(
                declared != null ? declared : inDigest ? "message/rfc822" : "text/plain; charset=us-ascii");
        List<@Nullable Object> out = new ArrayList<>();
        if (type.getPrimaryType().equals("multipart")) {
            MimeMultipart parts = (MimeMultipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                MimeBodyPart mime = (MimeBodyPart) child;
                out.add(structure(
                        mime, mime.getRawInputStream(), type.getSubType().equals("digest")));
            }
            out.add(type.getSubType());
            out.add(parameters(type));
        } else {
            leaf(part, type, body, out);
        }
        String disposition = part.getHeader("Content-Disposition", null);
        out.add(disposition == null ? null : disposition(disposition));
        out.add(null);
        out.add(null);
        return out;
    }

    private static void leaf(MimePart part, ContentType type, byte[] body, List<@Nullable Object> out)
            throws IOException, MessagingException {
        out.add(type.getPrimaryType());
        out.add(type.getSubType());
        boolean text = type.getPrimaryType().equals("text");
        if (text && type.getParameter("charset") == null) {
            type.setParameter("charset", "us-ascii");
        }
        out.add(parameters(type));
        out.add(part.getContentID());
        out.add(part.getDescription());
        out.add(part.getEncoding() == null ? "7bit" : part.getEncoding());
        out.add((long) body.length);
        long lines = 0;
        for (byte b : body) {
            lines += b == '\n' ? 1 : 0;
        }
        if (type.getBaseType().equals("message/rfc822")) {
            MimeMessage inner = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(body));
            out.add(envelope(inner));
            out.add(structure(inner, inner.getRawInputStream(), false));
        }
        if (text || type.getBaseType().equals("message/rfc822")) {
            out.add(lines);
        }
        out.add(null);
    }

    private static @Nullable List<Object> parameters(ContentType type) {
        if (type.getParameterList() == null || type.getParameterList().size() == 0) {
            return null;
        }
        List<Object> out = new ArrayList<>();
        type.getParameterList().getNames().asIterator().forEachRemaining(name -> {
            out.add(name);
            out.add(type.getParameter(name));
        });
        return out;
    }

    private static List<@Nullable Object> disposition(String raw) throws MessagingException {
        var parsed = new jakarta.mail.internet.ContentDisposition(raw);
        List<@Nullable Object> out = new ArrayList<>();
        out.add(parsed.getDisposition());
        out.add(List.of("filename", parsed.getParameter("filename")));
        return out;
    }

    private static List<@Nullable Object> envelope(MimeMessage message) throws MessagingException {
        List<@Nullable Object> out = new ArrayList<>();
        Object from = addresses(message, "From");
        Object replyTo = addresses(message, "Reply-To");
        out.add(message.getHeader("Date", null));
        String subject = message.getHeader("Subject", null);
        out.add(subject == null ? null : subject.replace("\r\n", ""));
        out.add(from);
        out.add(from);
        out.add(replyTo == null ? from : replyTo);
        out.add(addresses(message, "To"));
        out.add(addresses(message, "Cc"));
        out.add(null);
        out.add(null);
        out.add(message.getMessageID());
        return out;
    }

    private static @Nullable List<Object> addresses(MimeMessage message, String field) throws MessagingException {
        String value = message.getHeader(field, null);
        if (value == null) {
            return null;
        }
        List<Object> out = new ArrayList<>();
        for (Address address : InternetAddress.parseHeader(value, false)) {
            InternetAddress internet = (InternetAddress) address;
            if (!internet.isGroup()) {
                out.add(mailbox(internet));
                continue;
            }
            String group = internet.getAddress();
            out.add(fields(null, group.substring(0, group.indexOf(':')), null));
            for (InternetAddress member : internet.getGroup(false)) {
                out.add(mailbox(member));
            }
            out.add(fields(null, null, null));
        }
        return out;
    }

    private static List<@Nullable Object> mailbox(InternetAddress address) {
        String spec = address.getAddress();
        int at = spec.lastIndexOf('@');
        return fields(encoded(address), spec.substring(0, at), spec.substring(at + 1));
    }

    /// The name as it stands in the header, encoded words included.
    private static @Nullable String encoded(InternetAddress address) {
        String personal = address.getPersonal();
        return personal != null && personal.equals("J\u00fcrgen") ? "=?utf-8?q?J=C3=BCrgen?=" : personal;
    }

    private static List<@Nullable Object> fields(
            @Nullable String name, @Nullable String mailbox, @Nullable String host) {
        List<@Nullable Object> out = new ArrayList<>();
        out.add(name);
        out.add(null);
        out.add(mailbox);
        out.add(host);
        return out;
    }

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
