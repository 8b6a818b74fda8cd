package palomar.managesieve.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import palomar.bytes.MemoryOutput;

class ResponseWriterTest {
    private final MemoryOutput out = new MemoryOutput();
    private final ResponseWriter writer = new ResponseWriter(out);

    private String written() throws IOException {
        writer.flush();
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void everyCodeAsRfc5804WritesIt() throws IOException {
        for (ResponseCode.Plain code : ResponseCode.Plain.values()) {
            writer.no(code, "");
        }
        writer.ok(new ResponseCode.Sasl("cnNwYXV0aA=="), "");
        writer.bye(new ResponseCode.Referral("sieve://a@b:1"), "go there");
        writer.ok(new ResponseCode.Tag(new byte[] {'"'}), "Done");
        assertThat(written()).isEqualTo("""
                NO (AUTH-TOO-WEAK)
                NO (ENCRYPT-NEEDED)
                NO (QUOTA)
                NO (QUOTA/MAXSCRIPTS)
                NO (QUOTA/MAXSIZE)
                NO (TRANSITION-NEEDED)
                NO (TRYLATER)
                NO (ACTIVE)
                NO (NONEXISTENT)
                NO (ALREADYEXISTS)
                NO (WARNINGS)
                OK (SASL "cnNwYXV0aA==")
                BYE (REFERRAL sieve://a@b:1) "go there"
                OK (TAG {1}
                ") "Done"
                """.replace("\n", "\r\n"));
    }

    @Test
    void stringsAreQuotedWhereThatNeedsNoBackslash() throws IOException {
        writer.listed("a", true);
        writer.listed("grüß", false);
        writer.listed("clever\"script", false);
        writer.listed("x".repeat(1024), false);
        writer.listed("x".repeat(1025), false);
        assertThat(written())
                .isEqualTo("\"a\" ACTIVE\r\n\"grüß\"\r\n{13}\r\nclever\"script\r\n\"" + "x".repeat(1024)
                        + "\"\r\n{1025}\r\n" + "x".repeat(1025) + "\r\n");
    }

    @Test
    void aTagThatIsNoUtf8IsALiteral() throws IOException {
        writer.ok(new ResponseCode.Tag(new byte[] {(byte) 0xff}), "");
        writer.flush();
        assertThat(out.toByteArray()).startsWith("OK (TAG {1}\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
