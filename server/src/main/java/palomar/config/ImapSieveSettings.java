package palomar.config;

import java.nio.file.Path;
import java.util.List;

/// `[[imapsieve]]`
public record ImapSieveSettings(
        @Setting(doc = "The mailbox that messages are put into, or in which they are flagged; \"*\": any.", value = "*")
        String mailbox,

        @Setting(doc = "The mailbox that they are copied or moved from; \"*\": any, or none.", value = "*")
        String from,

        @Setting(
                doc =
                        "What runs the scripts: \"append\" (APPEND, REPLACE), \"copy\" (COPY, MOVE: for the mailbox that gets the"
                                + " messages), \"flag\" (flags were changed).",
                value = "append, copy, flag")
        List<Cause> causes,

        @Setting(
                doc =
                        "Scripts of the operator: files, or folders with all their *.sieve. They run before the script that the"
                                + " mailbox names in its annotation /shared/imapsieve/script.")
        List<Path> before,

        @Setting(doc = "Scripts of the operator that run behind that one.")
        List<Path> after)
        implements Checked {

    /// RFC 6785 4.3
    public enum Cause {
        APPEND,
        COPY,
        FLAG
    }

    @Override
    public void check(Checker problems) {
        if (before.isEmpty() && after.isEmpty()) {
            problems.wrong("before", "an [[imapsieve]] without \"before\" and \"after\" runs nothing");
        }
        if (causes.isEmpty()) {
            problems.wrong("causes", "\"causes\" names nothing: \"append\", \"copy\" and \"flag\" are known");
        }
    }
}
