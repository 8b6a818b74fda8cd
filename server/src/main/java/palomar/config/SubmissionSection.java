package palomar.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `[submission]`
public record SubmissionSection(
        @Setting(
                doc = "The largest message that is taken; the relay's own limit holds too.",
                value = "100MiB",
                min = "64KiB",
                max = "2047MiB")
        ByteSize maxMessage,

        @Setting(doc = "Recipients of one message.", value = "1000", min = "100", max = "100000")
        int maxRecipients,

        @Setting(
                doc = "How long a client may be silent. RFC 5321 4.5.3.2.7 asks for at least 5 minutes.",
                value = "5m",
                min = "30s",
                max = "1h")
        Duration timeout,

        @Setting(
                doc =
                        "From which addresses a user may send: \"own\" is his name (with one of domains when it has none) and"
                                + " what the field sender of his entry in the user database lists; \"any\" is every address.",
                value = "own")
        Senders senders,

        @Setting(
                doc = "The domains of users whose names have none: anna may send as anna@ each of them. Default: the"
                        + " server's name.")
        List<String> domains,

        @Setting(
                doc =
                        "Messages of one user that are on their way at the same time; each holds a connection to the relay.",
                value = "5",
                min = "1",
                max = "1000")
        int messagesAtOnce,

        @Setting(doc = "Messages of one user in an hour. Without: no limit.", min = "1", max = "1000000")
        Optional<Integer> messagesPerHour,

        @Setting(doc = "Recipients of one user in an hour. Without: no limit.", min = "1", max = "1000000")
        Optional<Integer> recipientsPerHour,

        @Setting(doc = "Removes Bcc fields before a message goes on.", value = "true")
        boolean removeBcc,

        @Setting(doc = "VRFY says whether a user is known, to those who have logged in.", value = "false")
        boolean vrfy,

        @Setting(
                doc = "Connections to the relay for users' mail, beside those of [relay] for what is queued.",
                value = "20",
                min = "1",
                max = "1000")
        int relayConnections,

        @Setting(
                doc = "How long a message waits for one of these connections; then the client is to try again later.",
                value = "10s",
                min = "0s",
                max = "5m")
        Duration relayWait)
        implements Checked {

    /// From which addresses a user may send.
    public enum Senders {
        OWN,
        ANY
    }

    @Override
    public void check(Checker problems) {
        for (String domain : domains) {
            boolean fine = !domain.isEmpty()
                    && domain.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '@' && c != '<' && c != '>');
            if (!fine) {
                problems.wrong("domains", "\"domains\" must be domain names, found " + Scalar.quote(domain));
            }
        }
    }
}
