package palomar.sieve.ext.spamtest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.util.Optional;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.sieve.Run;
import palomar.sieve.Settings;

/// Reads what a filter wrote into the header of the message, as settings say.
///
/// @param family of settings: `sieve_spamtest_` or `sieve_virustest_`
/// @param levels how many values there are beside 0, which means that nothing is known
record Score(String family, int levels) {
    /// An operator's expression sees no longer text than this.
    private static final int LONGEST = 1000;

    /// Between 0 (clean) and 1; empty: the message was not looked at.
    Optional<Double> of(Run run) throws IOException {
        Settings settings = run.settings();
        Optional<String> status = field(run, setting(settings, "status_header"));
        if (status.isEmpty()) {
            return Optional.empty();
        }
        return switch (settings.get(family + "status_type").map(String::strip).orElse("score")) {
            case "text" -> ofText(settings, status.get());
            case "strlen" -> ratio(run, status.get().length());
            case "score" -> {
                Optional<Double> score = number(status.get());
                yield score.isEmpty() ? score : ratio(run, score.get());
            }
            default -> throw run.fault("setting " + family + "status_type must be score, strlen or text");
        };
    }

    /// Value N of the test is `(N - 1) / (levels - 1)`; 0 is what is not known.
    private Optional<Double> ofText(Settings settings, String status) {
        for (int i = 0; i <= levels; i++) {
            int value = i;
            Optional<String> text =
                    settings.get(family + "text_value/" + i).or(() -> settings.get(family + "text_value" + value));
            if (text.isPresent() && text.get().equals(status)) {
                return i == 0 ? Optional.empty() : Optional.of((i - 1) / (double) (levels - 1));
            }
        }
        return Optional.empty();
    }

    private Optional<Double> ratio(Run run, double score) throws IOException {
        Settings settings = run.settings();
        Optional<Double> most = setting(settings, "score_max_value")
                .or(() -> setting(settings, "max_value"))
                .flatMap(Score::number);
        if (most.isEmpty()) {
            most = field(run, setting(settings, "score_max_header").or(() -> setting(settings, "max_header")))
                    .flatMap(Score::number);
        }
        if (most.isEmpty() || most.get() <= 0) {
            return Optional.empty();
        }
        return Optional.of(Math.clamp(score / most.get(), 0, 1));
    }

    private Optional<String> setting(Settings settings, String name) {
        return settings.get(family + name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// What `Header-Name [: regular expression]` finds.
    private static Optional<String> field(Run run, Optional<String> where) throws IOException {
        if (where.isEmpty()) {
            return Optional.empty();
        }
        int colon = where.get().indexOf(':');
        String name = (colon < 0 ? where.get() : where.get().substring(0, colon)).strip();
        Optional<String> value = run.message()
                .header()
                .first(FieldName.of(name))
                .map(Field::text)
                .map(String::strip);
        return colon < 0
                ? value
                : value.flatMap(
                        text -> group(run, where.get().substring(colon + 1).strip(), text));
    }

    private static Optional<String> group(Run run, String expression, String text) {
        try {
            Matcher matcher = Pattern.compile(expression).matcher(text.substring(0, Math.min(text.length(), LONGEST)));
            if (!matcher.find()) {
                return Optional.empty();
            }
            return Optional.ofNullable(matcher.group(Math.min(1, matcher.groupCount())));
        } catch (PatternSyntaxException bad) {
            throw run.fault("the regular expression of a setting is invalid: " + bad.getDescription());
        }
    }

    /// A number at the beginning of the text, with a sign and a fraction.
    static Optional<Double> number(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && end < 30 && "+-.0123456789".indexOf(stripped.charAt(end)) >= 0) {
            end++;
        }
        try {
            return Optional.of(Double.parseDouble(stripped.substring(0, end)));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
