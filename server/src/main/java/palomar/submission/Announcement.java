package palomar.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import palomar.smtp.client.Extensions;

/// The reply to EHLO. RFC 5321 4.1.1.1
///
/// CHUNKING is ours: content in chunks goes on by DATA, unless it is binary. What must hold on the way to the
/// recipient is announced only where the relay has it.
final class Announcement {
    /// Room for what we add to a message. RFC 1870 5
    static final int ADDED = 2048;

    private static final List<String> PASSED_ON = List.of("8BITMIME", "SMTPUTF8", "DSN");

    private Announcement() {}

    static List<String> lines(
            SubmissionSettings settings, Extensions relay, boolean startTls, List<String> mechanisms) {
        List<String> lines = new ArrayList<>(List.of(
                settings.host(), "PIPELINING", "SIZE " + size(settings, relay), "ENHANCEDSTATUSCODES", "CHUNKING"));
        PASSED_ON.stream().filter(relay::has).forEach(lines::add);
        if (binary(relay)) {
            lines.add("BINARYMIME");
        }
        withParameters(relay, "DELIVERBY", lines);
        withParameters(relay, "FUTURERELEASE", lines);
        if (startTls) {
            lines.add("STARTTLS");
        }
        if (!mechanisms.isEmpty()) {
            lines.add("AUTH " + String.join(" ", mechanisms));
        }
        return lines;
    }

    /// The relay counts what we add too.
    private static long size(SubmissionSettings settings, Extensions relay) {
        OptionalLong most = relay.size();
        return most.isEmpty() ? settings.mostBytes() : Math.clamp(most.getAsLong() - ADDED, 1, settings.mostBytes());
    }

    /// Binary content goes on in chunks only. RFC 3030 3
    static boolean binary(Extensions relay) {
        return relay.has("BINARYMIME") && relay.has("CHUNKING");
    }

    private static void withParameters(Extensions relay, String keyword, List<String> lines) {
        if (relay.has(keyword)) {
            List<String> words = new ArrayList<>(List.of(keyword));
            words.addAll(relay.parameters().get(keyword));
            lines.add(String.join(" ", words));
        }
    }
}
