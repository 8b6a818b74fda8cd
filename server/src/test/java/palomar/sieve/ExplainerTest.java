package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.message.edit.EditedMessage;
import palomar.sieve.ext.Extensions;

/// What people see of a script and of a run.
class ExplainerTest {

    @Test
    void aScriptIsSaidInPlainWords() {
        Program program = Scripts.program("""
                require ["fileinto", "copy", "relational", "comparator-i;ascii-numeric"];
                if allof (header :contains "subject" ["a", "b"], not size :over 1K) {
                    fileinto :copy "Box";
                } elsif header :value "ge" :comparator "i;ascii-numeric" "x-spam" "5" { discard; stop; }
                else { redirect "a@b.example"; }
                """);
        assertThat(Explainer.explain(Extensions.language(), program))
                .containsExactly(
                        "If the header field \"subject\" contains \"a\" or \"b\" and not (the message is larger than"
                                + " 1024 bytes):",
                        "  File the message into the mailbox \"Box\", and go on as if nothing had been done.",
                        "Otherwise, if the header field \"x-spam\" is at least \"5\":",
                        "  Throw the message away.",
                        "  Stop here.",
                        "Otherwise:",
                        "  Send the message on to \"a@b.example\".",
                        "At the end: keep the message in the default mailbox, unless something above has filed it,"
                                + " sent it on or thrown it away.");
    }

    @Test
    void aTraceTellsWhatWasComparedAndDecided() throws IOException {
        Program program = Scripts.program("""
                require ["fileinto", "variables"];
                if header :contains "x-number" ["7", "42"] {
                    set "box" "Found";
                    fileinto "${box}";
                }
                """);
        List<String> lines = new ArrayList<>();
        new Run(
                        EditedMessage.of(ByteSource.of(Scripts.MESSAGE.getBytes(StandardCharsets.UTF_8))),
                        Envelope.of("a@b.example", "c@d.example"),
                        new QuietHost(),
                        Limits.USUAL,
                        new Result(),
                        new TextTracer(lines::add))
                .execute(program);
        assertThat(lines)
                .containsExactly(
                        "    2: if",
                        "    2:     \"42\" does not match \"7\"",
                        "    2:     \"42\" matches \"42\"",
                        "    2:   header test is true",
                        "    3: set",
                        "    3:   set variable 'box' = \"Found\"",
                        "    4: fileinto",
                        "    4:   action: store into mailbox \"Found\"");
    }
}
