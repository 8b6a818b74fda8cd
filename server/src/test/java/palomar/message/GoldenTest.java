package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages in `src/test/golden/message/NNN.eml` and what the digest must say of them in `NNN.expected`, one
/// char a byte. `-Dpalomar.golden=write` writes what is missing; read it against the RFC before it is
/// committed.
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/golden/message");

    static List<Path> messages() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theFolderIsThere() throws IOException {
        assertThat(messages()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theDigestSaysWhatIsExpected(Path message) throws IOException {
        byte[] bytes = Files.readAllBytes(message);
        String found = described(Parsed.digest(bytes));
        Path expected = FOLDER.resolve(message.getFileName().toString().replace(".eml", ".expected"));
        if (Files.notExists(expected) && "write".equals(System.getProperty("palomar.golden"))) {
            Files.writeString(expected, found, StandardCharsets.ISO_8859_1);
        }
        assertThat(found).isEqualTo(Files.readString(expected, StandardCharsets.ISO_8859_1));
        assertThat(Parsed.stored(bytes, 1)).isEqualTo(Parsed.stored(bytes));
    }

    private static String described(StoredDigest digest) {
        StringBuilder out = new StringBuilder();
        out.append("ENVELOPE ").append(Parsed.envelope(digest)).append('\n');
        out.append("BODYSTRUCTURE ").append(Parsed.bodyStructure(digest)).append('\n');
        out.append("BODY ").append(Parsed.body(digest)).append('\n');
        out.append("HEADER ").append(digest.headerSize()).append('\n');
        for (Digest.Part part : digest.parts()) {
            out.append("PART ")
                    .append(part.path())
                    .append(' ')
                    .append(part.type())
                    .append('/');
            out.append(part.subtype()).append(' ').append(part.encoding());
            out.append(" mime ").append(part.mimeOffset()).append('+').append(part.mimeSize());
            out.append(" body ").append(part.bodyOffset()).append('+').append(part.bodySize());
            out.append(" inner ").append(part.innerHeaderOffset()).append('+').append(part.innerHeaderSize());
            out.append('\n');
        }
        out.append("SENT ")
                .append(digest.sentSeconds() == Digest.NO_DATE ? "-" : digest.sentSeconds())
                .append('\n');
        out.append("BASE ").append(utf8(digest.baseSubject())).append('\n');
        out.append("PREVIEW ").append(utf8(digest.preview())).append('\n');
        out.append("IDS ")
                .append(digest.messageId())
                .append(' ')
                .append(digest.references())
                .append('\n');
        return out.toString();
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
