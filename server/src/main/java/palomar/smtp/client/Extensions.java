package palomar.smtp.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import palomar.smtp.proto.SmtpReply;

/// What a relay said it can, in its reply to EHLO or LHLO. RFC 5321 4.1.1.1
///
/// @param parameters by keyword in capitals
public record Extensions(Map<String, List<String>> parameters) {
    /// A server that knows only HELO.
    public static final Extensions NONE = new Extensions(Map.of());

    public Extensions {
        parameters = Map.copyOf(parameters);
    }

    /// The first line is a greeting. `AUTH=LOGIN`, which old servers say for old clients, is AUTH too.
    public static Extensions of(SmtpReply hello) {
        Map<String, List<String>> found = new HashMap<>();
        for (String line : hello.lines().subList(1, hello.lines().size())) {
            List<String> words = words(line);
            if (!words.isEmpty()) {
                found.computeIfAbsent(words.getFirst(), keyword -> new ArrayList<>())
                        .addAll(words.subList(1, words.size()));
            }
        }
        found.replaceAll((keyword, words) -> List.copyOf(words));
        return new Extensions(found);
    }

    private static List<String> words(String line) {
        String upper = line.toUpperCase(Locale.ROOT);
        String cut = upper.startsWith("AUTH=") ? "AUTH " + upper.substring(5) : upper;
        List<String> words = new ArrayList<>();
        for (int at = 0; at < cut.length(); ) {
            int space = cut.indexOf(' ', at);
            int end = space < 0 ? cut.length() : space;
            if (end > at) {
                words.add(cut.substring(at, end));
            }
            at = end + 1;
        }
        return words;
    }

    public boolean has(String keyword) {
        return parameters.containsKey(keyword);
    }

    /// SASL mechanisms in capitals.
    public List<String> mechanisms() {
        return parameters.getOrDefault("AUTH", List.of());
    }

    /// The largest message; empty when it did not say, or said 0: no fixed limit. RFC 1870 4
    public OptionalLong size() {
        OptionalLong said = number("SIZE");
        return said.isPresent() && said.getAsLong() == 0 ? OptionalLong.empty() : said;
    }

    /// The shortest time of DELIVERBY in seconds. RFC 2852 3
    public OptionalLong shortestBy() {
        return number("DELIVERBY");
    }

    private OptionalLong number(String keyword) {
        List<String> words = parameters.getOrDefault(keyword, List.of());
        String digits = words.isEmpty() ? "" : words.getFirst();
        boolean fine =
                !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return fine ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
